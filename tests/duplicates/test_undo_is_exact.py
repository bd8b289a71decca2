"""Merged and undone, every table is as it was, whatever the two bodies had."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.cooperation.models import Coordination
from entrecidades.duplicates.services import merge_entities, undo_merge
from entrecidades.network.models import Entity, Membership, Statement
from tests.conftest import A_MOMENT
from tests.duplicates.tables import everything
from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import IntroductionFactory, ProgrammeFactory, RelationFactory
from tests.factories.network import (
    CountryFactory,
    EntityFactory,
    EntityNameFactory,
    HomologueFactory,
    IdentifierFactory,
    MandateFactory,
    MembershipFactory,
    PostFactory,
    SuccessionFactory,
)
from tests.factories.practices import PostingFactory, PracticeFactory

pytestmark = pytest.mark.django_db

BODIES, PEOPLE = 4, 2
DAYS = [None, dt.date(1999, 1, 1), dt.date(2005, 5, 5), dt.date(2010, 1, 1)]
body = st.integers(0, BODIES - 1)
two_bodies = st.lists(body, min_size=2, max_size=2, unique=True)
days = st.sampled_from(
    [(since, until) for since in DAYS for until in DAYS if not (since and until and until < since)]
)
dated = st.tuples(two_bodies, days)


def distinct(elements, key, most=6):
    """A few drawings that the database lets stand together."""
    return st.lists(elements, max_size=most, unique_by=key)


def ends(pair):
    """The two ends of a tie with a direction."""
    return tuple(pair)


def from_a_day(tie):
    """The two ends, and the first day."""
    (one, other), (since, _until) = tie
    return one, other, since


def between(tie):
    """The two ends of a tie without direction."""
    return tuple(sorted(tie[0]))


def span(pair):
    return dict(zip(("valid_from", "valid_to"), pair, strict=True))


registers = st.fixed_dictionaries(
    {
        "memberships": distinct(dated, from_a_day),
        "homologues": distinct(dated, between),
        "successions": distinct(two_bodies, ends),
        "contacts": distinct(two_bodies, ends),
        "mandates": st.lists(
            st.tuples(
                body, st.integers(0, PEOPLE - 1), st.sampled_from(["officer", "admin"]), days
            ),
            max_size=6,
        ),
        "entrusted": st.lists(dated, max_size=3),
        "names": st.lists(
            st.tuples(body, st.sampled_from(["pt", "fr"]), st.sampled_from(["A", "B"]), days),
            max_size=6,
        ),
        "numbers": st.lists(st.tuples(body, days), max_size=4),
        "postings": st.lists(body, max_size=2),
        "posts": st.lists(st.tuples(body, days), max_size=3),
        "statements": distinct(st.tuples(body, st.integers(0, 2)), ends),
        "coordinators": st.sets(body),
        "coordinations": st.sets(body),
    }
)
choices = st.dictionaries(
    st.sampled_from(["name", "acronym", "website", "population", "valid_from"]),
    st.sampled_from(["survivor", "absorbed"]),
)


@contextmanager
def for_once():
    """One drawing: what is built for it is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build(drawn):
    """The register that was drawn; its bodies."""
    facts = [
        {"name": "Curitiba", "website": "https://curitiba.example", "population": 10},
        {"name": "Prefeitura de Curitiba", "acronym": "PMC", "valid_from": dt.date(1900, 1, 1)},
        {"name": "Maputo", "country": CountryFactory(code="MZ")},
        {"name": "Torino", "country": CountryFactory(code="IT")},
    ]
    bodies = [EntityFactory(**one) for one in facts]
    people = [PersonFactory() for _number in range(PEOPLE)]
    for (member, group), when in drawn["memberships"]:
        MembershipFactory(member=bodies[member], group=bodies[group], **span(when))
    for (one, other), when in drawn["homologues"]:
        HomologueFactory(one=bodies[one], other=bodies[other], **span(when))
    for before, after in drawn["successions"]:
        SuccessionFactory(predecessor=bodies[before], successor=bodies[after])
    for asker, asked in drawn["contacts"]:
        IntroductionFactory(asker=bodies[asker], asked=bodies[asked])
    for whose, person, role, when in drawn["mandates"]:
        MandateFactory(entity=bodies[whose], person=people[person], role=role, **span(when))
    for (whose, agent), when in drawn["entrusted"]:
        MandateFactory(entity=bodies[whose], agent=bodies[agent], **span(when))
    _tell(drawn, bodies)
    return bodies


