"""Looking at the signatures of a file: small ones at once, large or slow ones in their turn.

A look is bounded in a child of its own (docs/adr/0036), but two signatures on a thousand pages
take it twenty seconds, for which no request should stand (docs/adr/0045).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from entrecidades.agreements.choices import Act, Carried
from entrecidades.agreements.models import Agreement, Printed, SignedFile, Version
from entrecidades.agreements.trust import trusted
from entrecidades.audit.services import record
from entrecidades.documents.selectors import content_of
from entrecidades.engines.seals.apart import PATIENCE, look_apart
from entrecidades.engines.seals.carrying import Written, begins_with, hashes_in
from entrecidades.engines.seals.findings import Reason, Report
from entrecidades.queue.services import enqueue

#: What is looked at while somebody waits: so many bytes, for so many seconds.
AT_ONCE, SOON = 1_000_000, 8.0


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a file: of its signatures, and of the text that it carries."""

    report: Report
    carries: Carried
    version: Version | None


def look_soon(agreement: Agreement, content: bytes, at: datetime) -> Looked | None:
    """What a file says; None of one that is too large or too slow to be waited for."""
    if len(content) > AT_ONCE:
        return None
    found = _look(agreement, content, at, SOON)
    return None if Reason.TOO_LONG in found.report.reasons else found


def _look(agreement: Agreement, content: bytes, at: datetime, patience: float) -> Looked:
    """What a file says, of its signatures and of the text."""
    report = look_apart(content, trusted(), at=at, patience=patience)
    versions = list(Version.objects.filter(text__agreement=agreement))
    return Looked(report, *_carried(versions, content))


def _carried(versions: Sequence[Version], content: bytes) -> tuple[Carried, Version | None]:
    """Which version a file carries: our very bytes, or its hash in what it prints."""
    printed = {
        Written(one.length, one.sha256): one.version_id
        for one in Printed.objects.filter(version__in=versions)
    }
    known = {version.pk: version for version in versions}
    if ours := begins_with(content, printed):
        return Carried.FILE, known[printed[ours]]
    told = hashes_in(content)
    found = next((version for version in versions if version.digest in told), None)
    return (Carried.HASH, found) if found else (Carried.NOTHING, None)


def say(row: SignedFile, found: Looked | None, at: datetime) -> None:
    """Let a row say what was found, or that it is being looked at."""
    row.report, row.verdict, row.looked_at = {}, "", None
    row.carries, row.version = Carried.NOTHING, None
    if found is not None:
        row.report, row.verdict = found.report.told(), found.report.verdict or ""
        row.carries, row.version, row.looked_at = found.carries, found.version, at


def save_said(row: SignedFile) -> None:
    """Keep what a row says, and promise the look that was not made yet."""
    row.full_clean(exclude=["looked_at", "report"])  # both are empty while it waits
    row.save()
    if row.looked_at is None:
        enqueue("agreements.look_at_file", file_id=row.pk)


def look_in_turn(*, file_id: int, at: datetime) -> SignedFile | None:
    """Look at a file that waits for it; None when nobody waits any more.

    The look is made outside any transaction. Whatever happens to the child there is an answer:
    that the file could not be looked at, at the least.
    """
    waiting = SignedFile.objects.filter(pk=file_id, looked_at=None)
    row = waiting.select_related("agreement", "document").first()
    if row is None:
        return None
    content = content_of(row.document).read_bytes()
    found = _look(row.agreement, content, at, PATIENCE)
    with transaction.atomic():
        held = waiting.select_for_update(of=("self",)).select_related("agreement").first()
        if held is None:
            return None
        say(held, found, at)
        save_said(held)
        record(
            Act.LOOK,
            subject=held.agreement,
            by=None,
            file=held.pk,
            verdict=held.verdict,
            carries=held.carries,
        )
    return held
