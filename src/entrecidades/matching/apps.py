"""The room as Django knows it."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.matching"
    label = "matching"
