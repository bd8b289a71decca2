"""Questions about the first contacts that follow from the pairs of a round."""

from collections.abc import Iterable

from django.db.models import F

from entrecidades.calls.models import Opening, Pair, PairQuerySet, Round
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.selectors import introductions_seen_by
from entrecidades.network.selectors import Reader


def pairs_to_open(round_: Round) -> PairQuerySet:
    """The standing pairs for which no first contact was opened yet, of two countries each."""
    abroad = Pair.objects.standing().filter(round=round_, opening=None, introduction=None)
    return abroad.exclude(first__entity__country=F("second__entity__country"))


def pairs_waiting(opening: Opening) -> PairQuerySet:
    """The pairs whose first contact is to be opened still; a pair that has ended gets none."""
    return Pair.objects.standing().filter(opening=opening, introduction=None).order_by("pk")


def opening_under_way(round_: Round) -> Opening | None:
    """The first contacts that are being opened for a round."""
    return round_.openings.filter(ended_at=None).order_by("pk").first()


def contacts_shown_to(reader: Reader, pairs: Iterable[Pair]) -> dict[int, Introduction]:
    """The first contacts of some pairs that a reader may read, by their keys."""
    keys = {one.introduction_id for one in pairs if one.introduction_id}
    if not keys:
        return {}
    return introductions_seen_by(reader).in_bulk(list(keys))


def pairs_of_contact(introduction: Introduction) -> PairQuerySet:
    """The published pairs from which a first contact follows, the last one first."""
    return introduction.pairs.standing().whole().order_by("-pk")
