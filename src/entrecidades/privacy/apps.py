"""The room as Django knows it."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.privacy"
    label = "privacy"
