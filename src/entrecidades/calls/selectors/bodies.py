"""What the conditions of a call ask of a body, and which of them it fulfils."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import get_language, ngettext

from entrecidades.audit.models import Trace
from entrecidades.audit.selectors.history import name_of
from entrecidades.calls.choices import Act
from entrecidades.calls.models import Application, Call
from entrecidades.calls.rules.eligibility import (
    BodyFacts,
    Checked,
    check_body,
    check_together,
    fits,
)
from entrecidades.network.choices import Act as NetworkAct
from entrecidades.network.choices import MembershipKind
from entrecidades.network.countries import country_name
from entrecidades.network.models import Entity, Membership, holding
from entrecidades.network.selectors import Reader
from entrecidades.projects.selectors import projects_seen_by, reports_owed

#: The acts by which the people of a body look at its profile.
LOOKED = (NetworkAct.EDIT, Act.FRESH)


def facts_of(body: Entity, *, on: date) -> BodyFacts:
    """What is on record of a body on a day, as far as calls ask."""
    memberships = body.memberships.filter(holding(on), kind=MembershipKind.MEMBER)
    groups = memberships.values_list("group__public_id", flat=True)
    return BodyFacts(
        name=body.name_in(),
        country=body.country_id,
        country_name=country_name(body.country_id, get_language()),
        tier=body.tier,
        groups=frozenset(str(one) for one in groups),
        profile_on=looked_at_on(body),
        overdue=_overdue(body, on=on),
    )


def _overdue(body: Entity, *, on: date) -> tuple[str, ...]:
    """The projects of which a report is overdue, as one may say so to partners of the body.

    A project that not everybody sees is counted and not named.
    """
    owed = reports_owed(body, on=on)
    public = projects_seen_by(Reader(on=on)).filter(pk__in=[one.pk for one in owed])
    named = [str(one) for one in public.order_by("pk")]
    hidden = len(owed) - len(named)
    told = ngettext(
        "%(count)s project that is not public", "%(count)s projects that are not public", hidden
    )
    return (*named, *([told % {"count": hidden}] if hidden else []))


def looked_at_on(body: Entity) -> date | None:
    """The day on which somebody of the body last edited or confirmed its profile."""
    looks = Trace.objects.filter(subject=name_of(body), act__in=LOOKED).order_by("-pk")
    latest = looks.values_list("at", flat=True).first()
    return latest.date() if latest else None


def checked(call: Call, bodies: Iterable[Entity], *, on: date) -> list[Checked]:
    """Every condition of a call for each of some bodies, in their order."""
    group = _group(call)
    return [
        one
        for body in bodies
        for one in check_body(call.eligibility, facts_of(body, on=on), on=on, group=group)
    ]


def unfulfilled(application: Application, *, on: date) -> list[str]:
    """Why the bodies of an application may not apply as they are; nothing when they may."""
    bodies = application.bodies()
    call = application.call
    together = check_together([body.country_id for body in bodies], is_joint=call.is_joint)
    failed = [one.says for one in checked(call, bodies, on=on) if not one.holds]
    return [says for says in [together, *failed] if says]


def calls_fitting(bodies: Sequence[Entity], *, at: datetime) -> list[tuple[Call, list[Entity]]]:
    """The calls that take applications now and are meant for some of these bodies, with those."""
    on = at.date()
    groups: dict[int, set[str]] = {body.pk: set() for body in bodies}
    member = Membership.objects.filter(
        holding(on), kind=MembershipKind.MEMBER, member__in=[*groups]
    )
    for key, group in member.values_list("member", "group__public_id"):
        groups[key].add(str(group))
    facts = {
        body.pk: BodyFacts(body.name, body.country_id, "", body.tier, frozenset(mine), None)
        for body, mine in zip(bodies, groups.values(), strict=True)
    }
    found = []
    for call in Call.objects.taking(at).select_related("programme").order_by("closes_at", "pk"):
        meant = [body for body in bodies if fits(call.eligibility, facts[body.pk], on=on)]
        if meant:
            found.append((call, meant))
    return found


def _group(call: Call) -> str:
    """The name of the association whose members may apply; empty when none is asked for."""
    wanted = call.eligibility.get("member_of")
    group = Entity.objects.filter(public_id=wanted).first() if wanted else None
    return group.name_in() if group else ""
