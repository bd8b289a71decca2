"""What the worker does for rounds of pairing: score, pair, keep the answer, open contacts."""

from datetime import datetime

from entrecidades.calls import services
from entrecidades.calls.models import Opening, Run
from entrecidades.calls.rules.pairing import kept_of, told_of
from entrecidades.calls.selectors.contacts import pairs_waiting
from entrecidades.calls.selectors.rounds import bodies_of, sheet_of
from entrecidades.calls.services import (
    Stopped,
    begin_run,
    end_run,
    fail_run,
    note_first,
    note_run,
    refuse_run,
)
from entrecidades.engines.pairing import Blocks, Contradictory, pair
from entrecidades.kernel import clock
from entrecidades.matching.pairing import fits, themes_that_fit
from entrecidades.matching.snapshot import NoSnapshot

STEPS = 20
"""So often a stage is told: each costs a write."""
PIECE = 25
"""So many first contacts are opened in one transaction; as many are opened while one waits."""


def solve_round(key: str, run_id: int) -> None:  # noqa: ARG001 - computed twice it is the same
    """Compute a round, unless it was stopped or is gone."""
    run = begin_run(run_id=run_id, at=clock.now())
    if run is None:
        return
    try:
        _solve(run, clock.now())
    except Contradictory as contradiction:
        refuse_run(run_id=run_id, problems=kept_of(contradiction.found), at=clock.now())
    except NoSnapshot:
        fail_run(run_id=run_id, at=clock.now())
    except Stopped:
        return


def _solve(run: Run, at: datetime) -> None:
    """Score all pairs, and pair."""

    def told(stage: str, done: int, total: int) -> None:
        if total < STEPS or done % (total // STEPS) == 0 or done == total:
            note_run(run_id=run.pk, stage=stage, done=done, total=total)

    sheet = sheet_of(run)
    firsts, seconds = bodies_of(sheet.firsts), bodies_of(sheet.seconds)
    scores = Blocks.dense(fits(firsts, seconds, on=at.date(), told=told))
    answer = pair(
        sheet.problem,
        scores,
        told=told,
        first=lambda quick: note_first(run_id=run.pk, worth=quick.total),
    )
    end_run(
        run_id=run.pk,
        answer=told_of(sheet, answer),
        worth=answer.total,
        bound=answer.bound,
        at=clock.now(),
    )


def open_contacts(opening_id: int) -> None:
    """Open the next first contacts that were asked for, each with the themes that fit."""
    opening = Opening.objects.filter(pk=opening_id).first()
    if opening is None:
        return
    pairs = list(pairs_waiting(opening).whole()[:PIECE])
    at = clock.now()
    themes = themes_that_fit(
        [one.first.entity for one in pairs], [one.second.entity for one in pairs], on=at.date()
    )
    keys = [one.pk for one in pairs]
    services.open_contacts(
        opening_id=opening_id, themes=dict(zip(keys, themes, strict=True)), at=at
    )
