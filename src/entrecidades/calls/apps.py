"""The room as Django knows it."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.calls"
    label = "calls"
