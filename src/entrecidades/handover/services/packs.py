"""Packs that are asked for, filled and forgotten."""

from datetime import datetime

from django.db import transaction

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.audit.services import record
from entrecidades.handover.choices import Act
from entrecidades.handover.models import Pack
from entrecidades.handover.rules import PACK_KEPT
from entrecidades.network.models import Entity
from entrecidades.network.selectors.rights import may, require
from entrecidades.queue.services import enqueue


@transaction.atomic
def note_pack(*, body: Entity, by: Person, at: datetime) -> None:
    """History tells that somebody takes the pack of a body away.

    Raises
    ------
    NotAllowed
        She may not hand over for the body.
    """
    require(by, Permission.HAND_OVER, body, on=at.date())
    record(Act.PACK, subject=body, by=by, body=body)


@transaction.atomic
def ask_for_pack(*, body: Entity, language: str, by: Person, at: datetime) -> Pack:
    """A pack is promised; one that she asked for and that is still kept is not built twice.

    Raises
    ------
    NotAllowed
        She may not hand over for the body.
    """
    kept = Pack.objects.filter(entity=body, by=by, language=language, keep_until__gt=at).first()
    if kept and may(by, Permission.HAND_OVER, body, on=at.date()):
        return kept
    note_pack(body=body, by=by, at=at)
    pack = Pack.objects.create(
        entity=body, by=by, language=language, asked_at=at, keep_until=at + PACK_KEPT
    )
    enqueue("handover.build_pack", pack_id=pack.pk)
    return pack


def note_progress(*, pack: Pack, done: int, total: int) -> None:
    """So many parts of the pack are made."""
    Pack.objects.filter(pk=pack.pk).update(done=done, total=total)


def fill_pack(*, pack: Pack, content: bytes) -> None:
    """The pack is there."""
    Pack.objects.filter(pk=pack.pk).update(content=content)


def forget_packs(*, at: datetime) -> int:
    """Packs whose time is over are gone; how many."""
    gone, _by_kind = Pack.objects.filter(keep_until__lte=at).delete()
    return gone
