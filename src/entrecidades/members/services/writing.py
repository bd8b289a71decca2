"""A letter to the members is begun, written and dropped; somebody declines such letters."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.audit.services import record
from entrecidades.kernel.editing import differences, filled
from entrecidades.members.choices import Act, CircularState
from entrecidades.members.models import Circular, Decline
from entrecidades.members.rules import Faulty, WrittenMeanwhile
from entrecidades.members.selectors import MemberWish
from entrecidades.network.choices import Kind
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require


@transaction.atomic
def begin_circular(
    *, association: Entity, wish: MemberWish, asked: str, by: AbstractBaseUser, at: datetime
) -> Circular:
    """Begin a letter to the members that fulfil a wish; nobody gets it yet.

    Raises
    ------
    ValidationError
        `NotAllowed`; `Faulty` when it is no association.
    """
    require(by, Permission.WRITE_MEMBERS, association, on=at.date())
    if association.kind != Kind.ASSOCIATION:
        raise Faulty(_("Only associations write to their members."))
    row = Circular.objects.create(
        entity=association, wish=asdict(wish), asked=asked, by_id=by.pk, written_at=at
    )
    record(Act.BEGIN, subject=row, by=by, body=association)
    return row


@transaction.atomic
def write_circular(
    *,
    circular_id: int,
    subject: Mapping[str, str],
    text: Mapping[str, str],
    version: int,
    by: AbstractBaseUser,
    at: datetime,
) -> Circular:
    """Keep what somebody wrote, finished or not; what cannot be sent yet is told when it is read.

    Raises
    ------
    ValidationError
        `NotAllowed`; `WrittenMeanwhile` when somebody saved since ``version``, or it is sent.
    """
    row = held(circular_id)
    require(by, Permission.WRITE_MEMBERS, row.entity, on=at.date())
    if row.state != CircularState.DRAFT:
        raise WrittenMeanwhile(_("This letter is no draft any more."))
    if row.version != version:
        told = _(
            "A colleague has written to this letter meanwhile. Look at hers, then save again."
        )
        raise WrittenMeanwhile(told)
    before = row.units()
    row.subject, row.text = filled(subject), filled(text)
    changes = differences(before, row.units())
    if changes:
        row.by_id, row.written_at, row.version = by.pk, at, version + 1
        row.full_clean()
        row.save(update_fields=["subject", "text", "by", "written_at", "version"])
        record(Act.WRITE, subject=row, by=by, body=row.entity, changes=changes)
    return row


@transaction.atomic
def drop_circular(*, circular_id: int, by: AbstractBaseUser, at: datetime) -> None:
    """Drop a draft for good.

    Raises
    ------
    ValidationError
        `NotAllowed`; `WrittenMeanwhile` when it is no draft.
    """
    row = held(circular_id)
    require(by, Permission.WRITE_MEMBERS, row.entity, on=at.date())
    if row.state != CircularState.DRAFT:
        raise WrittenMeanwhile(_("This letter is no draft any more."))
    record(Act.DROP, subject=row, by=by, body=row.entity)
    row.delete()


def held(circular_id: int) -> Circular:
    """A letter's row until the transaction ends."""
    rows = Circular.objects.select_related("entity").select_for_update(of=("self",))
    return rows.get(pk=circular_id)


@transaction.atomic
def decline_letters(*, person: Person, association: Entity, at: datetime) -> None:
    """She gets no more letters of an association to its members; said twice, it is said once."""
    facts = {"said_at": at}
    _row, is_new = Decline.objects.get_or_create(person=person, entity=association, defaults=facts)
    if is_new:
        record(Act.DECLINE, subject=association, by=person)


@transaction.atomic
def accept_letters(*, person: Person, association: Entity) -> None:
    """She gets them again."""
    gone, _rows = Decline.objects.filter(person=person, entity=association).delete()
    if gone:
        record(Act.ACCEPT, subject=association, by=person)
