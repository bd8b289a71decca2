"""A round is computed: asked, begun by a worker, told how far it is, ended, stopped, resumed."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.services import record
from entrecidades.calls.choices import Act, RunState, RunStep
from entrecidades.calls.models import Round, Run
from entrecidades.calls.rules.pairing import RUN_LIFE, UnderWay
from entrecidades.calls.selectors.rounds import to_keep
from entrecidades.calls.services.rounds import held
from entrecidades.kernel.lives import next_state
from entrecidades.network.models import Entity
from entrecidades.queue.services import enqueue


class Stopped(Exception):
    """The run was stopped while a worker was at it."""


@transaction.atomic
def ask_run(
    *, round_id: int, version: int, keeps: bool, by: AbstractBaseUser, at: datetime
) -> Run:
    """Promise to compute a round; ``keeps`` leaves every pair that can stay as it is.

    Raises
    ------
    ChangedMeanwhile
        When somebody else has changed the round since it was shown.
    UnderWay
        When it is being computed already.
    """
    row, body = held(round_id, by, at, version=version)
    _refuse_a_second(row)
    last = row.runs.order_by("-number").values_list("number", flat=True).first() or 0
    kept = to_keep(row) if keeps else []
    run = Run(round=row, number=last + 1, version=row.version, kept=kept, asked_at=at)
    run.save()
    _promise(run, by, body)
    return run


def _refuse_a_second(row: Round) -> None:
    """A round is computed once at a time."""
    if row.runs.under_way().exists():
        raise UnderWay(_("The round is being computed already."))


def _promise(run: Run, by: AbstractBaseUser, body: Entity) -> None:
    """Promise the computing, and leave a trace."""
    record(Act.SOLVE, subject=run.round, by=by, body=body, run=run.number, kept=len(run.kept))
    enqueue("calls.solve_round", run_id=run.pk)


@transaction.atomic
def stop_run(*, run_id: int, by: AbstractBaseUser, at: datetime) -> Run:
    """Stop a run; the worker notices at its next step.

    Raises
    ------
    IllegalStep
        When it has ended already.
    """
    found = Run.objects.get(pk=run_id)
    row, body = held(found.round_id, by, at)
    run = _step(run_id, RunStep.STOP, at)
    record(Act.STOP, subject=row, by=by, body=body, run=run.number)
    return run


@transaction.atomic
def resume_run(*, run_id: int, by: AbstractBaseUser, at: datetime) -> Run:
    """Go on with a run that was stopped or broken off, if the round still asks the same.

    Raises
    ------
    ChangedMeanwhile
        When the round has changed since; a new run is to be asked.
    IllegalStep
        When it was neither stopped nor broken off.
    UnderWay
        When another run is being computed.
    """
    found = Run.objects.get(pk=run_id)
    row, body = held(found.round_id, by, at, version=found.version)
    _refuse_a_second(row)
    run = _step(run_id, RunStep.RESUME, at)
    _promise(run, by, body)
    return run


def _step(run_id: int, step: RunStep, at: datetime, **facts: Any) -> Run:
    """Lead a run one step on; its row is held."""
    run = Run.objects.select_for_update(of=("self",)).select_related("round__call").get(pk=run_id)
    run.state = next_state(RUN_LIFE, RunState(run.state), step)
    for name, value in facts.items():
        setattr(run, name, value)
    ended = run.state not in {RunState.ASKED, RunState.WORKING}
    run.ended_at = at if ended else None
    run.save(update_fields=["state", "ended_at", *facts])
    return run


@transaction.atomic
def begin_run(*, run_id: int, at: datetime) -> Run | None:
    """A worker begins; None when there is nothing to do any more."""
    found = Run.objects.under_way().filter(pk=run_id).exists()
    return _step(run_id, RunStep.BEGIN, at, stage="", done=0, total=0) if found else None


def note_run(*, run_id: int, stage: str, done: int, total: int) -> None:
    """Note how far a run is.

    Raises
    ------
    Stopped
        When it was stopped meanwhile.
    """
    working = Run.objects.filter(pk=run_id, state=RunState.WORKING)
    if not working.update(stage=stage, done=done, total=total):
        raise Stopped


def note_first(*, run_id: int, worth: float) -> None:
    """Note what a quick first answer is worth."""
    Run.objects.filter(pk=run_id, state=RunState.WORKING).update(first_worth=worth)


@transaction.atomic
def end_run(
    *, run_id: int, answer: dict[str, Any], worth: float, bound: float | None, at: datetime
) -> None:
    """Keep what was found; nothing when the run was stopped at the last moment."""
    if Run.objects.filter(pk=run_id, state=RunState.WORKING).exists():
        _step(run_id, RunStep.END, at, answer=answer, worth=worth, bound=bound)


@transaction.atomic
def refuse_run(*, run_id: int, problems: list[dict[str, Any]], at: datetime) -> None:
    """Keep why nothing fits what is asked."""
    if Run.objects.filter(pk=run_id, state=RunState.WORKING).exists():
        _step(run_id, RunStep.REFUSE, at, problems=problems)


@transaction.atomic
def fail_run(*, run_id: int, at: datetime) -> None:
    """Note that a run was broken off: the house was not ready for it."""
    if Run.objects.filter(pk=run_id, state=RunState.WORKING).exists():
        _step(run_id, RunStep.FAIL, at)
