"""Handing a file in: looked into first, outside any transaction; its row is written last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import made_with
from entrecidades.audit.services import record
from entrecidades.documents import nursery, store
from entrecidades.documents.choices import Act, FileKind
from entrecidades.documents.looking.limits import PIXELS
from entrecidades.documents.looking.problem import Problem
from entrecidades.documents.models import Document, Party
from entrecidades.documents.rules import (
    KINDS,
    NotTaken,
    clean_name,
    declared_otherwise,
    ending_of,
    kind_by_ending,
    sentences,
    size_words,
)
from entrecidades.documents.selectors import bytes_kept, room_of
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require

#: What history tells of a document when it begins.
TOLD = ("title", "language", "kind", "visibility", "kept_until")


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was looked into and lies in the store, young, until a row names it."""

    kind: FileKind
    sha256: str
    size: int
    file_name: str


def examine(upload: File, *, room: int | None = None) -> Examined:  # type: ignore[type-arg]
    """Look into a file and bring its content in; nothing of the database is held or written.

    ``room`` is how much its body may still keep. Whoever writes a document among other rows
    calls this before the transaction begins, and hands in what it returns.

    Raises
    ------
    NotTaken
        With every reason against the file.
    """
    name, declared = upload.name or "", getattr(upload, "content_type", None) or ""
    facts: dict[str, object] = {"declared": declared[:80], "ending": ending_of(name)[:12]}
    with store.desk() as folder:
        path, new = folder / "in", folder / "new"
        size = store.write_down(upload, path, at_most=settings.DOCUMENT_BYTES)
        if size > settings.DOCUMENT_BYTES:
            _refuse({Problem.TOO_LARGE}, facts)
        told = nursery.look_into(path, ending=ending_of(name), new=new)
        problems = set(told.problems)
        if room is not None and size > room:
            problems.add(Problem.NO_ROOM)
        kind = FileKind(told.kind) if told.kind else None
        if kind:
            facts["kind"] = kind.label
            problems |= _misnamed(name, declared, kind)
        if problems or kind is None:
            _refuse(problems or {Problem.UNKNOWN}, facts)
        kept = told.new or path
        sha256 = store.hash_of(kept)
        size = kept.stat().st_size
        store.bring_in(kept, sha256)
    return Examined(kind, sha256, size, clean_name(name, kind))


def _misnamed(name: str, declared: str, kind: FileKind) -> set[Problem]:
    """What the name, and what the browser called it, say against the content."""
    found = set[Problem]()
    if kind_by_ending(name) != kind:
        found.add(Problem.NAMED_OTHERWISE)
    if declared_otherwise(declared, kind):
        found.add(Problem.DECLARED_OTHERWISE)
    return found


def _refuse(problems: set[Problem], facts: dict[str, object]) -> NoReturn:
    """Refuse a file, every reason in a sentence."""
    endings = ", ".join(manner.endings[0].upper() for manner in KINDS.values())
    told: dict[str, object] = {
        "limit": size_words(settings.DOCUMENT_BYTES),
        "quota": size_words(settings.DOCUMENT_ROOM),
        "pixels": PIXELS,
        "kinds": endings,
        **facts,
    }
    raise NotTaken(sentences(problems, told))


def hand_in(
    *,
    entity: Entity,
    upload: File | Examined,  # type: ignore[type-arg]
    title: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
    visibility: Visibility = Visibility.PRIVATE,
    parties: Iterable[Entity] = (),
    kept_until: date | None = None,
) -> Document:
    """Keep a file as a document of a body; untitled, it is called as the file is.

    Raises
    ------
    ValidationError
        When the person may not hand in for the body on the day (`NotAllowed`), or the file is
        not taken (`NotTaken`, with every reason).
    """
    require(by, Permission.HAND_IN, entity, on=at.date())
    if not isinstance(upload, Examined):
        upload = examine(upload, room=room_of(entity))
    document = Document(
        entity=entity,
        title=" ".join(title.split()) or upload.file_name.rpartition(".")[0],
        language=language,
        file_name=upload.file_name,
        kind=upload.kind,
        size=upload.size,
        sha256=upload.sha256,
        visibility=visibility,
        handed_in_by_id=by.pk,
        handed_in_at=at,
        kept_until=kept_until,
    )
    return _written(document, list(parties), by=by, on=at.date())


@transaction.atomic
def _written(
    document: Document, parties: list[Entity], *, by: AbstractBaseUser, on: date
) -> Document:
    """The row of a document whose content lies in the store; the last of all steps."""
    # The body's row is the lock: of two files for which there is room for one, one is kept.
    entity = Entity.objects.select_for_update(of=("self",)).get(pk=document.entity_id)
    require(by, Permission.HAND_IN, entity, on=on)
    if bytes_kept(entity) + document.size > settings.DOCUMENT_ROOM:
        _refuse({Problem.NO_ROOM}, {})
    if not store.is_kept(document.sha256):
        raise NotTaken(_("The file was handed in too long ago. Hand it in again."))
    document.full_clean()
    document.save()
    others = {one.pk for one in parties} - {entity.pk}
    Party.objects.bulk_create(Party(document=document, entity_id=key) for key in sorted(others))
    facts: dict[str, Any] = {"sha256": document.sha256, "size": document.size}
    changes = made_with(document, *TOLD)
    record(Act.HAND_IN, subject=document, by=by, body=entity, changes=changes, **facts)
    return document
