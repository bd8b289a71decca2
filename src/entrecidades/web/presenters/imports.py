"""Imports and doubtful rows, as an operator reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.engines.sameplace import km_between
from entrecidades.exchange.models import Batch, Doubt
from entrecidades.exchange.readers.problems import Problem
from entrecidades.exchange.reasons import in_words
from entrecidades.exchange.selectors import candidates_of
from entrecidades.exchange.services.member_lists import MEMBERS
from entrecidades.exchange.services.undo_slowly import DONE, TOTAL
from entrecidades.network.choices import Tier
from entrecidades.network.countries import country_name
from entrecidades.web.presenters.registry import grouped

OFFICIAL = "official:"
#: Findings of each sign on a page; the spreadsheet has all.
FIRST = 50


def kind_told(kind: str) -> str:
    """What an import brought in."""
    if kind.startswith(OFFICIAL):
        country = country_name(kind.removeprefix(OFFICIAL), get_language())
        return _("Official list: %s") % country
    return _("Members of an association") if kind == MEMBERS else _("Known partnerships")


def counts_told(counts: Mapping[str, int]) -> list[str]:
    """What an import did, in a few words each; what is none is passed over."""
    words = {
        "joined": _("%s joined"),
        "created": _("%s created as new"),
        "new": _("%s new"),
        "places": _("%s new places"),
        "above": _("%s regions and districts"),
        "members": _("new members: %s"),
        "announced": _("announced, still to confirm it: %s"),
        "registered": _("registered first: %s"),
        "ended": _("memberships that end: %s"),
        "updated": _("%s brought up to date"),
        "merged": _("%s merged"),
        "doubtful": _("%s doubtful"),
        "left_out": _("%s left out"),
        "not_linked": _("%s not linked"),
        "kept": _("%s stayed when it was undone"),
    }
    return [said % grouped(counts[name]) for name, said in words.items() if counts.get(name)]


def undoing_told(batch: Batch) -> dict[str, int]:
    """How far the undoing of an import is: rows taken back, of how many."""
    return {"done": batch.counts.get(DONE, 0), "total": batch.counts.get(TOTAL, 0)}


def import_told(batch: Batch, asked: int, still_open: int) -> dict[str, Any]:
    """One import in the list."""
    return {
        "batch": batch,
        "what": kind_told(batch.kind),
        "did": counts_told(batch.counts),
        "asked": asked,
        "open": still_open,
    }


def findings_told(findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was found in a list, sign by sign: how many, and the first of them in words."""
    titles = {
        "!": _("Problems: nothing is written until they are mended"),
        "?": _("Rows that are not certain"),
        "+": _("What changes"),
        "~": _("Remarks"),
    }
    told = []
    for sign, title in titles.items():
        ours = [one for one in findings if one["sign"] == sign]
        if ours:
            lines = [_finding(one) for one in ours[:FIRST]]
            told.append({"title": title, "lines": lines, "more": max(0, len(ours) - FIRST)})
    return told


def _finding(one: Mapping[str, Any]) -> dict[str, Any]:
    """One finding as a fact with its remedy, and the places a row may be."""
    names = ("row", "column", "value", "problem", "remedy")
    return {
        "words": str(Problem(**{name: one[name] for name in names})),
        "candidates": one["candidates"],
    }


def doubts_told(doubts: list[Doubt]) -> list[dict[str, Any]]:
    """The rows of the queue, each with where it lies and the likeliest place."""
    candidates = candidates_of(doubts)
    return [
        {
            "doubt": doubt,
            "division": doubt.row.get("division", ""),
            "list": kind_told(doubt.batch.kind),
            "best": next(iter(candidates[doubt.pk]), None),
        }
        for doubt in doubts
    ]


def row_facts(doubt: Doubt) -> list[dict[str, Any]]:
    """What the list says of a row, as far as it does."""
    row = doubt.row
    facts = [
        (_("Code"), f"{row['code']['scheme']} {row['code']['value']}"),
        (_("Other names"), ", ".join(other["name"] for other in row.get("other_names", ()))),
        (_("State or region"), row.get("division", "")),
        (_("Tier"), Tier(row["tier"]).label if row.get("tier") in Tier.values else ""),
        (_("Inhabitants"), _number(row.get("population"))),
        (_("Position"), _position(row.get("latitude"), row.get("longitude"))),
        (_("List"), f"{row['origin']['title']}, {_('row %d') % doubt.line}"),
    ]
    return [{"words": words, "value": value} for words, value in facts if value]


def candidates_told(doubt: Doubt) -> list[dict[str, Any]]:
    """The places a row may be: what they are, how likely, how far, and why."""
    row = doubt.row
    told = []
    for one in candidates_of([doubt])[doubt.pk]:
        place = one.place
        facts = [
            (_("State or region"), str(place.region or "–")),
            (_("Inhabitants"), _number(place.population) or _("not counted")),
            (_("Position"), _position(place.latitude, place.longitude)),
            (_("Distance"), _distance(row, place.latitude, place.longitude)),
        ]
        told.append(
            {
                "place": place,
                "score": one.score,
                "why": in_words(one.reasons),
                "facts": [{"words": words, "value": value} for words, value in facts if value],
            }
        )
    return told


def _number(number: int | None) -> str:
    return grouped(number) if number else ""


def _position(latitude: float | None, longitude: float | None) -> str:
    """Degrees as maps take them: north and east are positive."""
    return "" if latitude is None or longitude is None else f"{latitude:.4f}, {longitude:.4f}"


def _distance(row: Mapping[str, Any], latitude: float, longitude: float) -> str:
    """How far a place is from where the row says it lies."""
    if row.get("latitude") is None or row.get("longitude") is None:
        return ""
    km = km_between(row["latitude"], row["longitude"], latitude, longitude)
    return _("%s km") % number_format(round(km, 1), 1)
