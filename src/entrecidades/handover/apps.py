"""The room as Django knows it."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.handover"
    label = "handover"
