"""Conditions that both databases answer from an index."""

from django.db import connection
from django.db.models import Q

#: Sorts after every text that begins with what stands before it.
LAST = chr(0x10FFFF)


def begins(field: str, prefix: str) -> Q:
    """Texts that begin with a prefix, letter by letter.

    SQLite finds no index for LIKE, so it is given a range, which its binary
    order makes the same; PostgreSQL has an index for LIKE and, ordered by a
    language, none for the range.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix + LAST})
    return Q(**{f"{field}__startswith": prefix})
