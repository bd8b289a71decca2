"""The room as Django knows it."""

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.queue"
    label = "queue"
