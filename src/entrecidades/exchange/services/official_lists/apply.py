"""Carry out the plan of an official list: one transaction, one batch."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from entrecidades.exchange.models import Batch, Doubt
from entrecidades.exchange.progress import Progress, silently
from entrecidades.exchange.services.batches import (
    BLOCK,
    Writing,
    change,
    keep_batch,
    out_of_date,
    writing_alone,
)
from entrecidades.exchange.services.official_lists.doubts import doubt_of
from entrecidades.exchange.services.official_lists.plan import OfficialPlan
from entrecidades.exchange.services.official_lists.register import Register, state_of_register
from entrecidades.exchange.services.official_lists.writing import Scribe
from entrecidades.kernel.errors import Refusal
from entrecidades.network.choices import Tier

# What contains is written before what is contained.
LEVELS = (Tier.REGION, Tier.METROPOLIS, Tier.INTERMEDIATE)


class CannotApply(Refusal):
    """The list has problems, so nothing of it is written."""


def apply_official(
    plan: OfficialPlan,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    progress: Progress = silently,
) -> Batch | None:
    """Carry out a plan, whole or not at all; None when there was nothing to do.

    Raises
    ------
    CannotApply
        When the list has problems.
    OutOfDate
        When the register has changed since the plan was made.
    """
    if plan.problems:
        raise CannotApply(_("The list has problems. Mend them, then import it again."))
    if plan.is_empty:
        return None
    progress("write", 0, 1)
    with writing_alone() as writing:
        if state_of_register() != plan.register_state:
            raise out_of_date()
        _write(plan, writing)
        batch = keep_batch(
            writing,
            kind=plan.kind,
            file_name=plan.official.file_name,
            digest=plan.official.digest,
            counts=plan.counts(),
            by=by,
            at=at,
        )
        doubts = [doubt_of(batch, plan.official, unit, ranking) for unit, ranking in plan.doubtful]
        Doubt.objects.bulk_create(doubts, batch_size=BLOCK)
    progress("write", 1, 1)
    return batch


def _write(plan: OfficialPlan, writing: Writing) -> None:
    """Levels from above, then places, then the municipalities that have or need a seat."""
    units = plan.official.units
    schemes = {code.scheme for unit in units for code in (unit.code, *unit.more_codes)}
    register = Register({unit.country for unit in units}, schemes, with_places=False)
    scribe = Scribe(writing, plan.official, register)
    for level in LEVELS:
        scribe.bodies([unit for unit in plan.above if unit.tier == level], {})
    change(writing, plan.changes)
    scribe.codes(plan.more_codes)
    scribe.names(plan.more_names)
    seats = scribe.place([unit for unit in plan.created if unit.code in plan.placed])
    seats |= {unit.code: place for unit, place, _like in plan.joined}
    known = [(unit, plan.seated[pk]) for unit, pk, _like in plan.joined if pk in plan.seated]
    scribe.extend(known)
    extended = {unit.code for unit, _body in known}
    new = [unit for unit, _place, _like in plan.joined if unit.code not in extended]
    scribe.bodies([*new, *plan.created], seats)
