"""The room as Django knows it."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.mail"
    label = "mail"
