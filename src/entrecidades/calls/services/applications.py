"""The steps of an application: submitted in time and once, withdrawn, ruled out, decided."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.calls.choices import (
    Act,
    ApplicationState,
    ApplicationStep,
    CallState,
    Verdict,
)
from entrecidades.calls.models import Application, Call
from entrecidades.calls.rules.life import (
    APPLICATION_LIFE,
    APPLICATION_STEP_OF,
    HOUSE,
    LEAD,
    WHILE,
    AlreadyApplied,
    CeilingReached,
    NotEligible,
    NotReady,
    NotYourStep,
    TooLate,
)
from entrecidades.calls.selectors import above_ceiling, require_runner, unfulfilled
from entrecidades.calls.selectors.applications import lacking
from entrecidades.calls.services.answers import lock_with_call, tell_all
from entrecidades.kernel.lives import IllegalStep, next_state
from entrecidades.network.countries import clock_city
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require
from entrecidades.queue.services import enqueue

STEPPED = ("state", "number", "submitted_at", "verdict", "reason", "decided_at", "is_listed")
#: Those who apply are told of these by letter; their own steps they know.
TOLD = frozenset({ApplicationStep.SUBMIT, ApplicationStep.WITHDRAW, ApplicationStep.BAR})


@transaction.atomic
def take_application_step(
    *,
    application_id: int,
    step: ApplicationStep,
    by: AbstractBaseUser,
    at: datetime,
    reason: str = "",
    is_listed: bool | None = None,
) -> Application:
    """Lead an application one step on.

    ``at`` is the moment at which the request arrived, by the server's clock: a request that was
    in time is not late because it had to wait. The call's row is locked first, so that of two
    that would take a body's last place the second is refused, and so that nobody submits what
    is being closed. ``is_listed`` says whether its bodies agree to be named in the results.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep`, `IllegalStep`, `TooLate`; `NotReady`, `NotEligible`,
        `CeilingReached` with every sentence that says what is wrong; `AlreadyApplied`.
    """
    application, body = _locked(application_id, step, by, at)
    state = ApplicationState(application.state)
    next_state(APPLICATION_LIFE, state, step)
    _refuse_wrong_time(application, step, at)
    tell_all(application)
    if is_listed is not None:
        application.is_listed = is_listed
    CHECKS.get(step, _nothing)(application, at, reason.strip())
    return lead_on(application, step, by=by, body=body, at=at)


def _locked(
    application_id: int, step: ApplicationStep, by: AbstractBaseUser, at: datetime
) -> tuple[Application, Entity]:
    """The application under its locks, and the body for which the person takes the step."""
    application = lock_with_call(application_id)
    if APPLICATION_STEP_OF[step] == HOUSE:
        raise NotYourStep(_("This step comes with the decisions, or with time."))
    if APPLICATION_STEP_OF[step] == LEAD:
        require(by, Permission.APPLY, application.lead, on=at.date())
        return application, application.lead
    return application, require_runner(by, application.call.programme, on=at.date())


def _refuse_wrong_time(application: Application, step: ApplicationStep, at: datetime) -> None:
    """Refuse what the call does not take at this moment, with the sentence that says so."""
    call = application.call
    if step in {ApplicationStep.SUBMIT, ApplicationStep.REOPEN}:
        if not call.is_taking(at):
            raise TooLate(_late(call, at))
    elif CallState(call.state) not in WHILE[step]:
        said = {"state": CallState(call.state).label, "step": step.label}
        raise IllegalStep(_("Impossible while the call is “%(state)s”: %(step)s.") % said)


def _late(call: Call, at: datetime) -> str:
    """Why a call takes nothing now, and that nothing is lost."""
    if call.opens_at and at < call.opens_at:
        when = date_format(call.opens_at.astimezone(call.clock), "DATETIME_FORMAT")
        return _("The call opens on %(when)s (%(zone)s). Your draft is kept.") % {
            "when": when,
            "zone": clock_city(call.clock.key, get_language()),
        }
    if call.closes_at and at >= call.closes_at:
        when = date_format(call.closes_at.astimezone(call.clock), "DATETIME_FORMAT")
        return _("The call closed on %(when)s (%(zone)s). What you wrote is kept.") % {
            "when": when,
            "zone": clock_city(call.clock.key, get_language()),
        }
    said = {"state": CallState(call.state).label}
    return _("The call is %(state)s and takes no applications. What you wrote is kept.") % said


def _may_submit(application: Application, at: datetime, _reason: str) -> None:
    """Refuse what is incomplete, not eligible, above the ceiling or one too many."""
    missing = list(lacking(application))
    failed = unfulfilled(application, on=at.date())
    ceiling = above_ceiling(application)
    every = [*missing, *failed, *([ceiling] if ceiling else [])]
    if every:
        kind = NotReady if missing else NotEligible if failed else CeilingReached
        raise kind(every)
    _refuse_one_too_many(application)
    call = application.call
    if application.number is None:
        call.last_number += 1
        call.save(update_fields=["last_number"])
        application.number = call.last_number
    application.submitted_at = at


def _refuse_one_too_many(application: Application) -> None:
    """Refuse when one of the bodies takes part as often as the call allows already."""
    call = application.call
    others = call.applications.binding().exclude(pk=application.pk)
    for body in application.bodies():
        if others.naming([body.pk]).count() >= call.per_body:
            said = {"body": body.name_in(), "most": call.per_body}
            told = _("%(body)s takes part in %(most)s application already, as many as it may.")
            raise AlreadyApplied(told % said)


def _give_back(application: Application, _at: datetime, _reason: str) -> None:
    """A draft again: everybody confirms anew, and what was submitted no longer counts."""
    application.submitted_at = None
    application.parts.update(confirmed_at=None)


def _give_reason(application: Application, _at: datetime, reason: str) -> None:
    """A step against or for others gives its reason."""
    if not reason:
        raise NotReady([_("Say why.")])
    application.reason = reason


def _take_reason_back(application: Application, _at: datetime, _reason: str) -> None:
    """What was ruled out is as if it had not been."""
    application.reason = ""


def _promote(application: Application, at: datetime, reason: str) -> None:
    """Accept from the reserve list, while there is room."""
    _give_reason(application, at, reason)
    call = application.call
    accepted = call.applications.filter(state=ApplicationState.ACCEPTED).count()
    if call.ceiling_pairs is not None and accepted >= call.ceiling_pairs:
        said = {"most": call.ceiling_pairs}
        raise CeilingReached(_("The call accepts %(most)s, and has accepted as many.") % said)
    application.verdict = Verdict.ACCEPTED
    application.decided_at = at


def _nothing(_application: Application, _at: datetime, _reason: str) -> None:
    """Nothing besides."""


CHECKS: Mapping[ApplicationStep, Callable[[Application, datetime, str], None]] = {
    ApplicationStep.SUBMIT: _may_submit,
    ApplicationStep.REOPEN: _give_back,
    ApplicationStep.BAR: _give_reason,
    ApplicationStep.READMIT: _take_reason_back,
    ApplicationStep.PROMOTE: _promote,
}


def lead_on(
    application: Application,
    step: ApplicationStep,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    body: Entity | None = None,
) -> Application:
    """Write an application's new state and its trace, and promise its bodies a letter.

    For services that hold its locks and have asked whose step it is.
    """
    was = application.state
    stored = Application.objects.get(pk=application.pk)
    before = snapshot(stored, *STEPPED)
    application.state = next_state(APPLICATION_LIFE, ApplicationState(was), step)
    application.moved_at = at
    application.version += 1
    application.save(update_fields=[*STEPPED, "moved_at", "version"])
    record(
        Act.STEP,
        subject=application,
        by=by,
        body=body,
        changes=changes_since(before, application),
        step=step,
        was=was,
        now=application.state,
    )
    if step in TOLD or APPLICATION_STEP_OF[step] != LEAD:
        enqueue(
            "calls.tell_of_application",
            application_id=application.pk,
            state=str(application.state),
        )
    return application
