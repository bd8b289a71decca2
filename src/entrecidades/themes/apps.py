"""The room as Django knows it."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.themes"
    label = "themes"
