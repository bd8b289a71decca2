"""How long documents are kept, and what is swept up behind those that are gone."""

from datetime import date, datetime

from django.db import transaction

from entrecidades.audit.services import record
from entrecidades.documents import store
from entrecidades.documents.choices import Act
from entrecidades.documents.models import Document
from entrecidades.documents.selectors import hashes_named


@transaction.atomic
def bind(document: Document) -> None:
    """Let a document be part of a record that stays: nobody removes it, no day ends it."""
    Document.every_row.filter(pk=document.pk).update(is_bound=True)


@transaction.atomic
def release(document: Document) -> None:
    """Let a document be its body's alone again."""
    Document.every_row.filter(pk=document.pk).update(is_bound=False)


@transaction.atomic
def let_go(*, document_id: int, on: date, at: datetime) -> bool:
    """Remove a document whose last day is over; its body can bring it back for thirty days.

    The row is locked before it is asked: one whose day was changed meanwhile stays.
    """
    over = Document.objects.over(on).select_for_update(of=("self",))
    document = over.filter(pk=document_id).first()
    if document is None:
        return False
    document.removed_at, document.kept_until = at, None
    document.save(update_fields=["removed_at", "kept_until"])
    record(Act.LET_GO, subject=document, by=None)
    return True


def sweep(*, now: float) -> int:
    """Remove contents that no row names any more; how many."""
    return store.sweep(hashes_named, now=now)
