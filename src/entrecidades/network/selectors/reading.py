"""Who reads: what follows from somebody's mandates on a day, asked once for all selectors."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from entrecidades.accounts.permissions import Permission
from entrecidades.network.choices import Kind
from entrecidades.network.models import Entity, Mandate, holding
from entrecidades.network.selectors.rights import entities_where


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads on a day.

    ``own`` are the keys of the bodies whose records she may read whatever they keep to
    themselves, ``associations`` those among them that have members, ``oversees`` the codes of
    the countries whose oversight is hers. A stranger has none of them.
    """

    on: date
    person: int | None = None
    own: frozenset[int] = frozenset()
    associations: frozenset[int] = frozenset()
    oversees: frozenset[str] = frozenset()


def reader_of(person: AbstractBaseUser | AnonymousUser, *, on: date) -> Reader:
    """What somebody may read on a day; three questions for a member, none for a stranger."""
    if person.pk is None or not person.is_active:
        return Reader(on=on)
    reads = entities_where(person, Permission.READ, on=on).order_by().values_list("pk", "kind")
    own = dict(reads)
    oversees = entities_where(person, Permission.OVERSEE, on=on).order_by()
    return Reader(
        on=on,
        person=person.pk,
        own=frozenset(own),
        associations=frozenset(key for key, kind in own.items() if kind == Kind.ASSOCIATION),
        oversees=frozenset(oversees.values_list("country", flat=True)),
    )


def reader_for(association: Entity, *, on: date) -> Reader:
    """What an association reads on a day, whoever looks for it: itself and who entrusted it.

    Never more than each of its own people reads, and the same for all of them.
    """
    entrusted = Mandate.objects.filter(holding(on), agent=association)
    own = {association.pk, *entrusted.values_list("entity", flat=True)}
    return Reader(on=on, own=frozenset(own), associations=frozenset({association.pk}))
