"""Write what a list of members would do, as one batch that can be taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from entrecidades.audit.selectors.history import name_of
from entrecidades.engines.folding import fold
from entrecidades.exchange.models import Batch
from entrecidades.exchange.progress import Progress, silently
from entrecidades.exchange.services.batches import (
    Writing,
    change,
    chunks,
    keep_batch,
    make,
    out_of_date,
    writing_alone,
)
from entrecidades.exchange.services.member_lists.plan import (
    MEMBERS,
    Joiner,
    MemberPlan,
    base_of,
    memberships_of,
)
from entrecidades.exchange.services.member_lists.roll import BODY, PLACE, Target
from entrecidades.kernel import ids
from entrecidades.kernel.errors import Refusal
from entrecidades.network.choices import Confirmation, MembershipKind, Stance
from entrecidades.network.models import Entity, EntityName, Membership, Place, Statement
from entrecidades.network.services import government_of, take_turn, tell_other_side


class CannotApply(Refusal):
    """The list has problems, so nothing of it is written."""


def apply_members(
    plan: MemberPlan,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    progress: Progress = silently,
) -> Batch | None:
    """Carry a plan out, whole or not at all; None when there was nothing to do.

    Those who have to confirm it first are told, as of any word of the other side.

    Raises
    ------
    CannotApply
        When the list has problems.
    OutOfDate
        When the members have changed since the plan was made.
    """
    if plan.problems:
        raise CannotApply(_("The list has problems. Mend them, then hand it in again."))
    if not plan.joiners and not plan.changes:
        return None
    progress("write", 0, 1)
    with writing_alone() as writing:
        take_turn(plan.association)
        if base_of(memberships_of(plan.association)) != plan.base:
            raise out_of_date()
        bodies = _registered(writing, plan.joiners)
        made = _joined(writing, plan, bodies, at)
        _said(writing, plan, made, by=by, at=at)
        change(writing, plan.changes)
        batch = keep_batch(
            writing,
            kind=MEMBERS,
            entity=plan.association,
            file_name=plan.file_name,
            digest=plan.digest,
            counts=plan.counts(),
            by=by,
            at=at,
        )
    progress("write", 1, 1)
    return batch


def _registered(writing: Writing, joiners: Sequence[Joiner]) -> dict[Target, int]:
    """The key of every joiner's body; the local governments of places are registered."""
    bodies = {one.target: one.target.key for one in joiners if one.target.kind == BODY}
    asked = sorted({one.target.key for one in joiners if one.target.kind == PLACE})
    places = [
        place
        for some in chunks(asked)
        for place in Place.objects.select_for_update(of=("self",)).filter(pk__in=some)
    ]
    if len(places) < len(asked) or _has_government(asked):
        raise out_of_date()
    here = Entity.objects.filter(country__in={one.country_id for one in places}).order_by()
    taken = set(here.values_list("country", "slug"))
    rows = []
    for place in places:
        country = place.country_id
        wanted = ids.slug_of(place.slug)[:100] or "entity"
        slug = ids.free_among(wanted, {slug for there, slug in taken if there == country})
        taken.add((country, slug))
        rows.append(government_of(place, slug=slug))
    make(writing, rows)
    make(
        writing, [EntityName(entity=one, name=one.name, key=fold(one.name)[:300]) for one in rows]
    )
    return bodies | {Target(PLACE, one.seat_id or 0): one.pk for one in rows}


def _has_government(places: Sequence[int]) -> bool:
    """Whether the local government of one of some places was registered meanwhile."""
    governing = Entity.objects.governing().unmerged()
    return any(governing.filter(seat__in=some).exists() for some in chunks(places))


def _joined(
    writing: Writing, plan: MemberPlan, bodies: dict[Target, int], at: datetime
) -> list[Membership]:
    """The new memberships: the association says so, with the day of its list."""
    title = _("List of members of %s") % plan.association.name_in()
    rows = [
        Membership(
            member_id=bodies[one.target],
            group=plan.association,
            kind=MembershipKind.ANNOUNCED if one.is_announced else MembershipKind.MEMBER,
            valid_from=one.since,
            valid_to=one.until,
            confirmation=Confirmation.ONE_SIDE,
            source_title=title[:300],
            source_accessed_on=at.date(),
        )
        for one in plan.joiners
    ]
    make(writing, rows)
    return rows


def _said(
    writing: Writing,
    plan: MemberPlan,
    made: Sequence[Membership],
    *,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """The association's word on each; whoever has to confirm is told of it."""
    rows = [
        Statement(
            subject=name_of(one),
            entity=plan.association,
            stance=Stance.CONFIRMS,
            said_on=at.date(),
            said_by_id=by.pk if by else None,
        )
        for one in made
    ]
    make(writing, rows)
    for statement, membership in zip(rows, made, strict=True):
        if membership.kind == MembershipKind.ANNOUNCED:
            tell_other_side(statement)
