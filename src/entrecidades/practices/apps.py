"""The room as Django knows it."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.practices"
    label = "practices"