def _tell(drawn, bodies):
    """What the bodies are called, and what they have published."""
    for whose, language, name, when in drawn["names"]:
        EntityNameFactory(entity=bodies[whose], language=language, name=name, **span(when))
    for whose, when in drawn["numbers"]:
        IdentifierFactory(entity=bodies[whose], **span(when))
    for whose in drawn["postings"]:
        PostingFactory(entity=bodies[whose], practice=PracticeFactory(entity=bodies[whose]))
    for whose, when in drawn["posts"]:
        PostFactory(entity=bodies[whose], **span(when))
    ties = list(Membership.objects.order_by("pk")[:3])
    for whose, number in drawn["statements"]:
        subject = f"network.Membership:{ties[number].pk if number < len(ties) else 0}"
        Statement.objects.get_or_create(
            subject=subject, entity=bodies[whose], stance="confirms", said_on=dt.date(2009, 1, 1)
        )
    relation = RelationFactory()
    relation.coordinators.set([bodies[whose] for whose in drawn["coordinators"]])
    programme = ProgrammeFactory(relation=relation)
    for whose in drawn["coordinations"]:
        Coordination.objects.create(
            programme=programme, entity=bodies[whose], country=bodies[whose].country
        )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(registers, st.permutations(range(BODIES)), choices)
def test_merged_and_undone_every_table_is_as_it_was(drawn, order, chosen):
    with for_once():
        bodies = build(drawn)
        survivor, absorbed = (bodies[number] for number in order[:2])
        before = everything()
        merge = merge_entities(
            survivor=survivor, absorbed=absorbed, by=None, at=A_MOMENT, choices=chosen
        )
        assert everything() != before
        undo_merge(merge.pk, by=None, at=A_MOMENT)
        assert everything() == before


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(registers, st.permutations(range(BODIES)))
def test_two_merges_are_undone_one_after_the_other(drawn, order):
    with for_once():
        bodies = build(drawn)
        a, b, c, _other = (bodies[number] for number in order)
        before = everything()
        first = merge_entities(survivor=a, absorbed=b, by=None, at=A_MOMENT)
        between_both = everything()
        second = merge_entities(survivor=c, absorbed=a, by=None, at=A_MOMENT)
        undo_merge(second.pk, by=None, at=A_MOMENT)
        assert everything() == between_both
        undo_merge(first.pk, by=None, at=A_MOMENT)
        assert everything() == before


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(registers, st.permutations(range(BODIES)))
def test_no_row_is_lost_and_every_date_is_kept(drawn, order):
    with for_once():
        bodies = build(drawn)
        survivor, absorbed = (bodies[number] for number in order[:2])
        before = {label: len(rows) for label, rows in everything().items()}
        merge = merge_entities(survivor=survivor, absorbed=absorbed, by=None, at=A_MOMENT)
        after = {label: len(rows) for label, rows in everything().items()}
        aside = [one["model"] for one in merge.aside]
        made = {label: len(marks) for label, marks in merge.made.items()}
        for label, count in before.items():
            assert after[label] == count - aside.count(label) + made.get(label, 0)
        dates = {"valid_from", "valid_to", "happened_on"}
        touched = [one for one in merge.changed if one["model"] != Entity._meta.label]
        assert not any(dates & one["now"].keys() for one in touched)
