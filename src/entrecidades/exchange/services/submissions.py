"""Lists handed in on a page: looked into, read by the worker, shown, then applied or dropped."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.services import record
from entrecidades.documents import store
from entrecidades.documents.choices import FileKind
from entrecidades.documents.services import Examined, examine
from entrecidades.exchange.choices import Act, SubmissionState
from entrecidades.exchange.models import Batch, Submission, SubmittedFile
from entrecidades.exchange.progress import Progress
from entrecidades.exchange.readers.files import read_text
from entrecidades.exchange.readers.official import COUNTRIES
from entrecidades.exchange.readers.problems import Finding
from entrecidades.exchange.readers.tables import rows_numbered
from entrecidades.exchange.services.batches import OutOfDate
from entrecidades.exchange.services.member_lists import (
    MEMBERS,
    Answers,
    MemberPlan,
    apply_members,
    plan_members,
)
from entrecidades.exchange.services.official_lists import (
    OfficialPlan,
    apply_official,
    plan_official,
)
from entrecidades.exchange.services.partnerships import (
    KIND,
    PartnershipPlan,
    apply_partnerships,
    plan_partnerships,
)
from entrecidades.exchange.services.rights import require_keeper
from entrecidades.kernel.errors import Refusal
from entrecidades.network.models import Entity
from entrecidades.queue.services import enqueue

OFFICIAL = "official:"
#: What an operator hands in; an association hands in its members.
KINDS = (KIND, *(f"{OFFICIAL}{country}" for country in COUNTRIES))
#: What is neither applied nor dropped is forgotten after so long, and what was applied too.
KEPT = timedelta(days=30)
MOST_FILES = 20
#: So many findings are kept, and so many signs of a cell: more nobody mends by hand.
MOST_FINDINGS, LONGEST_CELL = 20_000, 500
TEXTS = frozenset({FileKind.CSV, FileKind.TXT})
SHEETS = TEXTS | {FileKind.XLSX}

S = SubmissionState
Plan = OfficialPlan | PartnershipPlan | MemberPlan


class NotAList(Refusal):
    """What was handed in is no list that can be read."""


class NotNow(Refusal):
    """The list is not in a state for this."""


def hand_in_list(
    *,
    kind: str,
    uploads: Sequence[File],  # type: ignore[type-arg]
    language: str,
    by: AbstractBaseUser,
    at: datetime,
    entity: Entity | None = None,
) -> Submission:
    """Keep the files of a list, each looked into; the worker reads them.

    ``entity`` is the association whose members a list of members tells.

    Raises
    ------
    NotAnOperator, NotAllowed
        Somebody else hands in.
    NotAList
        There is no such list, or these are not its files.
    NotTaken
        With every reason against a file, by its content.
    """
    require_keeper(by, entity, on=at.date())
    _refuse_wrong_number(kind, uploads, entity)
    problems: list[str] = []
    found: dict[str, bytes] = {}
    for upload in uploads:
        try:
            one = _looked_into(upload, SHEETS if entity else TEXTS)
        except Refusal as refusal:
            problems += [f"{upload.name}: {words}" for words in refusal.messages]
            continue
        if one.file_name in found:
            problems.append(_("Two files are called %s.") % one.file_name)
        # Brought in a moment ago: no sweep takes it yet, and after this none needs it.
        found[one.file_name] = store.path_of(one.sha256).read_bytes()
    if problems:
        raise NotAList(problems)
    made = Submission(kind=kind, entity=entity, language=language, by_id=by.pk, at=at)
    return _kept(made, found, by=by)


def _refuse_wrong_number(kind: str, uploads: Sequence[Any], entity: Entity | None) -> None:
    """A list that can be read, of as many files as it may have."""
    if kind not in ((MEMBERS,) if entity else KINDS):
        raise NotAList(_("There is no such list."))
    if not uploads:
        raise NotAList(_("Choose a file."))
    if kind == KIND and len(uploads) > 1:
        raise NotAList(_("Known partnerships are one file."))
    if kind == MEMBERS and len(uploads) > 1:
        raise NotAList(_("A list of members is one file."))
    if len(uploads) > MOST_FILES:
        raise NotAList(_("A list has at most %d files.") % MOST_FILES)


def _looked_into(upload: File, kinds: Collection[FileKind]) -> Examined:  # type: ignore[type-arg]
    """A file whose content is of one of some kinds."""
    one = examine(upload)
    if one.kind not in kinds:
        said = _("This is “%(kind)s”. A list is a text: save it as CSV in UTF-8.")
        raise NotAList(said % {"kind": one.kind.label})
    return one


@transaction.atomic
def _kept(made: Submission, found: dict[str, bytes], *, by: AbstractBaseUser) -> Submission:
    """The row, its files, its trace, and the promise that it is read."""
    made.save()
    SubmittedFile.objects.bulk_create(
        SubmittedFile(submission=made, name=name, content=content)
        for name, content in found.items()
    )
    facts: dict[str, Any] = {"kind": made.kind, "files": sorted(found)}
    record(Act.HAND_IN, subject=made, by=by, body=made.entity, **facts)
    enqueue("exchange.read_submission", submission_id=made.pk)
    return made


@transaction.atomic
def ask_to_apply(*, submission: Submission, by: AbstractBaseUser, at: datetime) -> Submission:
    """The worker writes what was shown, whole or not at all.

    Raises
    ------
    NotAnOperator, NotAllowed
        Somebody else asks.
    NotNow
        It is not read yet, has problems, or is applied.
    """
    held = _held(submission)
    require_keeper(by, held.entity, on=at.date())
    if held.state != S.STAGED:
        raise NotNow(_("This list cannot be applied now: %s.") % held.get_state_display())
    held.state, held.done, held.total = S.APPLYING, 0, 0
    held.save(update_fields=["state", "done", "total"])
    enqueue("exchange.apply_submission", submission_id=held.pk, by_id=by.pk, at=at.isoformat())
    return held


@transaction.atomic
def answer(
    *, submission: Submission, answers: Mapping[str, Any], by: AbstractBaseUser, at: datetime
) -> Submission:
    """Keep what somebody has decided of a list of members; the worker reads the list with it.

    ``answers`` are ``rows``, by number who each is, and ``ending`` with ``ends_on``, whose
    membership ends on a day; what was answered before of other rows stays.

    Raises
    ------
    NotAnOperator, NotAllowed
        Somebody else answers.
    NotNow
        It is not read yet, or is applied.
    """
    held = _held(submission)
    require_keeper(by, held.entity, on=at.date())
    if held.state not in {S.STAGED, S.FAULTY} or held.kind != MEMBERS:
        raise NotNow(_("This list cannot be answered now: %s.") % held.get_state_display())
    rows = {**held.answers.get("rows", {}), **answers.get("rows", {})}
    held.answers = {**held.answers, **answers, "rows": rows}
    held.state, held.done, held.total = S.READING, 0, 0
    held.save(update_fields=["answers", "state", "done", "total"])
    facts: dict[str, Any] = {
        "rows": len(answers.get("rows", ())),
        "ends_on": answers.get("ends_on") or "",
    }
    record(Act.ANSWER, subject=held, by=by, body=held.entity, **facts)
    enqueue("exchange.read_submission", submission_id=held.pk)
    return held


@transaction.atomic
def drop(*, submission: Submission, by: AbstractBaseUser, on: date) -> None:
    """A list that was handed in is forgotten, its files with it; what it wrote stays.

    Raises
    ------
    NotAnOperator, NotAllowed
        Somebody else asks.
    NotNow
        It is being applied.
    """
    held = _held(submission)
    require_keeper(by, held.entity, on=on)
    if held.state == S.APPLYING:
        raise NotNow(_("The list is being applied; it can be undone afterwards."))
    record(Act.DROP, subject=held, by=by, body=held.entity, kind=held.kind)
    held.delete()


def _held(submission: Submission) -> Submission:
    """The list's row until the transaction ends."""
    rows = Submission.objects.select_related("entity").select_for_update(of=("self",))
    return rows.get(pk=submission.pk)


