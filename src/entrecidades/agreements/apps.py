"""The room as Django knows it."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Let the trust that was set up be checked at start."""
        from entrecidades.agreements import trust  # noqa: F401, PLC0415 - Django's own way
