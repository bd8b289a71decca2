"""The room as Django knows it."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.network"
    label = "network"
