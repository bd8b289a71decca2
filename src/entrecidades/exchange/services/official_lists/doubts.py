"""Rows of official lists that a person decides: kept with their candidates, then settled."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.services import record
from entrecidades.exchange.choices import Act, BatchState, DoubtState
from entrecidades.exchange.models import Batch, Doubt
from entrecidades.exchange.readers.official import Code, OfficialList, Origin, OtherName, Unit
from entrecidades.exchange.services.batches import (
    Writing,
    marks_of_made,
    places_of,
    take_turns,
    told_of,
)
from entrecidades.exchange.services.official_lists.joining import Ranked
from entrecidades.exchange.services.official_lists.register import Register
from entrecidades.exchange.services.official_lists.writing import Scribe
from entrecidades.kernel.errors import Refusal
from entrecidades.network.models import Entity, Identifier, Place
from entrecidades.network.services import note_changes


class SettledAlready(Refusal):
    """Somebody was faster, or the import was undone."""


class AnothersPlace(Refusal):
    """The place is the seat of another municipality of the list, or lies in another country."""


def doubt_of(batch: Batch, official: OfficialList, unit: Unit, ranking: Ranked) -> Doubt:
    """A row with its candidates, ready to be written."""
    return Doubt(
        batch=batch,
        line=unit.row,
        name=unit.name,
        row={**asdict(unit), "origin": asdict(official.origin)},
        candidates=[
            {
                "place": place,
                "score": round(like.score, 4),
                "reasons": [asdict(one) for one in like.evidence],
            }
            for place, like in ranking
        ],
    )


@transaction.atomic
def settle_doubt(doubt: Doubt, place: Place | None, by: AbstractBaseUser | None) -> Doubt:
    """A person says which place a row is, or that it is none of them.

    Without a place the row becomes a body of its own, and a place too where its
    coordinates are known; a list that only links leaves it aside. What is
    written belongs to the doubt's batch and is undone with it.

    Raises
    ------
    SettledAlready
        When the doubt is no longer open.
    AnothersPlace
        When the place cannot be the row's.
    """
    doubt, batch = _taken_in_hand(doubt)
    unit, official = _read_back(doubt.row, batch)
    if place is not None:
        _refuse_anothers(unit, place)
    if place is None and not official.origin.makes_bodies:
        doubt.state = DoubtState.DISMISSED
    else:
        _carry_out(doubt, batch, unit, official, place)
    return _settled(doubt, by)


@transaction.atomic
def dismiss_doubt(doubt: Doubt, by: AbstractBaseUser | None) -> Doubt:
    """A person leaves a row aside: nothing is written, and no later import asks again.

    Raises
    ------
    SettledAlready
        When the doubt is no longer open.
    """
    doubt, _batch = _taken_in_hand(doubt)
    doubt.state = DoubtState.DISMISSED
    return _settled(doubt, by)


def _taken_in_hand(doubt: Doubt) -> tuple[Doubt, Batch]:
    """The doubt and its batch as they are now, locked, if it is still to be decided."""
    take_turns()
    found = Doubt.objects.select_for_update(of=("self",)).filter(pk=doubt.pk).first()
    if found is None:
        raise SettledAlready(_("This import was undone."))
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=found.batch_id)
    if found.state != DoubtState.OPEN or batch.state != BatchState.APPLIED:
        raise SettledAlready(_("This row was decided already."))
    return found, batch


def _settled(doubt: Doubt, by: AbstractBaseUser | None) -> Doubt:
    """Keep what was decided, with its trace."""
    doubt.save()
    record(Act.SETTLE, subject=doubt, by=by, decision=doubt.state, place=doubt.place_id)
    return doubt


def _carry_out(
    doubt: Doubt, batch: Batch, unit: Unit, official: OfficialList, place: Place | None
) -> None:
    """Write the row as it was decided, and add it to the batch."""
    writing = Writing()
    schemes = {unit.code.scheme, *(code.scheme for code in unit.more_codes)}
    schemes |= {unit.parent.scheme} if unit.parent else set()
    register = Register([unit.country], schemes, with_places=place is None)
    scribe = Scribe(writing, official, register)
    body = register.seated.get(place.pk) if place else None
    seats = {unit.code: place.pk} if place else {}
    if body is not None:
        scribe.extend([(unit, body)])
    else:
        if place is None and unit.latitude is not None and unit.longitude is not None:
            seats = scribe.place([unit])
        scribe.bodies([unit], seats)
    doubt.entity = Entity.objects.get(
        identifiers__scheme=unit.code.scheme, identifiers__value=unit.code.value
    )
    doubt.place_id = seats.get(unit.code)
    doubt.state = DoubtState.JOINED if place else DoubtState.CREATED
    _add_to(batch, writing)


def _add_to(batch: Batch, writing: Writing) -> None:
    """Let a batch answer for a little more than it made at first."""
    for label, marks in marks_of_made(writing.made).items():
        batch.made.setdefault(label, {}).update(marks)
    batch.changed += told_of(writing.changes)
    batch.save(update_fields=["made", "changed"])
    touched = {model: list(keys) for model, keys in writing.made.items()}
    for one in writing.changes:
        touched.setdefault(one.model, []).append(one.pk)
    note_changes(places_of(touched))


def _refuse_anothers(unit: Unit, place: Place) -> None:
    if place.country_id != unit.country:
        raise AnothersPlace(_("%s lies in another country.") % place)
    others = Identifier.objects.filter(
        entity__seat=place, entity__tier=unit.tier, scheme=unit.code.scheme
    )
    if others.exists():
        raise AnothersPlace(_("%s is the seat of another municipality of the list.") % place)


def _read_back(row: Mapping[str, Any], batch: Batch) -> tuple[Unit, OfficialList]:
    """A doubt's row as the unit it was."""
    facts = {name: value for name, value in row.items() if name != "origin"}
    facts |= {
        "code": Code(**row["code"]),
        "parent": Code(**row["parent"]) if row["parent"] else None,
        "more_codes": tuple(Code(**code) for code in row["more_codes"]),
        "other_names": tuple(OtherName(**name) for name in row["other_names"]),
    }
    official = OfficialList(Origin(**row["origin"]), batch.file_name, batch.digest)
    return Unit(**facts), official
