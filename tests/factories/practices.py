"""Practices, offers and needs."""

import factory

from entrecidades.network.choices import Visibility
from entrecidades.practices.choices import PostingState, PracticeState, Side
from entrecidades.practices.models import Posting, Practice
from tests.factories.network import EntityFactory


class PracticeFactory(factory.django.DjangoModelFactory):
    """A practice that everybody may read; ``themes=[...]`` files it."""

    class Meta:
        model = Practice
        skip_postgeneration_save = True

    class Params:
        example = factory.Trait(is_example=True)

    key = factory.Sequence(lambda n: f"practice-{n}")
    entity = factory.SubFactory(EntityFactory)
    title = factory.LazyAttribute(lambda practice: {"en": f"Title of {practice.key}"})
    summary = factory.LazyAttribute(lambda practice: {"en": f"Summary of {practice.key}"})
    state = PracticeState.PUBLISHED
    visibility = Visibility.PUBLIC

    @factory.post_generation
    def themes(self, create, extracted, **_kwargs):
        if create and extracted:
            self.themes.set(extracted)


class PostingFactory(factory.django.DjangoModelFactory):
    """A published offer; traits for a need, a draft, an example; ``themes=[...]`` files it."""

    class Meta:
        model = Posting
        skip_postgeneration_save = True

    class Params:
        need = factory.Trait(side=Side.NEED)
        drafted = factory.Trait(state=PostingState.DRAFT)
        example = factory.Trait(is_example=True)

    side = Side.OFFER
    entity = factory.SubFactory(EntityFactory)
    title = factory.Sequence(lambda n: {"en": f"Posting {n}"})
    text = factory.LazyAttribute(lambda posting: {"en": f"Text of {posting.title['en']}"})
    forms = factory.LazyFunction(lambda: ["study_visit"])
    languages = factory.LazyFunction(lambda: ["pt"])
    state = PostingState.PUBLISHED
    visibility = Visibility.PUBLIC

    @factory.post_generation
    def themes(self, create, extracted, **_kwargs):
        if create and extracted:
            self.themes.set(extracted)
