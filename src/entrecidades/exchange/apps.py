"""The room as Django knows it."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Configuration of the room."""

    name = "entrecidades.exchange"
    label = "exchange"
