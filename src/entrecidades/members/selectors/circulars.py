"""To whom a letter goes, to whom it does not, and what became of each copy."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q, QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.selectors import Somebody
from entrecidades.members.choices import CircularState, CopyState
from entrecidades.members.models import Circular, Copy, Decline
from entrecidades.members.rules import WITHIN
from entrecidades.members.selectors.standing import (
    SPEAKERS,
    Member,
    MemberWish,
    bodies_in,
    members_of,
    members_wished,
)
from entrecidades.network.models import Entity, Mandate, holding
from entrecidades.network.selectors import Reader, entities_where, reader_for


@dataclass(frozen=True, slots=True)
class Addressee:
    """A member that is written to, and the people who read for it: key and language of each."""

    member: Member
    readers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Addressees:
    """The members that get a letter; those for whom nobody acts; those who want none."""

    reached: Sequence[Addressee]
    nobody: Sequence[Member]
    declined: Sequence[Member]

    @property
    def copies(self) -> int:
        """How many people get the letter."""
        return sum(len(one.readers) for one in self.reached)

    def languages(self) -> Counter[str]:
        """How many of them read which language."""
        return Counter(language for one in self.reached for _key, language in one.readers)


def addressees_of(circular: Circular, *, on: date) -> Addressees:
    """Who gets a letter if it is sent on a day, as its wish chooses among the members then."""
    reader = reader_for(circular.entity, on=on)
    members = members_of(circular.entity, reader=reader, by=None)
    chosen = members_wished(members, MemberWish(**circular.wish))
    readers = _readers(circular.entity, on)
    unwilling = {*Decline.objects.filter(entity=circular.entity).values_list("person", flat=True)}
    reached: list[Addressee] = []
    nobody: list[Member] = []
    declined: list[Member] = []
    for member in chosen:
        people = readers.get(member.key, [])
        willing = tuple(one for one in people if one[0] not in unwilling)
        if willing:
            reached.append(Addressee(member, willing))
        else:
            (declined if people else nobody).append(member)
    return Addressees(reached, nobody, declined)


def _readers(association: Entity, on: date) -> dict[int, list[tuple[int, str]]]:
    """The people who speak for each member: they can mend its profile."""
    held = Mandate.objects.filter(
        holding(on),
        entity__in=bodies_in(association, on=on).order_by().values("pk"),
        role__in=SPEAKERS,
        person__is_active=True,
    )
    rows = held.order_by("entity", "person").values_list("entity", "person", "person__language")
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for entity, person, language in rows.distinct():
        found[entity].append((person, language))
    return found


def still_reads(copy: Copy, *, on: date) -> CopyState | None:
    """Why somebody is not written to after all; nothing when she is."""
    if Decline.objects.filter(entity=copy.circular.entity_id, person=copy.person_id).exists():
        return CopyState.DECLINED
    held = Mandate.objects.filter(holding(on), entity=copy.entity_id, person=copy.person_id)
    speaks = held.filter(role__in=SPEAKERS, person__is_active=True).exists()
    return None if speaks else CopyState.GONE


def circulars_seen_by(reader: Reader) -> QuerySet[Circular]:
    """The letters of the associations in which a reader works, with how far each is."""
    seen = Circular.objects.filter(entity__in=reader.associations).select_related(
        "entity__country"
    )
    sent = Count("copies", filter=Q(copies__state=CopyState.SENT))
    told = seen.annotate(copies_sent=sent, copies_all=Count("copies"))
    return told.order_by("-written_at", "-pk")


def sent_lately(association: Entity, *, at: datetime) -> int:
    """How many letters an association began to send within a day."""
    rows = Circular.objects.filter(entity=association, sent_at__gt=at - WITHIN)
    return rows.exclude(state=CircularState.DRAFT).count()


def writes(person: Somebody, association: Entity, *, on: date) -> bool:
    """Whether a person may write to all members of an association."""
    hers = entities_where(person, Permission.WRITE_MEMBERS, on=on)
    return hers.filter(pk=association.pk).exists()


def declined_by(person: AbstractBaseUser) -> QuerySet[Decline]:
    """Whose letters to their members somebody has declined."""
    return Decline.objects.filter(person=person.pk).select_related("entity__country")


def outcome_of(circular: Circular) -> Counter[str]:
    """How many copies of a letter are in which state."""
    rows: QuerySet[Any, Any] = circular.copies.order_by().values_list("state")
    return Counter(dict(rows.annotate(n=Count("pk"))))


def bodies_told(circular: Circular) -> list[tuple[Entity, Counter[str]]]:
    """Each member that was written to, with how many of its copies are in which state.

    Who its people are is not told to the association.
    """
    rows: QuerySet[Any, Any] = circular.copies.order_by().values_list("entity", "state")
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for entity, state, number in rows.annotate(n=Count("pk")):
        counts[entity][state] += number
    bodies = Entity.objects.filter(pk__in=circular.copies.values("entity"))
    named = bodies.select_related("country").prefetch_related("names").order_by("name", "pk")
    return [(body, counts[body.pk]) for body in named]
