"""Reading applications: who is given which, what she declares, and the sheet she hands in."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.calls.choices import (
    Act,
    ApplicationState,
    CallState,
    ReadingState,
    ReadingStep,
)
from entrecidades.calls.models import Application, Call, Reading
from entrecidades.calls.rules.building import words_of
from entrecidades.calls.rules.life import (
    READING_LIFE,
    READING_STEP_OF,
    RUNNER,
    Conflicted,
    NotReady,
    NotYourStep,
)
from entrecidades.calls.rules.reading import sheet_problems, weighted
from entrecidades.calls.selectors import evaluators_of, interest_of, require_runner, standing_of
from entrecidades.calls.services.answers import lock_with_call
from entrecidades.kernel.lives import IllegalStep, next_state
from entrecidades.kernel.text import with_colon
from entrecidades.network.models import Entity
from entrecidades.queue.services import enqueue

#: The longest reason that is kept.
REASON = 4000


@transaction.atomic
def assign_reader(
    *, application_id: int, reader: Person, by: AbstractBaseUser, at: datetime
) -> Reading:
    """Give an application to a reader, once the call is closed.

    Raises
    ------
    ValidationError
        `NotAllowed`; `IllegalStep` when it is not to be read now, or she is no evaluator of the
        programme; `Conflicted` when she acts or acted for one of its bodies.
    """
    application = _lock_to_read(application_id)
    body = require_runner(by, application.call.programme, on=at.date())
    if not evaluators_of(application.call, on=at.date()).filter(pk=reader.pk).exists():
        raise IllegalStep(_("Readers are evaluators of the bodies that coordinate."))
    if interest_of(reader, application, on=at.date()):
        raise Conflicted(_("She has an interest in this application."))
    if application.readings.filter(reader=reader.pk).exists():
        raise IllegalStep(_("She has this application already, or it was taken from her."))
    return _assign(application, reader, by, body, at)


def _lock_to_read(application_id: int) -> Application:
    """An application that is read now, held until the transaction ends."""
    application = lock_with_call(application_id)
    is_read = application.call.state == CallState.CLOSED
    if not is_read or application.state != ApplicationState.SUBMITTED:
        raise IllegalStep(_("Applications are read once the call is closed, until it is decided."))
    return application


def _assign(
    application: Application,
    reader: Person,
    by: AbstractBaseUser | None,
    body: Entity | None,
    at: datetime,
) -> Reading:
    """Write that she reads it, and promise her a letter."""
    first = application.readings.standing().count() < application.call.readers
    reading = Reading(application=application, reader=reader, assigned_at=at, is_third=not first)
    reading.save()
    record(Act.ASSIGN, subject=reading, by=by, body=body, about=reader, third=not first)
    enqueue("calls.tell_of_reading", reading_id=reading.pk)
    return reading


@transaction.atomic
def assign_readers(*, call_id: int, by: AbstractBaseUser, at: datetime) -> list[int]:
    """Give each application the readers it lacks, evenly; the numbers of those still lacking.

    The same people and applications are always matched alike: who has least reads next.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call_id)
    body = require_runner(by, call.programme, on=at.date())
    load = _load(call)
    lacking = []
    for application in call.applications.submitted().order_by("number", "pk"):
        locked = _lock_to_read(application.pk)
        for _number in range(_wanted(locked)):
            reader = _least_loaded(locked, load, at)
            if reader is None:
                lacking.append(locked.number or 0)
                break
            _assign(locked, reader, by, body, at)
            load[reader.pk] += 1
    return lacking


def _wanted(application: Application) -> int:
    """How many readers an application lacks."""
    standing = standing_of(application)
    given = len(standing.totals) + standing.awaited
    return max(application.call.readers - given, 1 if standing.wants_third else 0)


def _load(call: Call) -> Counter[int]:
    """How much each reader was given of a call."""
    given = Reading.objects.standing().filter(application__call=call, reader__isnull=False)
    return Counter(given.values_list("reader", flat=True))


def _least_loaded(application: Application, load: Counter[int], at: datetime) -> Person | None:
    """The evaluator who has least to read and no interest, nor had it before."""
    had = set(application.readings.values_list("reader", flat=True))
    free = [
        person
        for person in evaluators_of(application.call, on=at.date())
        if person.pk not in had and not interest_of(person, application, on=at.date())
    ]
    return min(free, key=lambda person: (load[person.pk], person.pk), default=None)


def _locked(reading_id: int) -> Reading:
    """A reading under the lock of its application, so that sheets come in one after another."""
    key = Reading.objects.values_list("application", flat=True).get(pk=reading_id)
    application = _lock_to_read(key)
    reading = Reading.objects.select_related("reader").get(pk=reading_id)
    reading.application = application
    return reading


