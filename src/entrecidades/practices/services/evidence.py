"""A body shows what it does well by documents of its own, and takes them away again."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.services import record
from entrecidades.documents.selectors import room_of
from entrecidades.documents.services import examine, hand_in
from entrecidades.network.choices import Visibility
from entrecidades.network.selectors import require
from entrecidades.practices.choices import Act
from entrecidades.practices.models import Evidence, Practice


def show_document(
    *,
    practice_id: int,
    upload: File,  # type: ignore[type-arg]
    title: str,
    language: str,
    visibility: Visibility,
    by: AbstractBaseUser,
    at: datetime,
) -> Evidence:
    """Hand a file in for a body and show it with its practice, to those who may see the file.

    The file is looked into before the transaction begins, so that nobody waits for it.

    Raises
    ------
    ValidationError
        When she may not edit the practice, or hand in for its body, on the day (`NotAllowed`),
        or the file is not taken (`NotTaken`, with every reason).
    """
    practice = Practice.objects.select_related("entity").get(pk=practice_id)
    for permission in (practice.edited_with, Permission.HAND_IN):
        require(by, permission, practice.entity, on=at.date())
    examined = examine(upload, room=room_of(practice.entity))
    with transaction.atomic():
        held = _held(practice_id, by=by, at=at)
        document = hand_in(
            entity=held.entity,
            upload=examined,
            title=title,
            language=language,
            visibility=visibility,
            by=by,
            at=at,
        )
        shown = Evidence.objects.create(practice=held, document=document, added_at=at)
        record(Act.SHOW, subject=held, by=by, body=held.entity, document=document.pk)
    return shown


@transaction.atomic
def hide_document(*, evidence: Evidence, by: AbstractBaseUser, at: datetime) -> bool:
    """A document is no longer shown with a practice; it stays its body's. False: it was not.

    Raises
    ------
    NotAllowed
        She may not edit the practice on the day.
    """
    held = _held(evidence.practice_id, by=by, at=at)
    gone, _kinds = Evidence.objects.filter(pk=evidence.pk).delete()
    if gone:
        record(Act.HIDE, subject=held, by=by, body=held.entity, document=evidence.document_id)
    return bool(gone)


def _held(practice_id: int, *, by: AbstractBaseUser, at: datetime) -> Practice:
    """The practice under its lock, if she may edit it."""
    rows = Practice.objects.select_for_update(of=("self",)).select_related("entity")
    held = rows.get(pk=practice_id)
    require(by, held.edited_with, held.entity, on=at.date())
    return held
