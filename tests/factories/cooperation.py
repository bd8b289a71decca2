"""Relations, programmes and first contacts."""

import datetime as dt
import uuid

import factory

from entrecidades.cooperation.choices import IntroductionState, MeetingState, Standing
from entrecidades.cooperation.models import (
    Axis,
    Coordination,
    Introduction,
    Meeting,
    Message,
    Programme,
    Relation,
    Thread,
    ThreadSide,
)
from entrecidades.network.choices import Visibility
from tests.factories.network import CountryFactory, EntityFactory


class RelationFactory(factory.django.DjangoModelFactory):
    """The cooperation of two countries."""

    class Meta:
        model = Relation

    slug = factory.LazyAttribute(
        lambda relation: f"{relation.one.code}-{relation.other.code}".lower()
    )
    one = factory.SubFactory(CountryFactory, code="BR")
    other = factory.SubFactory(CountryFactory, code="MZ")
    title = factory.LazyAttribute(lambda relation: {"en": relation.slug})
    standing = Standing.FORMALISED


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A frame for cooperation."""

    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programme-{n}")
    relation = factory.SubFactory(RelationFactory)
    name = factory.LazyAttribute(lambda programme: {"en": programme.slug})


class AxisFactory(factory.django.DjangoModelFactory):
    """A group of themes within a programme."""

    class Meta:
        model = Axis

    programme = factory.SubFactory(ProgrammeFactory)
    label = factory.LazyFunction(lambda: {"en": "Public services"})


class CoordinationFactory(factory.django.DjangoModelFactory):
    """A body coordinates a programme for its own country."""

    class Meta:
        model = Coordination

    programme = factory.SubFactory(ProgrammeFactory)
    entity = factory.SubFactory(EntityFactory, association=True)
    country = factory.SelfAttribute("entity.country")


class IntroductionFactory(factory.django.DjangoModelFactory):
    """A city of Mozambique asks a city of Brazil, without an association in between."""

    class Meta:
        model = Introduction

    class Params:
        brokered = factory.Trait(
            broker=factory.SubFactory(EntityFactory, association=True),
            state=IntroductionState.REQUESTED,
        )

    asker = factory.SubFactory(EntityFactory, country__code="MZ")
    asked = factory.SubFactory(EntityFactory, country__code="BR")
    message = "How do you collect waste where no lorry can pass?"
    language = "en"
    state = IntroductionState.FORWARDED
    visibility = Visibility.PARTNER
    proposed_at = dt.datetime(2013, 5, 2, 9, 0, tzinfo=dt.UTC)
    moved_at = factory.SelfAttribute("proposed_at")


class ThreadFactory(factory.django.DjangoModelFactory):
    """The conversation of a contact that was accepted; its sides are the two ends."""

    class Meta:
        model = Thread
        skip_postgeneration_save = True

    introduction = factory.SubFactory(IntroductionFactory, state=IntroductionState.ACCEPTED)

    @factory.post_generation
    def sides(self, create, _extracted, **_kwargs):
        for entity in (self.introduction.asker, self.introduction.asked) if create else ():
            ThreadSide.objects.create(thread=self, entity=entity)


class MessageFactory(factory.django.DjangoModelFactory):
    """What the asking side has written."""

    class Meta:
        model = Message

    thread = factory.SubFactory(ThreadFactory)
    entity = factory.SelfAttribute("thread.introduction.asker")
    words = "How do you collect waste where no lorry can pass?"
    language = "pt"
    token = factory.LazyFunction(uuid.uuid4)
    written_at = dt.datetime(2009, 11, 18, 9, 0, tzinfo=dt.UTC)


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting whose date is agreed."""

    class Meta:
        model = Meeting

    message = factory.SubFactory(
        MessageFactory, times=["2009-11-24T12:00:00+00:00", "2009-11-27T12:00:00+00:00"]
    )
    state = MeetingState.AGREED
    begins_at = dt.datetime(2009, 11, 24, 12, 0, tzinfo=dt.UTC)
    due_at = dt.datetime(2009, 11, 24, 13, 0, tzinfo=dt.UTC)
    moved_at = dt.datetime(2009, 11, 19, 9, 0, tzinfo=dt.UTC)
    sequence = 1
