"""How each member of an association stands, as far as the association may see it.

Every question is asked once for all members, so that a page costs the same for ten and for
thousands; what somebody wishes is then chosen among the answers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Max, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.agreements.choices import PartyRole
from entrecidades.agreements.models import Party
from entrecidades.agreements.selectors import agreements_seen_by
from entrecidades.audit.models import Trace
from entrecidades.calls.choices import ApplicationState
from entrecidades.calls.models import Part
from entrecidades.calls.selectors import calls_run_by
from entrecidades.calls.selectors.bodies import LOOKED
from entrecidades.cooperation.selectors import Somebody
from entrecidades.engines.folding import fold
from entrecidades.members.choices import Fact
from entrecidades.members.rules import is_fresh, lacking, silence_of
from entrecidades.network.choices import MembershipKind
from entrecidades.network.models import Entity, Mandate, Membership, Post, holding
from entrecidades.network.models.entity import EntityQuerySet
from entrecidades.network.selectors import Reader
from entrecidades.practices.selectors import board, practices_shown
from entrecidades.projects.models import ProjectRole
from entrecidades.projects.selectors import projects_seen_by

#: Who can mend a profile: whoever may edit it is written to, and a body without is not claimed.
SPEAKERS = roles_with(Permission.EDIT_PROFILE)


@dataclass(frozen=True, slots=True)
class Member:
    """One member, by its key: what its profile lacks, when it was last heard of, what it does.

    ``region`` is the code of its state or region with its country's, empty where unknown.
    ``heard_on`` is the day of the last act of its people that the association may see.
    ``agreements`` and ``projects`` are those alive, ``applications`` those that wait under the
    association's own programmes.
    """

    key: int
    name: str
    acronym: str
    region: str
    region_name: str
    lacks: tuple[Fact, ...]
    heard_on: date | None
    silent: int | None
    agreements: int
    projects: int
    applications: int

    @property
    def has(self) -> int:
        """How many facts its profile says."""
        return len(Fact) - len(self.lacks)

    @property
    def is_claimed(self) -> bool:
        """Whether somebody acts for it."""
        return Fact.PEOPLE not in self.lacks


@dataclass(frozen=True, slots=True)
class MemberWish:
    """What somebody asked for; empty parts ask for nothing.

    ``is_claimed``, ``is_complete`` and ``has_agreement`` ask for one of the two; ``lacks`` for
    members without one of these facts; ``silent`` for those not heard of for so many days, or
    ever.
    """

    name: str = ""
    regions: Sequence[str] = ()
    is_claimed: bool | None = None
    is_complete: bool | None = None
    has_agreement: bool | None = None
    lacks: Sequence[Fact] = ()
    silent: int | None = None

    def fits(self, one: Member) -> bool:
        """Whether a member fulfils every part of the wish."""
        said = (
            (self.is_claimed, one.is_claimed),
            (self.is_complete, not one.lacks),
            (self.has_agreement, one.agreements > 0),
        )
        return (
            all(wanted is None or wanted == is_so for wanted, is_so in said)
            and (not self.regions or one.region in self.regions)
            and (not self.lacks or any(fact in one.lacks for fact in self.lacks))
            and (self.silent is None or one.silent is None or one.silent >= self.silent)
            and (not self.name or _is_called(one, fold(self.name)))
        )


def _is_called(one: Member, key: str) -> bool:
    """Whether a member's name holds these letters, or its acronym is just that."""
    return key in fold(one.name) or key == fold(one.acronym)


def bodies_in(association: Entity, *, on: date) -> EntityQuerySet:
    """The bodies that are members of an association on a day."""
    joined = Membership.objects.filter(holding(on), group=association, kind=MembershipKind.MEMBER)
    members = Entity.objects.existing(on).unmerged().filter(pk__in=joined.values("member"))
    return members.order_by("name", "pk")


def announced_by(association: Entity, *, on: date) -> QuerySet[Membership]:
    """The memberships that an association announced and their bodies have not confirmed."""
    rows = Membership.objects.filter(holding(on), group=association)
    return rows.filter(kind=MembershipKind.ANNOUNCED)


def members_of(association: Entity, *, reader: Reader, by: Somebody | None) -> list[Member]:
    """Every member of an association, by name, with how it stands.

    ``reader`` is the association (`reader_for`). Applications are counted where ``by`` runs the
    calls they answer.
    """
    bodies = bodies_in(association, on=reader.on)
    keys = bodies.order_by().values("pk")
    there = _facts(keys, reader)
    heard = dict(_heard(keys, reader))
    agreements, projects = _agreements(keys, reader), _projects(keys, reader)
    applications = _applications(keys, association, by, reader.on)
    rows = bodies.values_list(
        *("pk", "name", "acronym", "country", "region__code", "region__name"),
        *("website", "languages"),
    )
    return [
        Member(
            key=key,
            name=name,
            acronym=acronym,
            region=f"{country}-{region}" if region else "",
            region_name=region_name or region or "",
            lacks=lacking(
                {
                    *([Fact.WEBSITE] if website else []),
                    *([Fact.LANGUAGES] if languages else []),
                    *(fact for fact, those in there.items() if key in those),
                }
            ),
            heard_on=heard.get(key),
            silent=silence_of(heard.get(key), reader.on),
            agreements=agreements[key],
            projects=projects[key],
            applications=applications[key],
        )
        for key, name, acronym, country, region, region_name, website, languages in rows
    ]


