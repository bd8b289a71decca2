"""Who could cooperate with whom: the questions that pages, API and terminal ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entrecidades.matching.columns import MUNICIPALITY
from entrecidades.matching.reasons import Reason, reasons_for
from entrecidades.matching.snapshot import KEEPER, Snapshot
from entrecidades.network.models import Entity, Place

MOST = 100
Subject = Place | Entity


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for: constraints on the counterparts, all optional.

    ``countries`` are ISO codes, ``themes`` slugs, ``roles`` a mask of
    `network.choices.Role` of which one must be borne; ``known`` lets partners
    one already has be shown too.
    """

    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    roles: int = 0
    min_population: int = 0
    max_population: int = 0
    known: bool = False
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One counterpart: who, how well it fits (0 to 100), and why, part by part."""

    subject: Subject
    score: float
    reasons: list[Reason]


def suggestions_for(subject: Subject, wish: Wish, *, on: date) -> list[Suggestion]:
    """The best counterparts of a place or body under a wish, best first, each with its reasons.

    Bodies that are no municipality are matched with bodies of their own kind.
    A subject that is not in the snapshot yet has no counterparts.

    Raises
    ------
    NoSnapshot
        When the instance has not been prepared.
    """
    held = KEEPER.snapshot(on=on)
    row = row_of(subject, held)
    if row is None:
        return []
    found = held.matcher.suggest(
        row,
        limit=min(wish.limit, MOST),
        candidates=_candidates(held, row, wish),
        themes=_numbers(held.book.themes, wish.themes) if wish.themes else None,
        partners=wish.known,
    )
    subjects = subjects_at(held, found.ids)
    others = found.ids.tolist()
    told = zip(others, found.totals.tolist(), reasons_for(held, row, others), strict=True)
    return [
        Suggestion(subjects[other], float(total), reasons)
        for other, total, reasons in told
        if other in subjects
    ]


def affinity_of(subject: Subject, other: Subject, *, on: date) -> Suggestion | None:
    """How well two fit, with the reasons; None when one of them is not in the snapshot."""
    held = KEEPER.snapshot(on=on)
    row, there = row_of(subject, held), row_of(other, held)
    if row is None or there is None or row == there:
        return None
    total = held.matcher.explain(row, there).total
    return Suggestion(other, float(total), reasons_for(held, row, [there])[0])


def row_of(subject: Subject, held: Snapshot) -> int | None:
    """The row of a place or body; a municipality's is its seat's."""
    if isinstance(subject, Place):
        return held.rows.of_place(subject.pk)
    if (subject.kind, subject.tier) == MUNICIPALITY:
        return held.rows.of_place(subject.seat_id) if subject.seat_id else None
    return held.rows.of_body(subject.pk)


def subjects_at(held: Snapshot, rows: NDArray[np.int64] | Sequence[int]) -> dict[int, Subject]:
    """The places and bodies of some rows, in two queries."""
    keys = {int(held.rows.ids[row]): int(row) for row in rows}
    places = Place.objects.filter(pk__in=[key for key in keys if key > 0])
    bodies = Entity.objects.filter(pk__in=[-key for key in keys if key < 0])
    found: dict[int, Subject] = {
        keys[place.pk]: place for place in places.select_related("country", "region")
    }
    found.update({keys[-body.pk]: body for body in bodies.select_related("country", "region")})
    return found


def _candidates(held: Snapshot, row: int, wish: Wish) -> NDArray[np.bool_]:
    """Which rows may be suggested: of the same kind, abroad, and as wished."""
    places = held.atlas.places
    allowed: NDArray[np.bool_] = places.kind == places.kind[row]
    if wish.countries:
        numbers = list(_numbers(held.book.countries, wish.countries))
        allowed &= np.isin(places.country, numbers)
    if wish.roles:
        allowed &= (places.roles & wish.roles) != 0
    if wish.languages:
        allowed &= (places.languages & held.book.language_bits(wish.languages)) != 0
    if wish.min_population:
        allowed &= places.population >= wish.min_population
    if wish.max_population:
        allowed &= (places.population <= wish.max_population) & (places.population > 0)
    return allowed


def _numbers(names: Sequence[str], wanted: Iterable[str]) -> frozenset[int]:
    """The numbers of some names; unknown names have none."""
    known = {name: number for number, name in enumerate(names)}
    return frozenset(known[name] for name in wanted if name in known)
