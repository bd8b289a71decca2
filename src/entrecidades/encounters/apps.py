"""The room as Django knows it."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.encounters"
    label = "encounters"
