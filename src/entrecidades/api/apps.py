"""The room as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.api"
    label = "api"
