"""The room as Django knows it."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.projects"
    label = "projects"
