"""The fourteen kinds of people who come to the door, around one city of Mozambique."""

import datetime as dt

from django.test import Client

from entrecidades.network.choices import Kind, Tier
from tests.conftest import BEFORE, entrusted
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory, MandateFactory, MembershipFactory

WITHIN = ("technician", "officer", "approver", "admin", "evaluator", "event_staff")
STRANGERS = ("anonymous", "deactivated", "token")
PEOPLE = (*STRANGERS, "member", *WITHIN, "foreign", "coordinator", "overseer", "operator")


def association_of(city):
    """An association that has the city among its members, and acts for it."""
    group = EntityFactory(name="ANAMM", slug="anamm", country=city.country, association=True)
    MembershipFactory(member=city, group=group, valid_from=BEFORE)
    MandateFactory(entity=city, agent=group, valid_from=BEFORE)
    return group


def ministry_of(city):
    """A body whose people oversee the country of the city."""
    facts = {"kind": Kind.AGENCY, "tier": Tier.NATIONAL, "country": city.country}
    return EntityFactory(name="Ministério", slug="ministerio", **facts)


def people_around(city, other):
    """A person of each kind that has an account, by the name of her kind."""
    found = {role: entrusted(city, role=role, email=f"{role}@city.example") for role in WITHIN}
    gone = entrusted(city, role="admin", email="gone@city.example", is_active=False)
    return found | {
        "deactivated": gone,
        "member": PersonFactory(email="member@people.example"),
        "foreign": entrusted(other, role="admin", email="admin@other.example"),
        "coordinator": entrusted(
            association_of(city), role="coordinator", email="coordinator@anamm.example"
        ),
        "overseer": entrusted(
            ministry_of(city), role="overseer", email="analyst@ministry.example"
        ),
        "operator": PersonFactory(email="operator@house.example", is_staff=True),
    }


def door_of(kind, people):
    """A browser in which somebody of a kind has logged in, as far as she can."""
    if kind == "token":
        return Client(headers={"Authorization": "Bearer no-such-token"})
    browser = Client()
    if kind in people:
        browser.force_login(people[kind])  # whose account was closed: her old session
    return browser


A_MOMENT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
