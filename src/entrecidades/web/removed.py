"""What somebody of a body finds where a record of hers stood before it was removed."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from entrecidades.kernel import clock
from entrecidades.kernel.removal import KEPT_FOR
from entrecidades.network.models import Kept
from entrecidades.network.selectors import may, names_of, removed_of
from entrecidades.web.http import Request
from entrecidades.web.kinds import KINDS, name_of_kind

GONE = 410


def gone_or_not_found(request: Request, kind: type[Kept], **address: Any) -> HttpResponse:
    """To its own body a removed record says that it is gone; to others it is not there."""
    rows = removed_of(request.reader, kind, at=clock.now())
    record = rows.filter(**address).first() if request.reader.own else None
    if record is None:
        raise Http404
    return gone_page(request, record)


def gone_page(request: Request, record: Kept) -> HttpResponse:
    """Who removed it and when, and the way to bring it back."""
    context = {"row": next(iter(removed_told(request, [record])))}
    return render(request, "web/editing/gone.html", context, status=GONE)


def removed_told(request: Request, records: Iterable[Kept]) -> list[dict[str, Any]]:
    """Removed records: who removed each, until when it is kept, how to bring it back."""
    records = list(records)
    names = names_of(record.removed_by for record in records)
    return [
        {
            "record": record,
            "words": KINDS[name_of_kind(record)].words,
            "by": names.get(record.removed_by, ""),
            "at": record.removed_at,
            "until": record.removed_at + KEPT_FOR if record.removed_at else None,
            "undo": undo_url(record)
            if may(request.user, record.edited_with, record.body, on=clock.today())
            else "",
        }
        for record in records
    ]


def undo_url(record: Kept) -> str:
    """Where a removed record is brought back."""
    facts = {"kind": name_of_kind(record), "public_id": record.public_id}
    return reverse("web:own-bring-back", kwargs=facts)


def offer_undo(request: Request, words: str, record: Kept) -> None:
    """Tell what was removed, with a button that brings it back (web/base.html draws it)."""
    messages.success(request, words, extra_tags=undo_url(record))
