"""The room as Django knows it."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.agreements"
    label = "agreements"
