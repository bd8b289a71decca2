"""The room as Django knows it."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.cooperation"
    label = "cooperation"
