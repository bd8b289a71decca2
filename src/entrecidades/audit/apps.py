"""The room as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.audit"
    label = "audit"
