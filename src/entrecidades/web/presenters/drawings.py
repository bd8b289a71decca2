"""Drawings that are made once for each version of the data, and kept for every worker."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import cache
from django.utils.translation import get_language

from entrecidades.exchange.selectors import data_version

Drawn = TypeVar("Drawn")


def kept(name: str, draw: Callable[[], Drawn]) -> Drawn:
    """What ``draw`` gives in the reader's language; drawn again only when the data has changed."""
    key = f"{name}:{get_language()}:{data_version()}"
    found = cache.get(key)
    if found is None:
        found = draw()
        cache.set(key, found, None)
    return cast("Drawn", found)
