"""Places, bodies and the ties between them; defaults make the smallest valid thing."""

import datetime as dt

import factory

from entrecidades.accounts.roles import MandateRole
from entrecidades.engines.folding import fold
from entrecidades.kernel.ids import slug_of
from entrecidades.network.choices import Kind, Tier
from entrecidades.network.models import (
    Claim,
    Country,
    Entity,
    EntityName,
    Homologue,
    Identifier,
    Invitation,
    Mandate,
    Membership,
    Partnership,
    Place,
    PlaceName,
    Post,
    Region,
    Succession,
)


class CountryFactory(factory.django.DjangoModelFactory):
    """A country by its code; asked for twice, it is one row."""

    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "BR"


class RegionFactory(factory.django.DjangoModelFactory):
    """A first-level division."""

    class Meta:
        model = Region
        django_get_or_create = ("country", "code")

    country = factory.SubFactory(CountryFactory)
    code = factory.Sequence(lambda n: f"{n:02}")
    name = factory.LazyAttribute(lambda region: f"Region {region.code}")


class PlaceFactory(factory.django.DjangoModelFactory):
    """A city on the equator; tests that need a real one take it from `tests.factories.world`."""

    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Place {n}")
    slug = factory.LazyAttribute(lambda place: slug_of(place.name))
    key = factory.LazyAttribute(lambda place: fold(place.name))
    country = factory.SubFactory(CountryFactory)
    latitude = 0.0
    longitude = factory.Sequence(lambda n: float(n % 180))
    population = 100_000


class PlaceNameFactory(factory.django.DjangoModelFactory):
    """Another name of a place."""

    class Meta:
        model = PlaceName

    place = factory.SubFactory(PlaceFactory)
    name = factory.Sequence(lambda n: f"Other name {n}")
    key = factory.LazyAttribute(lambda name: fold(name.name))


class EntityFactory(factory.django.DjangoModelFactory):
    """A municipality; ``association=True`` makes a national association of them."""

    class Meta:
        model = Entity

    class Params:
        association = factory.Trait(kind=Kind.ASSOCIATION, tier="")

    name = factory.Sequence(lambda n: f"City {n}")
    slug = factory.LazyAttribute(lambda entity: slug_of(entity.name))
    kind = Kind.LOCAL_GOVERNMENT
    tier = Tier.MUNICIPALITY
    country = factory.SubFactory(CountryFactory)


class EntityNameFactory(factory.django.DjangoModelFactory):
    """What a body is called in one language."""

    class Meta:
        model = EntityName

    entity = factory.SubFactory(EntityFactory)
    language = "en"
    name = factory.LazyAttribute(lambda name: name.entity.name)
    key = factory.LazyAttribute(lambda name: fold(name.name))


class IdentifierFactory(factory.django.DjangoModelFactory):
    """A number under which a scheme knows a body."""

    class Meta:
        model = Identifier

    entity = factory.SubFactory(EntityFactory)
    scheme = "BR-IBGE"
    value = factory.Sequence(lambda n: f"{n:07}")


class PartnershipFactory(factory.django.DjangoModelFactory):
    """Two partner places, in the order in which they are stored."""

    class Meta:
        model = Partnership

    one = factory.SubFactory(PlaceFactory)
    other = factory.SubFactory(PlaceFactory)
    external_id = factory.Sequence(lambda n: f"example:{n}")
    confidence = "high"

    @classmethod
    def _create(cls, model_class, *args, **facts):
        one, other = sorted([facts.pop("one"), facts.pop("other")], key=lambda place: place.pk)
        return super()._create(model_class, *args, one=one, other=other, **facts)


class MandateFactory(factory.django.DjangoModelFactory):
    """Somebody acts for a body; the test says who. A person is an officer unless it says more."""

    class Meta:
        model = Mandate

    entity = factory.SubFactory(EntityFactory)
    person = None
    role = factory.LazyAttribute(lambda mandate: MandateRole.OFFICER if mandate.person else "")


class MembershipFactory(factory.django.DjangoModelFactory):
    """A body belongs to another."""

    class Meta:
        model = Membership

    member = factory.SubFactory(EntityFactory)
    group = factory.SubFactory(EntityFactory, association=True)


class HomologueFactory(factory.django.DjangoModelFactory):
    """Two counterparts, in the order in which they are stored."""

    class Meta:
        model = Homologue

    one = factory.SubFactory(EntityFactory, association=True)
    other = factory.SubFactory(EntityFactory, association=True)

    @classmethod
    def _create(cls, model_class, *args, **facts):
        one, other = sorted([facts.pop("one"), facts.pop("other")], key=lambda body: body.pk)
        return super()._create(model_class, *args, one=one, other=other, **facts)


class SuccessionFactory(factory.django.DjangoModelFactory):
    """One body came after another."""

    class Meta:
        model = Succession

    predecessor = factory.SubFactory(EntityFactory)
    successor = factory.SubFactory(EntityFactory)
    kind = "renaming"


class PostFactory(factory.django.DjangoModelFactory):
    """An office in a body."""

    class Meta:
        model = Post

    entity = factory.SubFactory(EntityFactory)
    title = factory.LazyFunction(lambda: {"en": "International relations"})


class InvitationFactory(factory.django.DjangoModelFactory):
    """An invitation that is open to whoever has its link or code."""

    class Meta:
        model = Invitation

    role = MandateRole.OFFICER
    is_open = True
    code_hash = factory.Sequence(lambda n: f"{n:064}")
    made_at = dt.datetime(2009, 11, 18, tzinfo=dt.UTC)
    expires_at = dt.datetime(2009, 12, 2, tzinfo=dt.UTC)


class ClaimFactory(factory.django.DjangoModelFactory):
    """Somebody says that she acts for a body; her letter is not answered yet."""

    class Meta:
        model = Claim

    entity = factory.SubFactory(EntityFactory)
    email = factory.Sequence(lambda n: f"claimant-{n}@example.org")
    name = "Claimant"
    made_at = dt.datetime(2009, 11, 18, tzinfo=dt.UTC)
