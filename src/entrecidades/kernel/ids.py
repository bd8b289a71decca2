"""Public identifiers: what an address shows and never changes."""

import re
import secrets
import uuid
from collections.abc import Container
from itertools import chain, count

from entrecidades.engines.folding import fold

#: Letters and digits that are not taken for one another.
LEGIBLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
WORD = re.compile(r"[a-z0-9]+")


def public_id() -> uuid.UUID:
    """A new identifier that says nothing about how many came before it."""
    return uuid.uuid4()


def incident_id() -> str:
    """A short name for something that went wrong, which one can read out on the telephone."""
    return "-".join("".join(secrets.choice(LEGIBLE) for _letter in range(4)) for _part in range(2))


def slug_of(name: str) -> str:
    """The name as an address can carry it; empty when nothing of it is Latin.

    Examples
    --------
    >>> slug_of("São José dos Campos")
    'sao-jose-dos-campos'
    >>> slug_of("L'Haÿ-les-Roses")
    'l-hay-les-roses'
    >>> slug_of("Łódź"), slug_of("Ærøskøbing"), slug_of("東京")
    ('lodz', 'aeroskobing', '')
    """
    return "-".join(WORD.findall(fold(name)))


def free_among(base: str, taken: Container[str]) -> str:
    """The slug itself, or with the first number that makes it a new one.

    Examples
    --------
    >>> free_among("maputo", {"maputo", "maputo-2"})
    'maputo-3'
    """
    numbered = (f"{base}-{number}" for number in count(2))
    return next(slug for slug in chain([base], numbered) if slug not in taken)
