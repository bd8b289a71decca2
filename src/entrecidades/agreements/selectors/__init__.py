"""Questions the house asks about agreements; nothing here writes."""

from entrecidades.agreements.selectors.patterns import text_from
from entrecidades.agreements.selectors.reading import (
    agreements_of,
    agreements_seen_by,
    covers,
    umbrellas_open_to,
)
from entrecidades.agreements.selectors.texts import (
    Checked,
    agreed_version,
    checked,
    is_numbered,
    is_writable,
    latest_version,
    open_remarks,
    parties_for,
    parties_of,
    texts_of,
)

__all__ = [
    "Checked",
    "agreed_version",
    "agreements_of",
    "agreements_seen_by",
    "checked",
    "covers",
    "is_numbered",
    "is_writable",
    "latest_version",
    "open_remarks",
    "parties_for",
    "parties_of",
    "text_from",
    "texts_of",
    "umbrellas_open_to",
]
