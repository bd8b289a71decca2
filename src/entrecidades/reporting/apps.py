"""The room as Django knows it."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.reporting"
    label = "reporting"
