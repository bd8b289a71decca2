"""An association with many members, written in bulk; some of them complete, some silent."""

from entrecidades.accounts.models import Person
from entrecidades.accounts.roles import MandateRole
from entrecidades.network.choices import Kind, Tier
from entrecidades.network.models import Entity, Mandate, Membership
from tests.factories.network import CountryFactory, RegionFactory


def members_in_bulk(association, count, *, people_every=3):
    """So many municipalities that belong to an association; every third has an officer."""
    country = CountryFactory(code=association.country_id)
    regions = [RegionFactory(country=country, code=f"9{number}") for number in range(5)]
    bodies = Entity.objects.bulk_create(
        Entity(
            name=f"Member {number:05}",
            slug=f"member-{number:05}",
            kind=Kind.LOCAL_GOVERNMENT,
            tier=Tier.MUNICIPALITY,
            country=country,
            region=regions[number % 5],
            website="https://city.example" if number % 2 else "",
        )
        for number in range(count)
    )
    Membership.objects.bulk_create(Membership(member=one, group=association) for one in bodies)
    people = Person.objects.bulk_create(
        Person(email=f"officer-{one.pk}@city.example", language="it")
        for one in bodies[::people_every]
    )
    Mandate.objects.bulk_create(
        Mandate(entity=body, person=person, role=MandateRole.OFFICER)
        for body, person in zip(bodies[::people_every], people, strict=True)
    )
    return bodies
