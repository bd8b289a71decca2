"""Lists of agreements as a reader asks for them, and how many there are of each kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from entrecidades.agreements.choices import PartyRole
from entrecidades.agreements.models import Agreement, AgreementQuerySet, Party
from entrecidades.agreements.selectors.reading import agreements_seen_by
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader
from entrecidades.themes.models import Theme


@dataclass(frozen=True, slots=True)
class AgreementWish:
    """What somebody asked for; empty parts ask for nothing."""

    states: Sequence[str] = ()
    kinds: Sequence[str] = ()
    countries: Sequence[str] = ()
    themes: Iterable[Theme] = field(default_factory=list)
    is_own: bool = False


def agreements_wished(wish: AgreementWish, *, reader: Reader) -> AgreementQuerySet:
    """The agreements a reader sees that fulfil every part of a wish, each once."""
    found = agreements_seen_by(reader)
    if wish.is_own:
        found = found.naming(reader.own)
    if wish.states:
        found = found.filter(state__in=wish.states)
    if wish.kinds:
        found = found.filter(kind__in=wish.kinds)
    if wish.countries:
        there = Party.objects.filter(entity__country__in=wish.countries).order_by()
        found = found.filter(pk__in=there.values("agreement"))
    if themes := list(wish.themes):
        under = Agreement.objects.filter(themes__in=themes).order_by()
        found = found.filter(pk__in=under.values("pk"))
    return found


def agreements_told(found: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Agreements with what a card or a line of each says, in few queries."""
    return found.select_related("drafter__country").prefetch_related(
        "parties__entity__country", "parties__entity__names", "themes"
    )


def agreement_tally(reader: Reader) -> dict[str, dict[str, int]]:
    """How many agreements a reader sees of each state, kind and country."""
    seen = agreements_seen_by(reader).order_by()
    rows = list(seen.values_list("state", "kind"))
    parties = Party.objects.filter(agreement__in=seen.values("pk")).order_by()
    countries = set(parties.values_list("agreement", "entity__country"))
    return {
        "state": dict(Counter(state for state, _kind in rows)),
        "kind": dict(Counter(kind for _state, kind in rows)),
        "country": dict(Counter(code for _agreement, code in countries)),
    }


def agreements_between(bodies: Sequence[Entity], *, reader: Reader) -> QuerySet[Agreement]:
    """The agreements that bind bodies of several countries among some, and that a reader sees."""
    countries = {body.country_id for body in bodies}
    found = agreements_seen_by(reader) if len(countries) > 1 else Agreement.objects.none()
    for country in sorted(countries):
        there = [body.pk for body in bodies if body.country_id == country]
        bound = Party.objects.filter(role=PartyRole.PARTY, entity__in=there).order_by()
        found = found.filter(pk__in=bound.values("agreement"))
    return found


def agreements_naming(
    entities: QuerySet[Entity] | list[int], *, reader: Reader
) -> QuerySet[Agreement]:
    """The agreements of some bodies that a reader sees."""
    return agreements_told(agreements_seen_by(reader).naming(entities))
