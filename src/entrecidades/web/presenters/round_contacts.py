"""What is said of the first contacts of a round: which will be opened, how far they are."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from entrecidades.calls.models import Opening, Pair
from entrecidades.calls.selectors.contacts import (
    contacts_shown_to,
    pairs_of_contact,
    pairs_waiting,
)
from entrecidades.cooperation.models import Introduction
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader
from entrecidades.web.presenters.rounds import REASONS, fits_between

SHOWN = 60


def look_told(chosen: Sequence[Pair], through: Entity) -> dict[str, Any]:
    """The contacts that will be opened, before they are."""
    count = len(chosen)
    title = ngettext(
        "Open this %(count)d first contact?", "Open these %(count)d first contacts?", count
    )
    return {
        "count": count,
        "title": title % {"count": count},
        "names": [_names(pair) for pair in chosen[:SHOWN]],
        "more": max(0, count - SHOWN),
        "facts": [
            {"words": _("Through"), "value": through.name_in()},
            {"words": _("First contacts"), "value": count},
        ],
        "keys": ",".join(str(pair.pk) for pair in chosen),
    }


def _names(pair: Pair) -> str:
    """Two bodies, as a line says them."""
    return f"{pair.first.entity.name_in()} – {pair.second.entity.name_in()}"


def way_told(opening: Opening) -> dict[str, Any]:
    """How far an opening is."""
    waiting = pairs_waiting(opening).count()
    return {"done": max(0, opening.count - waiting), "total": opening.count}


def contacts_told(reader: Reader, pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """Pairs with the contact that follows from each, as far as the reader may know of it.

    Of a contact that the two have opened themselves nothing is told but that there is one.
    """
    shown = contacts_shown_to(reader, pairs)
    return [
        {
            "pair": pair,
            "names": _names(pair),
            "contact": shown.get(pair.introduction_id or 0),
            "says": _says(pair),
            "may_open": pair.opening_id is None and pair.introduction_id is None and _abroad(pair),
        }
        for pair in pairs
    ]


def _abroad(pair: Pair) -> bool:
    """Whether a contact can join the two: it is between two countries."""
    return pair.first.entity.country_id != pair.second.entity.country_id


def _says(pair: Pair) -> str:
    """How far the contact of a pair is, in words."""
    contact = pair.introduction
    if contact is None and pair.opening_id:
        return _("is being opened")
    if contact is None:
        return pgettext("first contact", "none yet") if _abroad(pair) else _("of one country")
    if contact.is_convened:
        return contact.get_state_display()
    return _("in contact already")


def paired_told(introduction: Introduction, reader: Reader) -> dict[str, Any] | None:
    """The pair from which a first contact follows, and why, as the reader's side sees it."""
    pair = pairs_of_contact(introduction).first()
    if pair is None:
        return None
    sides = (pair.first.entity, pair.second.entity)
    if sides[1].pk in reader.own and sides[0].pk not in reader.own:
        sides = sides[::-1]
    return {"pair": pair, "reasons": fits_between([sides])[0].strongest(REASONS)}