def members_wished(members: Iterable[Member], wish: MemberWish) -> list[Member]:
    """The members that fulfil a wish, in their order."""
    return [one for one in members if wish.fits(one)]


def _facts(keys: QuerySet[Any, Any], reader: Reader) -> dict[Fact, set[int]]:
    """Which members have each fact that does not stand in their own row."""
    within = {"entity__in": keys}
    people = Mandate.objects.filter(
        holding(reader.on), person__is_active=True, role__in=SPEAKERS, **within
    )
    offices = Post.objects.filter(holding(reader.on), **within).exclude(contact_email="")
    rows: dict[Fact, QuerySet[Any, Any]] = {
        Fact.PEOPLE: people,
        Fact.OFFICE: offices,
        Fact.POSTING: board(reader).filter(**within),
        Fact.PRACTICE: practices_shown(reader).filter(**within),
    }
    there = {fact: _bodies(found) for fact, found in rows.items()}
    looks = Trace.objects.filter(
        act__in=LOOKED, subject__in=_names(Entity, keys), body_id__in=keys
    )
    there[Fact.FRESH] = {key for key, day in _last(looks) if is_fresh(day, reader.on)}
    return there


def _bodies(found: QuerySet[Any, Any]) -> set[int]:
    """The keys of the bodies whose rows these are."""
    return set(found.order_by().values_list("entity", flat=True).distinct())


def _names(model: type[Model], keys: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The names under which traces know the things with these keys."""
    prefix = Value(f"{model._meta.label}:")
    named = model._base_manager.filter(pk__in=keys).order_by()
    names: QuerySet[Any, Any] = named.annotate(told=Concat(prefix, Cast("pk", CharField())))
    return names.values("told")


def _last(traces: QuerySet[Trace]) -> Iterator[tuple[int, date]]:
    """The day of the last of these traces for each body that left some."""
    rows: QuerySet[Any, Any] = traces.order_by().values_list("body_id")
    for key, moment in rows.annotate(last=Max("at")):
        yield key, moment.date()


def _heard(keys: QuerySet[Any, Any], reader: Reader) -> Iterator[tuple[int, date]]:
    """When the people of each member last did something that the association may see.

    That is an act on its profile, or on an agreement, a project, an offer, a need or a practice
    that is shared with the association; what a body does for itself alone tells nobody anything.
    """
    seen: list[QuerySet[Any, Any]] = [
        agreements_seen_by(reader),
        projects_seen_by(reader),
        board(reader).filter(entity__in=keys),
        practices_shown(reader).filter(entity__in=keys),
    ]
    about = [Q(subject__in=_names(Entity, keys))]
    about += [Q(subject__in=_names(rows.model, rows.order_by().values("pk"))) for rows in seen]
    return _last(Trace.objects.filter(reduce(or_, about), body_id__in=keys))


def _agreements(keys: QuerySet[Any, Any], reader: Reader) -> Counter[int]:
    """How many agreements in force bind each member, as far as the association sees them."""
    alive = agreements_seen_by(reader).binding(reader.on).order_by().values("pk")
    bound = Party.objects.filter(agreement__in=alive, entity__in=keys, role=PartyRole.PARTY)
    return Counter(bound.order_by().values_list("entity", flat=True))


def _projects(keys: QuerySet[Any, Any], reader: Reader) -> Counter[int]:
    """In how many projects under way each member takes part, each counted once."""
    alive = projects_seen_by(reader).under_way().order_by()
    led = alive.filter(entity__in=keys).values_list("pk", "entity")
    roles = ProjectRole.objects.filter(project__in=alive.values("pk"), entity__in=keys)
    taken = roles.order_by().values_list("project", "entity")
    return Counter(body for _project, body in {*led, *taken})


def _applications(
    keys: QuerySet[Any, Any], association: Entity, by: Somebody | None, on: date
) -> Counter[int]:
    """In how many applications under the association's own programmes each waits."""
    if by is None:
        return Counter()
    own = calls_run_by(by, on=on).filter(programme__coordinations__entity=association)
    parts = Part.objects.filter(
        entity__in=keys,
        declined_at=None,
        application__state=ApplicationState.SUBMITTED,
        application__call__in=own.order_by().values("pk"),
    )
    return Counter(parts.order_by().values_list("entity", flat=True))
