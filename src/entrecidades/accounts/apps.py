"""The room as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.accounts"
    label = "accounts"
