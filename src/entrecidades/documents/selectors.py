"""Questions about documents; nothing here writes."""

from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet, Sum

from entrecidades.documents import store
from entrecidades.documents.models import Document
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader, seen_by


def documents_seen_by(reader: Reader) -> QuerySet[Document]:
    """The documents that a reader sees by their own sharing."""
    return Document.objects.filter(seen_by(reader, Document)).select_related("entity__country")


def bytes_kept(entity: Entity) -> int:
    """How much a body keeps, with what can still be brought back."""
    kept = Document.every_row.filter(entity=entity).aggregate(sum=Sum("size"))
    return int(kept["sum"] or 0)


def room_of(entity: Entity) -> int:
    """How much a body may still keep."""
    return int(settings.DOCUMENT_ROOM) - bytes_kept(entity)


def hashes_named(hashes: Collection[str]) -> set[str]:
    """Which of some contents a document names, removed ones that can come back included."""
    rows = Document.every_row.filter(sha256__in=hashes).order_by()
    return set(rows.values_list("sha256", flat=True))


def content_of(document: Document) -> Path:
    """Where the content of a document lies."""
    return store.path_of(document.sha256)
