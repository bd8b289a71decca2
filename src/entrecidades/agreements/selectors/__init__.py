"""Questions the house asks about agreements; nothing here writes."""

from entrecidades.agreements.selectors.reading import (
    agreements_of,
    agreements_seen_by,
    covers,
    umbrellas_open_to,
)

__all__ = ["agreements_of", "agreements_seen_by", "covers", "umbrellas_open_to"]
