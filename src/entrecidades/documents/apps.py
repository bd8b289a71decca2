"""The room as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.documents"
    label = "documents"
