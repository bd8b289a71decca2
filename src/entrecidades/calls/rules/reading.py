"""How sheets become a result: weights, spread, and who may not read what."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
Scores = Mapping[str, Mapping[str, Any]]


def score_of(raw: object, scale: int) -> Decimal | None:
    """A score as a number on the scale; None when it is none.

    Examples
    --------
    >>> score_of("7,5", 10), score_of("11", 10), score_of("NaN", 10)
    (Decimal('7.5'), None, None)
    """
    try:
        score = Decimal(str(raw).strip().replace(",", "."))
    except InvalidOperation:
        return None
    fits = score.is_finite() and 0 <= score <= scale and score == score.quantize(CENT)
    return score if fits else None


def sheet_problems(
    scores: Scores, criteria: Sequence[Mapping[str, Any]], scale: int
) -> Iterator[tuple[str, str]]:
    """What a sheet lacks before it may be handed in: which criterion, and a sentence."""
    known = {one["key"] for one in criteria}
    for key in sorted({*scores} - known):
        yield key, _("There is no criterion called “%(name)s”.") % {"name": key}
    for one in criteria:
        said = scores.get(one["key"]) or {}
        if score_of(said.get("score"), scale) is None:
            yield one["key"], _("Give a score from 0 to %(scale)s.") % {"scale": scale}
        if not str(said.get("reason") or "").strip():
            yield one["key"], _("Say why.")


def weighted(scores: Scores, criteria: Sequence[Mapping[str, Any]], scale: int) -> Decimal:
    """The mean of a complete sheet's scores, each with the weight of its criterion.

    Examples
    --------
    >>> sheet = {"need": {"score": "8"}, "means": {"score": "5"}}
    >>> weighted(sheet, [{"key": "need", "weight": 75}, {"key": "means", "weight": 25}], 10)
    Decimal('7.25')
    """
    total = Decimal(0)
    for one in criteria:
        score = score_of(scores[one["key"]]["score"], scale) or Decimal(0)
        total += score * one["weight"]
    return (total / HUNDRED).quantize(CENT)


def mean(totals: Sequence[Decimal]) -> Decimal | None:
    """The mean of what the readers gave; None of nothing."""
    return (sum(totals, Decimal(0)) / len(totals)).quantize(CENT) if totals else None


def spread(totals: Sequence[Decimal]) -> Decimal:
    """How far apart the readers are.

    Examples
    --------
    >>> spread([Decimal("7.5"), Decimal("4.9")])
    Decimal('2.6')
    """
    return max(totals) - min(totals) if totals else Decimal(0)


def wants_third(totals: Sequence[Decimal], *, readers: int, limit: Decimal) -> bool:
    """Whether those who were asked first are all in, and too far apart."""
    return len(totals) == readers and spread(totals) > limit
