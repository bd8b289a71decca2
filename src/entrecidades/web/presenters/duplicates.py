"""Pairs, and what a merge would do, as an operator reads them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entrecidades.duplicates.choices import Fate, Keep
from entrecidades.duplicates.reasons import in_words
from entrecidades.duplicates.rules import FIELDS
from entrecidades.duplicates.selectors import Plan, Row, differing
from entrecidades.network.models import Duplicate, Entity, Merge
from entrecidades.web.presenters.registry import languages, people

#: Rows of a kind that are named; the others are counted.
NAMED = 5


def public_id(entity: Entity) -> str:
    """A body as its address and the terminal name it."""
    return f"{entity.country_id.lower()}/{entity.slug}"


def pairs_told(pairs: Iterable[Duplicate]) -> list[dict[str, Any]]:
    """The pairs of the queue, each with its reasons."""
    return [{"pair": pair, "why": why(pair)} for pair in pairs]


def why(pair: Duplicate) -> str:
    """Why the two may be one body."""
    return in_words(pair.reasons)


def field_words() -> dict[str, str]:
    """What the fields that a merge asks about are called."""
    return {
        "name": _("Name"),
        "acronym": _("Acronym"),
        "kind": _("Kind"),
        "tier": _("Tier"),
        "region": _("Region"),
        "seat": _("Seat"),
        "parent": _("Part of"),
        "population": _("Inhabitants"),
        "languages": _("Languages"),
        "website": _("Website"),
        "valid_from": _("Since"),
    }


def fields_told(plan: Plan, choices: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields of both bodies side by side; of those that differ, one is to be chosen."""
    words = field_words()
    open_ = differing(plan.survivor, plan.absorbed)
    told = []
    for name in FIELDS:
        mine, yours = value_told(plan.survivor, name), value_told(plan.absorbed, name)
        if mine or yours:
            told.append(
                {
                    "name": name,
                    "words": words[name],
                    "mine": mine,
                    "yours": yours,
                    "differs": name in open_,
                    "theirs": choices.get(name) == Keep.ABSORBED,
                }
            )
    return told


def value_told(entity: Entity, name: str) -> str:
    """The value of a field as the reader knows it; empty where it is not known."""
    value = getattr(entity, name)
    if value in (None, "", []):
        return ""
    if name == "languages":
        return languages(value)
    if name == "population":
        return people(value)
    if name == "valid_from":
        return str(date_format(value, "DATE_FORMAT"))
    labels = {"kind": entity.get_kind_display, "tier": entity.get_tier_display}
    return str(labels[name]() if name in labels else value)


def kind_of_rows(model: type[Model]) -> str:
    """What rows of a table are called; tables that only join two others by what they join."""
    words = {
        "network.Entity": _("parts"),
        "network.EntityName": _("names"),
        "network.Identifier": _("official numbers"),
        "network.Membership": _("memberships"),
        "network.Succession": _("predecessors and successors"),
        "network.Homologue": _("counterparts"),
        "network.Post": _("offices"),
        "network.Mandate": _("mandates"),
        "cooperation.Relation_coordinators": _("relations it coordinates"),
        "cooperation.Coordination": _("programmes it coordinates"),
        "cooperation.Introduction": _("first contacts"),
        "practices.Practice": _("practices"),
        "practices.Posting": _("offers and needs"),
        "exchange.Doubt": _("doubtful rows"),
    }
    return words.get(model._meta.label) or str(model._meta.verbose_name_plural)


def rows_told(plan: Plan, fate: Fate) -> list[dict[str, Any]]:
    """The rows with one fate, by their kind: how many, and the first few by name."""
    found: defaultdict[type[Model], list[Row]] = defaultdict(list)
    for row in plan.rows:
        if row.fate is fate:
            found[row.model].append(row)
    return [
        {
            "words": kind_of_rows(model),
            "count": len(rows),
            "named": [named(row.instance) for row in rows[:NAMED]],
            "more": len(rows) > NAMED,
        }
        for model, rows in found.items()
    ]


def named(row: Model) -> str:
    """A row by what it says, with its dates where it has some."""
    days = [getattr(row, name, None) for name in ("valid_from", "valid_to")]
    if isinstance(row, Entity) or days == [None, None]:
        return str(row)
    since, until = (date_format(day, "SHORT_DATE_FORMAT") if day else "…" for day in days)
    return f"{row} ({since} – {until})"


def merges_told(merges: Iterable[Merge]) -> list[dict[str, Any]]:
    """Every merge in the list: which, when, how much it moved."""
    return [
        {
            "merge": merge,
            "moved": sum(one["model"] != Entity._meta.label for one in merge.changed),
            "aside": len(merge.aside),
        }
        for merge in merges
    ]