def read(*, submission_id: int, progress: Progress) -> None:
    """Read a list and keep what was found; one that was dropped meanwhile is let be."""
    submission = Submission.objects.filter(pk=submission_id, state=S.READING).first()
    if submission is not None:
        _stage(submission, _plan(submission, progress), overtaken=False)


def apply(
    *, submission_id: int, by: AbstractBaseUser | None, at: datetime, progress: Progress
) -> Batch | None:
    """Write what was shown, in one transaction with the note that it is written.

    If the register, or the reader's words, have changed so that something else would be
    written, nothing is: the list is staged anew, and the page says so.
    """
    submission = Submission.objects.filter(pk=submission_id, state=S.APPLYING).first()
    if submission is None:
        return None
    plan = _plan(submission, progress)
    if plan.counts() != submission.counts:
        _stage(submission, plan, overtaken=True)
        return None
    try:
        with transaction.atomic():
            held = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
            if held.state != S.APPLYING:
                return None  # another worker was faster
            batch = _applied(plan, by=by, at=at, progress=progress)
            held.state, held.batch = S.APPLIED, batch
            held.save(update_fields=["state", "batch"])
            held.files.all().delete()
    except OutOfDate:
        _stage(submission, _plan(submission, progress), overtaken=True)
        return None
    return batch


