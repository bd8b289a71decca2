"""The steps of a call: out, open, closed, evaluated, decided; or cancelled, with a reason."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.calls.choices import (
    Act,
    ApplicationState,
    ApplicationStep,
    CallState,
    CallStep,
    Verdict,
)
from entrecidades.calls.models import ApplicationQuerySet, Call
from entrecidades.calls.rules.building import problems_of
from entrecidades.calls.rules.life import (
    CALL_LIFE,
    CALL_STEP_OF,
    HOUSE,
    NOTICES,
    CeilingReached,
    NotReady,
    NotYourStep,
)
from entrecidades.calls.selectors import require_runner, standings_of
from entrecidades.calls.services.answers import tell_all
from entrecidades.calls.services.applications import lead_on
from entrecidades.cooperation.choices import ProgrammeState
from entrecidades.kernel.lives import IllegalStep, next_state
from entrecidades.network.models import Entity
from entrecidades.queue.services import enqueue

#: What becomes of an application, by what was decided.
STEPS = {
    Verdict.ACCEPTED: ApplicationStep.ACCEPT,
    Verdict.RESERVE: ApplicationStep.RESERVE,
    Verdict.REFUSED: ApplicationStep.REFUSE,
}


@transaction.atomic
def take_call_step(
    *, call_id: int, step: CallStep, by: AbstractBaseUser | None, at: datetime, reason: str = ""
) -> Call:
    """Lead a call one step on; ``by`` is None when the house itself acts, as its window says.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep` or `IllegalStep`; `NotReady` with every sentence that says
        what is missing; `CeilingReached` when more would be accepted than there is.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call_id)
    body = _whose(call, step, by, at)
    next_state(CALL_LIFE, CallState(call.state), step)
    _check_ready(call, step, at, reason.strip())
    if step == CallStep.CANCEL:
        call.reason = reason.strip()
    _lead(call, step, by, body, at)
    if step == CallStep.PUBLISH and call.opens_at and call.opens_at <= at:
        _lead(call, CallStep.OPEN, None, None, at)
    return call


def _whose(call: Call, step: CallStep, by: AbstractBaseUser | None, at: datetime) -> Entity | None:
    """The body for which the step is taken; refuse what is not the person's to take."""
    if (CALL_STEP_OF[step] == HOUSE) != (by is None):
        raise NotYourStep(_("This step comes with time, as the window of the call says."))
    return require_runner(by, call.programme, on=at.date()) if by else None


def _lead(
    call: Call, step: CallStep, by: AbstractBaseUser | None, body: Entity | None, at: datetime
) -> None:
    """Write the new state, its trace and what follows from it."""
    before = snapshot(call, "state", "reason")
    was = call.state
    call.state = next_state(CALL_LIFE, CallState(was), step)
    call.moved_at = at
    call.version += 1
    call.save(update_fields=["state", "moved_at", "reason", "version"])
    record(
        Act.STEP_CALL,
        subject=call,
        by=by,
        body=body,
        changes=changes_since(before, call),
        step=step,
        was=was,
        now=call.state,
    )
    _follow(call, step, at)


def _follow(call: Call, step: CallStep, at: datetime) -> None:
    """What the step of a call means to its applications.

    They are held first: what their people write or agree to at this moment is not undone by
    what was read a moment ago.
    """
    held = call.applications.select_for_update(of=("self",)).order_by("pk")
    if step in {CallStep.CLOSE, CallStep.CANCEL}:
        for draft in held.filter(state=ApplicationState.DRAFT):
            tell_all(draft)
            lead_on(draft, ApplicationStep.LAPSE, by=None, at=at)
    if step == CallStep.DECIDE:
        for one in held.submitted():
            lead_on(one, STEPS[Verdict(one.verdict)], by=None, at=at)
    if step in {CallStep.OPEN, CallStep.CANCEL}:
        enqueue("calls.tell_of_call", call_id=call.pk, state=str(call.state))


def _check_ready(call: Call, step: CallStep, at: datetime, reason: str) -> None:
    """Refuse a step whose time or matter is not ripe; every reason at once."""
    missing: list[str] = []
    if step == CallStep.PUBLISH:
        missing = _unpublishable(call, at)
    elif step == CallStep.OPEN and not (call.opens_at and call.opens_at <= at):
        missing = [_("The window has not begun.")]
    elif step == CallStep.CLOSE and not (call.closes_at and call.closes_at <= at):
        missing = [_("The window is not over.")]
    elif step == CallStep.EVALUATE:
        missing = _unread(call)
    elif step == CallStep.DECIDE:
        missing = _undecided(call)
    elif step == CallStep.CANCEL and not reason:
        missing = [_("Say why the call is cancelled.")]
    if missing:
        raise NotReady(missing)


def _unpublishable(call: Call, at: datetime) -> list[str]:
    """A sentence for each thing that keeps a call from being published."""
    problems = [problem.says for problem in problems_of(call.as_draft(), at=at)]
    is_draft = call.programme.state == ProgrammeState.DRAFT
    return [*problems, *([_("Publish the programme first.")] if is_draft else [])]


def _unread(call: Call) -> list[str]:
    """A sentence for each application whose reading has not ended."""
    return [
        _("Application %(number)s is not read to the end.") % {"number": one.application.number}
        for one in standings_of(call)
        if one.application.state == ApplicationState.SUBMITTED and not one.is_read
    ]


def _undecided(call: Call) -> list[str]:
    """A sentence for each application without a decision; refuse more than the ceiling."""
    refuse_above_ceiling(call, call.applications.submitted().filter(verdict=Verdict.ACCEPTED))
    return [
        _("Application %(number)s is not decided.") % {"number": number}
        for number in call.applications.submitted()
        .filter(verdict="")
        .order_by("number")
        .values_list("number", flat=True)
    ]


def refuse_above_ceiling(call: Call, accepted: ApplicationQuerySet) -> None:
    """Refuse to accept more applications than the call has said it would."""
    count = accepted.count()
    if call.ceiling_pairs is not None and count > call.ceiling_pairs:
        said = {"count": count, "most": call.ceiling_pairs}
        raise CeilingReached(_("%(count)s would be accepted; the call accepts %(most)s.") % said)


@transaction.atomic
def extend_call(
    *, call_id: int, closes_at: datetime, reason: str, by: AbstractBaseUser, at: datetime
) -> Call:
    """Let a call close later than it said; never earlier, and never once it is over.

    Raises
    ------
    IllegalStep
        When it does not take applications, or would close no later.
    NotReady
        When no reason is given.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call_id)
    body = require_runner(by, call.programme, on=at.date())
    is_coming = call.state in {CallState.PUBLISHED, CallState.OPEN}
    if not (is_coming and call.closes_at and at < call.closes_at < closes_at):
        raise IllegalStep(_("A call can be given more time while it is open, and never less."))
    if not reason.strip():
        raise NotReady([_("Say why.")])
    before = snapshot(call, "closes_at")
    call.closes_at = closes_at
    call.version += 1
    call.save(update_fields=["closes_at", "version"])
    changes = changes_since(before, call)
    said = reason.strip()
    record(Act.EXTEND_CALL, subject=call, by=by, body=body, changes=changes, reason=said)
    enqueue("calls.tell_of_call", call_id=call.pk, state=str(call.state))
    return call


@transaction.atomic
def turn_call(*, call_id: int, at: datetime) -> bool:
    """Open or close a call whose time has come; False if somebody was faster.

    The row is locked before it is asked: one that was given more time meanwhile stays open.
    """
    row = Call.objects.select_for_update(of=("self",)).get(pk=call_id)
    turned = False
    if Call.objects.due_to_open(at).filter(pk=row.pk).exists():
        row = take_call_step(call_id=row.pk, step=CallStep.OPEN, by=None, at=at)
        turned = True
    if Call.objects.due_to_close(at).filter(pk=row.pk).exists():
        take_call_step(call_id=row.pk, step=CallStep.CLOSE, by=None, at=at)
        turned = True
    return turned


@transaction.atomic
def remind_of_deadline(*, call_id: int, at: datetime) -> bool:
    """Promise letters to those who have a draft, seven days and one day before the end.

    Once for each notice and each end: a call that is given more time reminds anew.
    """
    taking = Call.objects.taking(at).select_for_update(of=("self",))
    call = taking.filter(pk=call_id).first()
    if call is None or call.closes_at is None:
        return False
    due = [notice.days for notice in NOTICES if call.closes_at - notice <= at]
    marks = [f"{call.closes_at.isoformat()} {days}" for days in due]
    if not due or marks[-1] in call.reminded:
        return False
    call.reminded = marks
    call.save(update_fields=["reminded"])
    record(Act.REMIND, subject=call, by=None, days=due[-1])
    enqueue("calls.tell_of_deadline", call_id=call.pk, closes_at=call.closes_at.isoformat())
    return True
