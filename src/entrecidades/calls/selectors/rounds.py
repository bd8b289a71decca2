"""Questions about rounds of pairing: who stands where, what is asked, what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from entrecidades.calls.choices import PairSide
from entrecidades.calls.models import (
    Application,
    Call,
    Member,
    Pair,
    PairQuerySet,
    Round,
    RoundQuerySet,
    Run,
)
from entrecidades.calls.rules.pairing import Difference, Limit, Link, Sheet, Standing, difference
from entrecidades.calls.rules.pairing import sheet_of as sheet_by
from entrecidades.calls.selectors.applications import bodies_accepted
from entrecidades.cooperation.models import Programme
from entrecidades.network.choices import MembershipKind, Tier
from entrecidades.network.models import Entity, Membership, holding
from entrecidades.network.selectors import Reader


def countries_accepted(call: Call) -> list[str]:
    """The countries of the bodies that a call has accepted."""
    return sorted({body.country_id for body in bodies_accepted(call)})


def accepted_of(call: Call, countries: Iterable[str]) -> list[Entity]:
    """The bodies of some countries that a call has accepted."""
    wanted = set(countries)
    return [body for body in bodies_accepted(call) if body.country_id in wanted]


def cities_of(country: str) -> list[Entity]:
    """The municipalities of a country that are registered."""
    there = Entity.objects.filter(country=country, tier=Tier.MUNICIPALITY).unmerged()
    return list(there.select_related("region").order_by("pk"))


def countries_of_cities() -> list[str]:
    """The countries of which cities are registered."""
    there = Entity.objects.filter(tier=Tier.MUNICIPALITY).unmerged()
    return sorted(there.order_by().values_list("country", flat=True).distinct())


def members_of(group: Entity, *, on: date) -> list[Entity]:
    """The bodies that are members of an association on a day."""
    held = Membership.objects.filter(holding(on), group=group, kind=MembershipKind.MEMBER)
    return list(Entity.objects.filter(pk__in=held.values("member")).select_related("region"))


def together_in(call: Call) -> set[frozenset[int]]:
    """The bodies that have applied together and were accepted, two by two."""
    found = set()
    for one in call.applications.filter(state="accepted").whole():
        bodies = one.bodies()
        found |= {frozenset({bodies[0].pk, other.pk}) for other in bodies[1:]}
    return found


def limits_of(round_: Round) -> list[Limit]:
    """How many pairs the regions of a round must, and may, have."""
    return [Limit(**one) for one in round_.shares]


def standing_members(round_: Round) -> list[Member]:
    """Those who have not left, with their bodies."""
    rows = round_.members.filter(left_at=None).select_related("entity__country")
    return list(rows.prefetch_related("entity__names"))


def regions_of(members: Iterable[Member]) -> dict[str, list[str]]:
    """The regions of each side."""
    found: dict[str, set[str]] = {side: set() for side in PairSide.values}
    for one in members:
        if one.region:
            found[one.side].add(one.region)
    return {side: sorted(regions) for side, regions in found.items()}


def sheet_of(run: Run) -> Sheet:
    """What a run is asked, as the round stands now."""
    round_ = run.round
    rows = round_.members.filter(left_at=None).select_related("entity").order_by("pk")
    members = [
        Standing(one.pk, str(one.entity.public_id), one.side, one.region, one.capacity)
        for one in rows
    ]
    ties = [
        ((first, second), kind)
        for first, second, kind in round_.ties.values_list("first", "second", "kind")
    ]
    kept = [(first, second) for first, second in run.kept]
    return sheet_by(members, ties, kept, limits_of(round_), round_.most)


def bodies_of(standings: Sequence[Standing]) -> list[Entity]:
    """The bodies of some members, in their order."""
    rows = Member.objects.filter(pk__in=[one.key for one in standings])
    found = {one.pk: one.entity for one in rows.select_related("entity__seat")}
    return [found[one.key] for one in standings]


def links_of(run: Run | None) -> list[Link]:
    """The pairs that a run found, by the keys of members."""
    return [(one["first"], one["second"]) for one in run.pairs] if run else []


def standing_links(round_: Round) -> list[Link]:
    """The published pairs that stand."""
    return list(round_.pairs.standing().values_list("first", "second"))


def to_keep(round_: Round) -> list[Link]:
    """What is kept when only what must changes: published pairs, or else the last answer."""
    present = set(round_.members.filter(left_at=None).values_list("pk", flat=True))
    links = standing_links(round_) or links_of(latest_answer(round_))
    return [link for link in links if present.issuperset(link)]


def latest_answer(round_: Round) -> Run | None:
    """The last run with an answer."""
    return round_.runs.done().order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Compared:
    """A run beside the one before it."""

    before: Run
    changes: Difference


def compared(run: Run) -> Compared | None:
    """What a run changed of the answer before it; None for the first."""
    before = run.round.runs.done().filter(number__lt=run.number).order_by("-number").first()
    if before is None:
        return None
    by = (run.worth or 0.0) - (before.worth or 0.0)
    return Compared(before, difference(links_of(before), links_of(run), by=by))


def to_publish(round_: Round, run: Run) -> Difference:
    """What publishing a run would change of the pairs that stand."""
    return difference(standing_links(round_), links_of(run))


def published_of(call: Call) -> RoundQuerySet:
    """The published rounds of a call, with how many pairs stand in each."""
    return _counted(Round.objects.published().filter(call=call))


def published_without_a_call(programme: Programme) -> RoundQuerySet:
    """The published rounds that a programme made of no call, counted likewise."""
    return _counted(Round.objects.published().filter(programme=programme, call=None))


def _counted(rounds: RoundQuerySet) -> RoundQuerySet:
    """With how many pairs stand in each."""
    return rounds.annotate(count=Count("pairs", filter=Q(pairs__ended_at=None)))


def pairs_named_to(reader: Reader, round_: Round) -> tuple[PairQuerySet, int]:
    """The standing pairs of a round that a reader may read of, and how many others there are."""
    return _named(reader, Pair.objects.standing().filter(round=round_), round_.call)


def pairs_made_in(reader: Reader, round_: Round, year: int) -> tuple[PairQuerySet, int]:
    """The pairs of a round made in a year that a reader may read of, and how many others."""
    made = Pair.objects.filter(round=round_, made_at__year=year)
    last = made.exclude(ended_at__year=year)  # what ended within the year is no result of it
    return _named(reader, last, round_.call)


def _named(reader: Reader, pairs: PairQuerySet, call: Call | None) -> tuple[PairQuerySet, int]:
    """Those of some pairs that a reader may read of, and how many others there are.

    A pair is named unless one of its bodies applied without agreeing to be named in the results;
    its own people read of it always. For a round without a call nobody applied: all are named.
    """
    silent = Application.objects.filter(call=call, is_listed=False).exclude(submitted_at=None)
    bodies = silent.values("parts__entity")
    shy = Q(first__entity__in=bodies) | Q(second__entity__in=bodies)
    own = Q(first__entity__in=reader.own) | Q(second__entity__in=reader.own)
    unnamed = pairs.filter(shy).exclude(own)
    return pairs.exclude(pk__in=unnamed.values("pk")).whole(), unnamed.count()


def rounds_of_year(programme_id: int, year: int) -> RoundQuerySet:
    """The published rounds of a programme that made pairs in a year."""
    made = Pair.objects.filter(made_at__year=year).values("round")
    rounds = Round.objects.published().filter(programme=programme_id, pk__in=made)
    return rounds.select_related("call").order_by("published_at", "pk")
