"""How a certificate's names and moments are told: never with the number of a citizen."""

import re
from datetime import UTC, datetime
from typing import Any

#: Numbers by which some countries know their citizens stand in the names of certificates.
CITIZEN = re.compile(r"[:\s]*\d[\d.\-/]{7,}\d")


def named(name: Any) -> str:
    """A person and her body as a certificate names them, without the numbers of citizens."""
    parts = name.native
    told = [parts.get(one) for one in ("common_name", "organization_name")]
    flat = [", ".join(one) if isinstance(one, list) else str(one) for one in told if one]
    return CITIZEN.sub("", " · ".join(dict.fromkeys(flat)))[:200]


def utc(moment: datetime) -> datetime:
    """A moment with its zone; one that names none is taken for UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
