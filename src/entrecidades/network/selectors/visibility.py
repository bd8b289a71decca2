"""Who sees a record: the one place in the house that decides it.

A record climbs a ladder: private to its body, shared with the bodies it names, with the
associations its body belongs to, with those who oversee its country, with everybody. Each
rung includes those below. Until the day of an embargo only the first two rungs count.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.network.choices import MembershipKind, Visibility
from entrecidades.network.models import Country, Entity, Mandate, Membership, holding
from entrecidades.network.models.sharing import Shared
from entrecidades.network.selectors.reading import Reader


def seen_by(reader: Reader, model: type[Shared]) -> Q:
    """The condition that a reader sees a record of a kind.

    The records of her own bodies, and those that name them and are shared with partners; of
    what is under no embargo, also what is shared with her associations, with the oversight of
    her countries, and with everybody.
    """
    lifted = Q(embargo_until=None) | Q(embargo_until__lte=reader.on)
    further = Q(visibility=Visibility.PUBLIC)
    if reader.associations:
        members = Membership.objects.filter(
            holding(reader.on), group__in=reader.associations, kind=MembershipKind.MEMBER
        )
        of_members = Q(**{f"{model.OWNER}__in": members.values("member")})
        further |= Q(visibility__gte=Visibility.ASSOCIATION) & of_members
    if reader.oversees:
        overseen = Q(**{f"{model.OWNER}__country__in": reader.oversees})
        further |= Q(visibility__gte=Visibility.OVERSIGHT) & overseen
    seen = lifted & further
    if reader.own:
        for party in model.PARTIES:
            seen |= _naming(model, party, reader.own) & Q(visibility__gte=Visibility.PARTNER)
    if model.OUT:
        seen &= Q(state__in=model.OUT)
    return seen | Q(**{f"{model.OWNER}__in": reader.own}) if reader.own else seen


def _naming(model: type[Shared], party: str, bodies: Collection[int]) -> Q:
    """The condition that a record names one of these bodies in a field, or along a path.

    A path may lead to many rows of one record, which must be found once: asked apart.
    """
    named = Q(**{f"{party}__in": bodies})
    if "__" not in party:
        return named
    return Q(pk__in=model._base_manager.filter(named).values("pk"))


@dataclass(frozen=True, slots=True)
class Audience:
    """Some who would see a record from one rung on, who they are, and whether they do now."""

    rung: Visibility
    bodies: list[Entity]
    country: Country | None
    now: bool


def audience_of(record: Shared, *, reader: Reader) -> Iterator[Audience]:
    """The rungs of the ladder for one record, from its own body to everybody.

    A rung on which nobody stands (a body of no association, a record that names nobody else)
    is told with no bodies.
    """
    owner: Entity = getattr(record, record.OWNER)
    lifted = record.embargo_until is None or record.embargo_until <= reader.on
    furthest = record.visibility if lifted else min(record.visibility, Visibility.PARTNER)
    furthest = furthest if record.is_out else Visibility.PRIVATE
    groups = owner.memberships.filter(holding(reader.on), kind=MembershipKind.MEMBER)
    associations = Entity.objects.filter(pk__in=groups.values("group"))
    bodies: dict[Visibility, list[Entity]] = {
        Visibility.PRIVATE: [owner, *_entrusted_by(owner, reader)],
        Visibility.PARTNER: _named_by(record),
        Visibility.ASSOCIATION: list(associations.order_by("name", "pk")),
    }
    for rung in Visibility:
        country = owner.country if rung == Visibility.OVERSIGHT else None
        yield Audience(rung, bodies.get(rung, []), country, now=furthest >= rung)


def _named_by(record: Shared) -> list[Entity]:
    """The other bodies that a record names, in the order of its fields, each once."""
    itself = type(record)._base_manager.filter(pk=record.pk)
    keys = [key for party in record.PARTIES for key in itself.values_list(party, flat=True)]
    bodies = Entity.objects.in_bulk([key for key in keys if key])
    return [bodies[key] for key in dict.fromkeys(keys) if key in bodies]


def _entrusted_by(owner: Entity, reader: Reader) -> list[Entity]:
    """The associations that act for a body, whose people read what is private to it."""
    agents = owner.mandates.filter(holding(reader.on)).exclude(agent=None).values("agent")
    return list(Entity.objects.filter(pk__in=agents).order_by("name", "pk"))


def readers_within(entity: Entity, *, reader: Reader) -> int:
    """How many people hold a role in a body that lets them read what it keeps to itself."""
    held = Mandate.objects.filter(
        holding(reader.on),
        entity=entity,
        role__in=roles_with(Permission.READ),
        person__is_active=True,
    )
    return held.values("person").distinct().count()
