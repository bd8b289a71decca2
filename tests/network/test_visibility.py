"""Who sees a record: the condition, told against a plain account of the ladder."""

import datetime as dt
import itertools

import pytest

from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader, audience_of, reader_of, seen_by
from entrecidades.practices.choices import PostingState
from entrecidades.practices.models import Posting
from tests.conftest import entrusted
from tests.factories.network import EntityFactory, MandateFactory, MembershipFactory
from tests.factories.practices import PostingFactory

DAY = dt.date(2009, 11, 19)
EVE, MORROW = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
STATES = (PostingState.DRAFT, PostingState.PUBLISHED, PostingState.WITHDRAWN)


@pytest.fixture
def people(maputo, anci):
    """Somebody of each kind towards a record of Maputo, a member of the association."""
    MembershipFactory(member=maputo, group=anci)
    ministry = EntityFactory(country=maputo.country)
    trusted = EntityFactory(association=True)
    MandateFactory(entity=maputo, agent=trusted)
    former = EntityFactory(association=True)
    MembershipFactory(member=maputo, group=former, valid_to=EVE)
    return {
        "own": [entrusted(maputo), entrusted(trusted), entrusted(maputo, role="technician")],
        "association": [entrusted(anci)],
        "oversight": [entrusted(ministry, role="overseer")],
        "others": [
            entrusted(former),
            entrusted(EntityFactory()),
            entrusted(maputo, role="evaluator"),
        ],
    }


def told(kind, posting):
    """The ladder in plain words, without the database."""
    if kind == "own":
        return True
    if posting.state != PostingState.PUBLISHED or posting.embargo_until == MORROW:
        return False
    rung = {"association": 20, "oversight": 30, "others": 40}[kind]
    return posting.visibility >= rung


@pytest.mark.parametrize("embargo", [None, DAY, MORROW])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("rung", Visibility)
def test_each_sees_what_the_ladder_says(people, maputo, rung, state, embargo):
    posting = PostingFactory(entity=maputo, visibility=rung, state=state, embargo_until=embargo)
    for kind, some in people.items():
        for person in some:
            reader = reader_of(person, on=DAY)
            seen = Posting.objects.filter(seen_by(reader, Posting)).exists()
            assert seen == told(kind, posting), (kind, rung, state, embargo)


def test_a_stranger_sees_what_is_out_for_everybody_and_nothing_else(maputo):
    rungs = itertools.product(Visibility, STATES)
    made = {
        (rung, state): PostingFactory(entity=maputo, visibility=rung, state=state).pk
        for rung, state in rungs
    }
    seen = Posting.objects.filter(seen_by(Reader(on=DAY), Posting))
    assert [posting.pk for posting in seen] == [made[Visibility.PUBLIC, PostingState.PUBLISHED]]


def test_the_mandates_of_an_association_that_are_over_show_nothing(maputo, anci):
    coordinator = entrusted(anci)
    MandateFactory(entity=maputo, agent=anci, valid_to=EVE)
    PostingFactory(entity=maputo, visibility=Visibility.PRIVATE)
    reader = reader_of(coordinator, on=DAY)
    assert not Posting.objects.filter(seen_by(reader, Posting)).exists()


def test_an_overseer_of_another_country_sees_no_more_than_everybody(maputo):
    overseer = entrusted(EntityFactory(country__code="IT"), role="overseer")
    PostingFactory(entity=maputo, visibility=Visibility.OVERSIGHT)
    reader = reader_of(overseer, on=DAY)
    assert not Posting.objects.filter(seen_by(reader, Posting)).exists()


@pytest.mark.parametrize("embargo", [None, MORROW])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("rung", Visibility)
def test_what_the_page_says_of_an_audience_is_what_happens(people, maputo, rung, state, embargo):
    posting = PostingFactory(entity=maputo, visibility=rung, state=state, embargo_until=embargo)
    said = {row.rung: row for row in audience_of(posting, reader=Reader(on=DAY))}
    happens = {
        Visibility.PRIVATE: people["own"],
        Visibility.ASSOCIATION: people["association"],
        Visibility.OVERSIGHT: people["oversight"],
        Visibility.PUBLIC: people["others"],
    }
    for step, some in happens.items():
        reader = reader_of(some[0], on=DAY)
        seen = Posting.objects.filter(seen_by(reader, Posting)).exists()
        assert said[step].now == seen, step


def test_the_page_names_the_bodies_of_each_rung(people, maputo, anci):
    posting = PostingFactory(entity=maputo, visibility=Visibility.PUBLIC)
    said = {row.rung: row.bodies for row in audience_of(posting, reader=Reader(on=DAY))}
    trusted = Entity.objects.get(mandates_held__entity=maputo)
    assert said[Visibility.PRIVATE] == [maputo, trusted]
    assert said[Visibility.ASSOCIATION] == [anci]
