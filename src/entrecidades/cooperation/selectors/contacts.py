"""Questions about relations, first contacts and their conversations."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.models import (
    Enclosure,
    Introduction,
    IntroductionQuerySet,
    Message,
    Programme,
    Relation,
    Thread,
    ThreadSide,
)
from entrecidades.cooperation.rules import ASKED, ASKER, BROKER, CONVENED
from entrecidades.network.choices import Kind
from entrecidades.network.models import Entity
from entrecidades.network.models.entity import EntityQuerySet
from entrecidades.network.selectors import Reader, entities_where, seen_by


def relations_of(country: str) -> QuerySet[Relation]:
    """The relations a country takes part in."""
    return Relation.objects.filter(Q(one=country) | Q(other=country))


def relations_told() -> QuerySet[Relation]:
    """Every relation with what a card of it says, in few queries."""
    return Relation.objects.select_related("one", "other").prefetch_related("themes")


def relation_shown() -> QuerySet[Relation]:
    """Relations with all that their page says, in few queries."""
    told = Prefetch("programmes", Programme.objects.told())
    return relations_told().prefetch_related("coordinators__names", "coordinators__country", told)


def brokers_between(countries: Iterable[str], other: str) -> QuerySet[Entity]:
    """The associations that carry a relation or a programme of these countries with another."""
    pairs = Q(pk__in=[])
    for country in {*countries} - {other}:
        pairs |= Q(one=country, other=other) | Q(one=other, other=country)
    relations = Relation.objects.filter(pairs).order_by()
    carrying = Q(relations__in=relations) | Q(coordinations__programme__relation__in=relations)
    return (
        Entity.objects.filter(carrying, kind=Kind.ASSOCIATION)
        .select_related("country")
        .prefetch_related("names")
        .distinct()
    )


def introductions_seen_by(reader: Reader) -> IntroductionQuerySet:
    """The introductions a reader sees: those of her bodies, and what others shared with her."""
    return Introduction.objects.filter(seen_by(reader, Introduction)).select_related(
        "asker__country", "asked__country", "broker"
    )


def introductions_of(reader: Reader) -> IntroductionQuerySet:
    """The introductions in which the reader's own bodies take part."""
    return introductions_seen_by(reader).naming(reader.own)


def sides_of(
    introduction: Introduction, person: AbstractBaseUser | AnonymousUser, *, on: date
) -> frozenset[str]:
    """On which sides of an introduction a person may act."""
    ends = {
        ASKER: (introduction.asker_id, Permission.PROPOSE),
        ASKED: (introduction.asked_id, Permission.ANSWER),
        BROKER: (introduction.broker_id, Permission.FORWARD),
    }
    sides = {
        side
        for side, (entity, permission) in ends.items()
        if entity and entities_where(person, permission, on=on).filter(pk=entity).exists()
    }
    # Without an association in between, the asked side receives the request itself.
    if introduction.broker_id is None and ASKED in sides:
        sides.add(BROKER)
    if introduction.is_convened and ASKER in sides:
        sides.add(CONVENED)
    return frozenset(sides)


def threads_seen_by(reader: Reader) -> QuerySet[Thread]:
    """The conversations of the reader's own bodies; nobody else sees one, whatever is shared."""
    sides = ThreadSide.objects.filter(entity__in=reader.own)
    return Thread.objects.filter(pk__in=sides.values("thread"))


def messages_seen_by(reader: Reader) -> QuerySet[Message]:
    """The messages of those conversations, the oldest first, with what goes with them."""
    rows = Message.objects.filter(thread__in=threads_seen_by(reader))
    return rows.select_related(
        "entity__country", "entity__seat", "written_by", "meeting"
    ).prefetch_related("entity__names", "enclosures__document", "meeting__answers__entity__names")


def enclosed_for(reader: Reader) -> QuerySet[Any, Any]:
    """The keys of the documents that go with a message which the reader sees."""
    return Enclosure.objects.filter(message__thread__in=threads_seen_by(reader)).values("document")


def unread_by_others(message: Message) -> bool:
    """Whether no other side has read a message yet."""
    others = ThreadSide.objects.filter(thread=message.thread_id).exclude(entity=message.entity_id)
    return not others.filter(read_at__gte=message.written_at).exists()


def words_travel() -> bool:
    """Whether letters carry what is said, and are answered by mail (docs/adr/0048)."""
    return bool(settings.ANSWERS_AT)


def is_recallable(message: Message) -> bool:
    """Whether a message may still be taken back: nobody else has read it, and no letter has it."""
    return not words_travel() and unread_by_others(message)


def speakers_for(
    thread: Thread, person: AbstractBaseUser | AnonymousUser, *, on: date
) -> EntityQuerySet:
    """The sides of a conversation for which a person may write."""
    return entities_where(person, Permission.ANSWER, on=on).filter(
        pk__in=thread.sides.values("entity")
    )
