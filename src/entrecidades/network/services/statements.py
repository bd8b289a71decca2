"""What the sides of a record say of it, and new records that one side declares."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.selectors.history import name_of
from entrecidades.audit.services import record
from entrecidades.kernel import ids
from entrecidades.network.choices import Act, Confirmation, Stance
from entrecidades.network.models import Entity, Partnership, Place, Statement
from entrecidades.network.models.statement import Confirmable
from entrecidades.network.rules import NotAParty, SaidAlready
from entrecidades.network.selectors.rights import require
from entrecidades.network.selectors.statements import sides_said, speakers_of
from entrecidades.queue.services import enqueue

#: The source of a partnership that a party has declared itself.
DECLARED = "declared"


@transaction.atomic
def say_of(
    *,
    about: Confirmable,
    entity: Entity,
    stance: Stance,
    by: AbstractBaseUser,
    on: date,
    otherwise: Mapping[str, Any] | None = None,
    note: str = "",
    language: str = "",
) -> Statement:
    """One side says what it has to say of a record; both sides then see it, and the difference.

    Said twice, it was said once. The record's row is locked, so that of two sides that speak
    at once the second finds the first's word.

    Raises
    ------
    NotAllowed
        When the person may not confirm records for the body.
    NotAParty
        When the record does not name the body.
    ValidationError
        When it differs without saying how, or what it says instead makes no sense.
    """
    require(by, Permission.CONFIRM, entity, on=on)
    about = type(about)._default_manager.select_for_update(of=("self",)).get(pk=about.pk)
    _refuse_strangers(about, entity)
    differing = _checked(about, otherwise or {}) if stance == Stance.DIFFERS else {}
    said = Statement.objects.filter(subject=name_of(about), entity=entity).first()
    statement = said or Statement(subject=name_of(about), entity=entity)
    new = {"stance": stance, "otherwise": differing, "note": note, "language": language}
    was = {name: getattr(statement, name) for name in new}
    if said and was == new:
        return statement
    for name, value in new.items():
        setattr(statement, name, value)
    statement.said_on, statement.said_by_id = on, by.pk
    statement.full_clean()
    statement.save()
    _note_standing(about, statement, by=by)
    tell_other_side(statement)
    return statement


def tell_other_side(statement: Statement) -> None:
    """Promise that the other side of a record is told what was said of it."""
    enqueue("network.tell_other_side", statement_id=statement.pk, stance=statement.stance)


def _refuse_strangers(about: Confirmable, entity: Entity) -> None:
    """Refuse a body that the record does not name."""
    sides = (getattr(about, field) for field in about.SIDES)
    if not any(speakers_of(side).filter(pk=entity.pk).exists() for side in sides):
        raise NotAParty(_("The record does not name %(name)s.") % {"name": entity.name_in()})


def _checked(about: Confirmable, otherwise: Mapping[str, Any]) -> dict[str, Any]:
    """What a side says instead, in the fields about which it may and where it really differs."""
    said = {}
    for name in about.SAID:
        value = otherwise.get(name)
        if value in (None, ""):
            continue
        field = about._meta.get_field(name)
        clean = field.clean(value, about)  # type: ignore[union-attr]  # a field of its own
        if clean != getattr(about, name):
            said[name] = clean.isoformat() if isinstance(clean, date) else clean
    return said


def _note_standing(about: Confirmable, said: Statement, *, by: AbstractBaseUser) -> None:
    """Write where the record stands now, and one trace of what was said."""
    before = snapshot(about, *about.STANDS)
    about.stand([Stance(side.said.stance) if side.said else None for side in sides_said(about)])
    about.save(update_fields=about.STANDS)
    changes = changes_since(before, about)
    facts = {"step": said.stance, "otherwise": said.otherwise}
    record(Act.SAY, subject=about, by=by, body=said.entity, changes=changes, **facts)


@transaction.atomic
def declare_partnership(
    *,
    entity: Entity,
    partner: Place,
    first_year: int | None,
    by: AbstractBaseUser,
    on: date,
) -> Partnership:
    """A city tells of a partnership that no list knows; it stands as confirmed by one side.

    Raises
    ------
    NotAllowed
        When the person may not confirm records for the body.
    NotAParty
        When the body has no place of its own, or the partner is that place.
    SaidAlready
        When the partnership is known already: then it is to be confirmed.
    """
    require(by, Permission.CONFIRM, entity, on=on)
    seat = entity.seat
    if seat is None or seat.pk == partner.pk:
        raise NotAParty(_("A partnership joins two cities; this names only one."))
    one, other = sorted([seat, partner], key=lambda place: place.pk)
    # The two rows are the lock: two officers who declare one partnership make one.
    list(Place.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk]))
    if Partnership.objects.filter(one=one, other=other).exists():
        raise SaidAlready(_("This partnership is known already. Confirm it instead."))
    partnership = Partnership(
        one=one,
        other=other,
        external_id=f"{DECLARED}-{ids.public_id()}",
        first_year=first_year,
        sources=[DECLARED],
        confirmation=Confirmation.UNCONFIRMED,
    )
    partnership.full_clean()
    partnership.save()
    say_of(about=partnership, entity=entity, stance=Stance.CONFIRMS, by=by, on=on)
    return partnership
