"""Rounds of a programme that belong to none of its calls: nobody needs to have applied."""

import pytest

from entrecidades.calls.choices import Follow
from entrecidades.calls.rules.pairing import NotASide, NotYetPaired
from entrecidades.calls.selectors.rounds import (
    cities_of,
    pairs_named_to,
    published_without_a_call,
    rounds_of_year,
)
from entrecidades.calls.services import follow_pair, make_round, publish_round
from entrecidades.cooperation.models import Programme
from entrecidades.mail.calls import pair as letter_of
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import reader_of
from tests.factories.accounts import PersonFactory
from tests.factories.calls import ApplicationFactory, CallFactory
from tests.factories.rounds import AT, answered, cities, coordinator_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def direct():
    """A round of two lists, and who coordinates the programme; one body has applied elsewhere."""
    call = CallFactory(state="decided")
    by = coordinator_of(call)
    firsts, seconds = cities(["Natal", "Recife"], "BR"), cities(["Bari", "Torino"], "IT")
    ApplicationFactory(
        call=call, lead=firsts[0], partners=[seconds[0]], state="accepted", submitted_at=AT
    )
    made = make_round(
        programme=call.programme, title=" Direct ", firsts=[(one, 1) for one in firsts],
        seconds=[(one, 1) for one in seconds], by=by, at=AT,
    )  # fmt: skip
    return made, by, call


def published(made, by):
    run = answered(made, by, [(0, 1), (1, 0)])
    return publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow=Follow.PROJECT, by=by, at=AT
    )


def test_it_belongs_to_the_programme_and_pins_nobody(direct):
    made, _by, call = direct
    assert (made.call, made.programme, made.title) == (None, call.programme, "Direct")
    assert not made.ties.exists()
    assert made.members.count() == 4


def test_only_who_runs_the_programme_makes_one_and_it_needs_one(direct):
    made, by, _call = direct
    facts = {"title": "x", "firsts": [], "seconds": [], "at": AT}
    with pytest.raises(NotAllowed):
        make_round(programme=made.programme, by=PersonFactory(), **facts)
    with pytest.raises(NotASide, match="belongs to a programme"):
        make_round(by=by, **facts)


def test_its_pairs_are_published_named_followed_and_told(direct):
    made, by, call = direct
    published(made, by)
    named, unnamed = pairs_named_to(reader_of(PersonFactory(), on=AT.date()), made)
    assert (len(named), unnamed) == (2, 0)  # who applied to a call and kept silent did so there
    pair = follow_pair(pair_id=named[0].pk, follow=Follow.PROJECT, by_id=by.pk, at=AT)
    assert pair.project.programme == call.programme
    told = letter_of(pair.pk)
    assert (told["call"], told["first"]) == (None, "Natal")
    assert [one.count for one in published_without_a_call(call.programme)] == [2]
    assert list(rounds_of_year(call.programme_id, AT.year)) == [made]


def test_of_a_draft_nothing_is_published(direct):
    made, by, _call = direct
    Programme.objects.filter(pk=made.programme_id).update(state="draft")
    with pytest.raises(NotYetPaired, match="Publish the programme first"):
        published(made, by)


def test_the_cities_of_a_country_are_those_that_are_registered(world):
    assert cities_of("IT") == []
    there = [world.body(name) for name in ("Turin", "Genoa", "Lyon")]
    assert cities_of("IT") == there[:2]