def note_progress(*, submission_id: int, done: int, total: int) -> None:
    """How far the worker is."""
    Submission.objects.filter(pk=submission_id).update(done=done, total=total)


def forget(*, at: datetime) -> int:
    """Lists that were handed in long ago are gone, with their files; how many."""
    old = Submission.objects.filter(at__lt=at - KEPT).exclude(state=S.APPLYING)
    gone = old.count()
    old.delete()
    return gone


def _applied(
    plan: Plan, *, by: AbstractBaseUser | None, at: datetime, progress: Progress
) -> Batch | None:
    """Carry a plan out."""
    if isinstance(plan, OfficialPlan):
        return apply_official(plan, by=by, at=at, progress=progress)
    if isinstance(plan, MemberPlan):
        return apply_members(plan, by=by, at=at, progress=progress)
    return apply_partnerships(plan, by=by, at=at, progress=progress)


@contextmanager
def _files(submission: Submission) -> Iterator[list[Path]]:
    """The files on the disk, for as long as somebody reads them."""
    with TemporaryDirectory() as folder:
        paths = []
        for one in submission.files.all():
            paths.append(Path(folder) / one.name)
            paths[-1].write_bytes(bytes(one.content))
        yield paths


def _plan(submission: Submission, progress: Progress) -> Plan:
    """What applying the list would do."""
    with _files(submission) as paths:
        if submission.kind == KIND:
            return plan_partnerships(paths[0], progress=progress)
        if submission.entity is not None:
            return plan_members(
                submission.entity,
                paths[0],
                on=submission.at.date(),
                answers=Answers.kept(submission.answers),
                progress=progress,
            )
        country = submission.kind.removeprefix(OFFICIAL)
        return plan_official(country, paths, progress=progress)


def _stage(submission: Submission, plan: Plan, *, overtaken: bool) -> None:
    """Keep what was found, with the rows it was found in, and let a person read it."""
    findings = list(islice(plan.findings(), MOST_FINDINGS))
    if isinstance(plan, MemberPlan):
        table = _Table(plan.header, plan.cells)
    else:
        table = _table(submission, findings)
    Submission.objects.filter(pk=submission.pk, state=submission.state).update(
        state=S.FAULTY if plan.problems else S.STAGED,
        counts=plan.counts(),
        header=list(table.header),
        findings=[_told(one, table) for one in findings],
        is_overtaken=overtaken,
        done=0,
        total=0,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows in which something was found, by number, and what their columns are called."""

    header: Sequence[str]
    rows: Mapping[int, Sequence[str]]


def _table(submission: Submission, findings: Sequence[Finding]) -> _Table:
    """The rows of a list that is one file; of several nobody knows which one a number means."""
    with _files(submission) as paths:
        if len(paths) != 1:
            return _Table((), {})
        try:
            numbers = {one.fact.row for one in findings}
            return _Table(*rows_numbered(read_text(paths[0]).text, numbers))
        except csv.Error:
            return _Table((), {})


def _told(one: Finding, table: _Table) -> dict[str, Any]:
    """A finding as it is kept."""
    return {
        "sign": one.sign,
        "row": one.fact.row,
        "column": one.fact.column,
        "value": one.fact.value,
        "problem": one.fact.problem,
        "remedy": one.fact.remedy,
        "candidates": list(one.candidates),
        "keys": list(one.keys),
        "cells": [cell[:LONGEST_CELL] for cell in table.rows.get(one.fact.row, [])],
    }
