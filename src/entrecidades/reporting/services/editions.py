"""The files of a report: promised, made step by step, kept with their digest."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction

from entrecidades.queue.services import enqueue
from entrecidades.reporting.models import AnnualReport, Edition


@transaction.atomic
def ask_edition(*, report: AnnualReport, language: str, at: datetime) -> Edition:
    """Promise the file of a report in one language; the one that is there stays until then."""
    edition, _new = Edition.objects.get_or_create(
        report=report, language=language, defaults={"asked_at": at}
    )
    Edition.objects.filter(pk=edition.pk).update(asked_at=at, done=0, total=0)
    enqueue("reporting.build_edition", edition_id=edition.pk)
    return edition


def ask_all_editions(report: AnnualReport, at: datetime) -> None:
    """Promise the files of a report in all our languages."""
    for code, _name in settings.LANGUAGES:
        ask_edition(report=report, language=code, at=at)


def note_progress(*, edition: Edition, done: int, total: int) -> None:
    """So many parts of the file are made."""
    Edition.objects.filter(pk=edition.pk).update(done=done, total=total)


def fill_edition(*, edition: Edition, content: bytes) -> None:
    """The file is there."""
    digest = hashlib.sha256(content).hexdigest()
    Edition.objects.filter(pk=edition.pk).update(content=content, digest=digest)