@transaction.atomic
def take_reading_step(
    *,
    reading_id: int,
    step: ReadingStep,
    by: AbstractBaseUser,
    at: datetime,
    conflict: str = "",
) -> Reading:
    """Lead a reading one step on: declare, hand in, or take it from its reader.

    Raises
    ------
    ValidationError
        `NotYourStep`, `NotAllowed`, `IllegalStep`; `Conflicted` when the house knows of an
        interest; `NotReady` with every criterion that lacks a score or a reason.
    """
    reading = _locked(reading_id)
    body = _whose(reading, step, by, at)
    next_state(READING_LIFE, ReadingState(reading.state), step)
    if step == ReadingStep.CONFLICT:
        if not conflict.strip():
            raise NotReady([_("Say in a few words what the interest is.")])
        reading.conflict = conflict.strip()[:REASON]
    elif step == ReadingStep.CLEAR:
        _refuse_interest(reading, at)
    elif step == ReadingStep.HAND_IN:
        _refuse_interest(reading, at)
        _count(reading, at)
    _lead(reading, step, by, body)
    if step == ReadingStep.HAND_IN:
        _call_third(reading, at)
    return reading


def _whose(
    reading: Reading, step: ReadingStep, by: AbstractBaseUser, at: datetime
) -> Entity | None:
    """The body for which it is taken; a reader takes her steps for herself."""
    if READING_STEP_OF[step] == RUNNER:
        return require_runner(by, reading.application.call.programme, on=at.date())
    if reading.reader_id is None or reading.reader_id != by.pk:
        raise NotYourStep(_("This step is the reader’s own."))
    return None


def _refuse_interest(reading: Reading, at: datetime) -> None:
    """Refuse a reader who came to act for one of the bodies, though she declares otherwise."""
    reader = reading.reader
    if reader and interest_of(reader, reading.application, on=at.date()):
        raise Conflicted(_("You act or acted for one of its bodies: declare the conflict."))


def _count(reading: Reading, at: datetime) -> None:
    """Weigh a sheet that is complete."""
    call = reading.application.call
    problems = list(sheet_problems(reading.scores, call.criteria, call.scale))
    if problems:
        words = {one["key"]: words_of(one) for one in call.criteria}
        raise NotReady([with_colon(words.get(key, key), says) for key, says in problems])
    reading.total = weighted(reading.scores, call.criteria, call.scale)
    reading.handed_in_at = at


def _lead(reading: Reading, step: ReadingStep, by: AbstractBaseUser, body: Entity | None) -> None:
    """Write the new state and its trace."""
    before = snapshot(Reading.objects.get(pk=reading.pk), "state", "conflict", "total")
    was = reading.state
    reading.state = next_state(READING_LIFE, ReadingState(was), step)
    reading.version += 1
    reading.save()
    record(
        Act.STEP_READING,
        subject=reading,
        by=by,
        body=body,
        about=reading.reader,
        changes=changes_since(before, reading),
        step=step,
        was=was,
        now=reading.state,
    )


def _call_third(reading: Reading, at: datetime) -> None:
    """Call one more reader if the sheets that are in are too far apart."""
    application = reading.application
    if not standing_of(application).wants_third:
        return
    reader = _least_loaded(application, _load(application.call), at)
    if reader is not None:
        _assign(application, reader, None, None, at)


@transaction.atomic
def save_sheet(
    *,
    reading_id: int,
    scores: Mapping[str, Mapping[str, Any]],
    version: int,
    by: AbstractBaseUser,
    at: datetime,
) -> Reading:
    """Keep a sheet as far as it is written; unfinished as it may be, it is the reader's alone.

    Raises
    ------
    IllegalStep
        When it is handed in, or was changed in another window meanwhile.
    """
    reading = _locked(reading_id)
    _whose(reading, ReadingStep.HAND_IN, by, at)
    if reading.state != ReadingState.READING:
        said = {"state": ReadingState(reading.state).label}
        raise IllegalStep(_("The sheet is “%(state)s”; it can no longer be written.") % said)
    known = [one["key"] for one in reading.application.call.criteria]
    kept = {
        key: {
            "score": str(scores[key].get("score") or "")[:10],
            "reason": str(scores[key].get("reason") or "")[:REASON],
        }
        for key in known
        if key in scores
    }
    if kept == reading.scores:
        return reading
    if version != reading.version:
        raise IllegalStep(_("You changed the sheet in another window. Load it again there."))
    reading.scores = kept
    reading.saved_at = at
    reading.version += 1
    reading.save(update_fields=["scores", "saved_at", "version"])
    return reading
