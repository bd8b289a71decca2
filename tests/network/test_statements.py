"""What the sides of a record say of it: who may, what follows, and the difference."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import ValidationError

from entrecidades.audit.models import Trace
from entrecidades.network.choices import Confirmation, Stance
from entrecidades.network.models import Entity, Partnership, Place, Statement
from entrecidades.network.rules import NotAllowed, NotAParty, SaidAlready, standing
from entrecidades.network.selectors.statements import sides_said, speaking_for
from entrecidades.network.services import declare_partnership, say_of
from tests.conftest import BEFORE, entrusted
from tests.factories.network import HomologueFactory, MembershipFactory, PartnershipFactory

S = Stance


@pytest.fixture
def partnership(maputo, curitiba):
    return PartnershipFactory(one=maputo.seat, other=curitiba.seat, first_year=1999)


@pytest.fixture
def say(partnership, on_the_day):
    def say(entity, by, stance=S.CONFIRMS, **said):
        say_of(about=partnership, entity=entity, stance=stance, by=by, on=on_the_day, **said)
        partnership.refresh_from_db()
        return partnership.confirmation

    return say


@pytest.mark.parametrize("said", list(itertools.product([None, *S], repeat=2)))
def test_where_a_record_stands_follows_from_what_both_sides_say(said):
    stands = standing(said)
    assert stands == standing(said[::-1])
    denied = any(stance in {S.DIFFERS, S.DENIES} for stance in said)
    assert (stands == Confirmation.DISPUTED) == denied
    assert (stands == Confirmation.CONFIRMED) == (said == (S.CONFIRMS, S.CONFIRMS))
    assert (stands == Confirmation.UNCONFIRMED) == (said == (None, None))


def test_one_side_confirms_then_the_other(say, maputo, curitiba, officer, counterpart):
    assert say(maputo, officer) == Confirmation.ONE_SIDE
    assert say(curitiba, counterpart) == Confirmation.CONFIRMED


def test_the_difference_is_kept_beside_what_is_recorded(say, partnership, curitiba, counterpart):
    assert say(curitiba, counterpart, S.DIFFERS, otherwise={"first_year": "2001"}) == "disputed"
    assert partnership.first_year == 1999
    other = next(side.said for side in sides_said(partnership) if side.names == curitiba.seat)
    assert other.otherwise == {"first_year": 2001}


def test_a_side_may_think_again(say, curitiba, counterpart):
    assert say(curitiba, counterpart, S.DENIES) == Confirmation.DISPUTED
    assert say(curitiba, counterpart) == Confirmation.ONE_SIDE
    assert Statement.objects.count() == 1


def test_what_is_said_leaves_one_trace_each_time_it_is_new(say, curitiba, counterpart):
    for stance in (S.DENIES, S.DENIES, S.CONFIRMS):
        say(curitiba, counterpart, stance)
    first, second = Trace.objects.filter(act="network:record:say").order_by("pk")
    assert first.by_id == counterpart.pk
    assert second.changes["confirmation"] == ["disputed", "one_side"]


def test_nobody_speaks_for_a_body_that_is_not_hers(say, maputo, stranger, curitiba, counterpart):
    with pytest.raises(NotAllowed):
        say(maputo, stranger)
    with pytest.raises(NotAllowed):
        say(maputo, counterpart)
    assert not Statement.objects.exists()


def test_a_body_that_the_record_does_not_name_has_no_word(say, world, stranger):
    with pytest.raises(NotAParty, match="does not name Seattle"):
        say(world.body("Seattle"), stranger)


def test_a_technician_has_no_word(say, maputo):
    with pytest.raises(NotAllowed):
        say(maputo, entrusted(maputo, role="technician"))


@pytest.mark.parametrize("otherwise", [{}, {"first_year": 1999}, {"network": "x"}])
def test_who_differs_says_how(say, maputo, officer, otherwise):
    with pytest.raises(ValidationError, match="Say what is different"):
        say(maputo, officer, S.DIFFERS, otherwise=otherwise)


def test_what_makes_no_sense_is_refused(say, maputo, officer):
    with pytest.raises(ValidationError):
        say(maputo, officer, S.DIFFERS, otherwise={"first_year": "long ago"})


@pytest.mark.parametrize("make", [MembershipFactory, HomologueFactory])
def test_ties_between_bodies_are_confirmed_by_both(make, anci, maputo, on_the_day):
    ends = make._meta.model.SIDES
    tie = make(**dict(zip(ends, (maputo, anci), strict=True)))
    for body in (maputo, anci):
        person = entrusted(body)
        assert speaking_for(person, tie, on=on_the_day) == [body]
        say_of(about=tie, entity=body, stance=S.CONFIRMS, by=person, on=on_the_day)
    tie.refresh_from_db()
    assert tie.confirmation == Confirmation.CONFIRMED


def test_a_city_declares_what_no_list_knows(maputo, officer, world, on_the_day):
    pair = declare_partnership(
        entity=maputo, partner=world["Lyon"], first_year=2007, by=officer, on=on_the_day
    )
    pair.refresh_from_db()
    assert (pair.confirmation, pair.sources) == (Confirmation.ONE_SIDE, ["declared"])


@pytest.mark.parametrize(
    ("partner", "refusal"), [("Curitiba", SaidAlready), ("Maputo", NotAParty)]
)
def test_what_is_known_or_no_pair_cannot_be_declared(partnership, officer, partner, refusal):
    maputo, there = Entity.objects.get(name="Maputo"), Place.objects.get(name=partner)
    facts = {"entity": maputo, "partner": there, "first_year": None, "by": officer}
    with pytest.raises(refusal):
        declare_partnership(**facts, on=BEFORE)
    assert list(Partnership.objects.bilateral().filter(first_year=1999)) == [partnership]


def test_the_years_of_a_tie_are_days(anci, maputo, on_the_day):
    tie = MembershipFactory(member=maputo, group=anci)
    word = say_of(
        about=tie,
        entity=maputo,
        stance=S.DIFFERS,
        otherwise={"valid_from": dt.date(2001, 5, 2)},
        by=entrusted(maputo),
        on=on_the_day,
    )
    assert word.otherwise == {"valid_from": "2001-05-02"}
