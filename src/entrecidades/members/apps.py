"""The room as Django knows it."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.members"
    label = "members"
