"""Calls, applications and readings; a call that could be published, unless a test spoils it."""

import datetime as dt
from decimal import Decimal

import factory

from entrecidades.calls.choices import ApplicationState, CallState, ReadingState
from entrecidades.calls.models import Application, Call, Part, Reading
from entrecidades.network.choices import Visibility
from tests.factories.cooperation import CoordinationFactory, ProgrammeFactory
from tests.factories.network import EntityFactory

OPENS = dt.datetime(2009, 11, 1, 12, 0, tzinfo=dt.UTC)
CLOSES = dt.datetime(2009, 12, 1, 21, 0, tzinfo=dt.UTC)


def criteria():
    return [
        {"key": "need", "name": {"pt": "Necessidade", "en": "Need"}, "weight": 60},
        {"key": "means", "name": {"pt": "Meios", "en": "Means"}, "weight": 40},
    ]


def questions():
    asked = {"limit": 200, "is_required": True}
    return [
        {
            "key": "aim",
            "kind": "text",
            "asked_of": "whole",
            "label": {"pt": "O que querem fazer?", "en": "What do you want to do?"},
            **asked,
        },
        {
            "key": "part",
            "kind": "partner",
            "asked_of": "side",
            "label": {"pt": "O que contribuem?", "en": "What do you contribute?"},
            **asked,
        },
        {
            "key": "budget",
            "kind": "budget",
            "asked_of": "whole",
            "label": {"pt": "Quanto custa?", "en": "What does it cost?"},
            "is_required": True,
        },
    ]


class CallFactory(factory.django.DjangoModelFactory):
    """A draft of a call for two cities of two countries, with nothing missing."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"call-{n}")
    programme = factory.SubFactory(ProgrammeFactory, relation=None)
    entity = factory.SubFactory(EntityFactory, association=True)
    title = factory.LazyFunction(lambda: {"pt": "Cem cidades", "en": "A hundred cities"})
    summary = factory.LazyFunction(lambda: {"pt": "Resumo", "en": "In short"})
    text = factory.LazyFunction(lambda: {"pt": "Texto", "en": "At length"})
    languages = factory.LazyFunction(lambda: ["pt", "en"])
    opens_at = OPENS
    closes_at = CLOSES
    zone = "America/Sao_Paulo"
    criteria = factory.LazyFunction(criteria)
    questions = factory.LazyFunction(questions)
    ceiling_amount = Decimal(50_000)
    ceiling_currency = "EUR"
    moved_at = OPENS

    class Params:
        open = factory.Trait(state=CallState.OPEN)
        closed = factory.Trait(state=CallState.CLOSED)

    @factory.post_generation
    def coordinated(self, _create, extracted, **_facts):
        """Its body coordinates its programme, unless it does already."""
        if extracted is not False:
            CoordinationFactory(programme=self.programme, entity=self.entity)


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A draft of Maputo's side; ``partners`` take part, ``complete`` answers everything."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        submitted = factory.Trait(state=ApplicationState.SUBMITTED, submitted_at=OPENS)

    call = factory.SubFactory(CallFactory, open=True)
    lead = factory.SubFactory(EntityFactory, country__code="MZ")
    state = ApplicationState.DRAFT
    title = factory.Sequence(lambda n: f"Application {n}")
    language = "en"
    visibility = Visibility.PARTNER
    begun_at = OPENS
    moved_at = OPENS
    number = factory.LazyAttributeSequence(
        lambda one, n: None if one.state == ApplicationState.DRAFT else n + 1
    )

    @factory.post_generation
    def partners(self, _create, extracted, **_facts):
        """The lead's part, and one for each partner."""
        for position, body in enumerate([self.lead, *(extracted or [])]):
            Part.objects.create(application=self, entity=body, position=position)

    @factory.post_generation
    def complete(self, _create, extracted, **_facts):
        """Everything is answered, and everybody has confirmed."""
        if not extracted and self.state == ApplicationState.DRAFT:
            return
        self.answers = {"aim": "Separate waste.", "budget": "40000"}
        self.save()
        self.parts.update(answers={"part": "Two engineers."}, confirmed_at=OPENS)


class ReadingFactory(factory.django.DjangoModelFactory):
    """An application in the hands of a reader who has declared no conflict."""

    class Meta:
        model = Reading

    application = factory.SubFactory(ApplicationFactory, submitted=True, call__closed=True)
    state = ReadingState.READING
    assigned_at = CLOSES
