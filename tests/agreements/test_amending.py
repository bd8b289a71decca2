"""An addendum in force changes the last day and the parties of what it amends, and back."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.agreements import jobs
from entrecidades.agreements.choices import Act
from entrecidades.agreements.life import (
    BY_ADDENDUM,
    Decision,
    NotDecided,
    NothingToUndo,
    NotNow,
    NotYourStep,
)
from entrecidades.agreements.models import Agreement, AgreementMove
from entrecidades.agreements.patterns import patterns
from entrecidades.agreements.selectors import (
    Changes,
    bound_parties,
    changes_made,
    text_from,
    unsigned_parties,
)
from entrecidades.agreements.services import (
    let_expire,
    open_addendum,
    remind_of_end,
    set_term,
    take_agreement_step,
)
from entrecidades.audit.models import Trace
from entrecidades.kernel.errors import Refusal
from entrecidades.network.models import Entity
from tests.agreements.addenda import BEGUN, bring_into_force, signed_addendum, take_it_back
from tests.agreements.life import Life
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.agreements import AgreementFactory, SignatoryFactory
from tests.factories.network import EntityFactory

END, LATER = dt.date(2010, 1, 31), dt.date(2012, 3, 31)
DAY = dt.timedelta(days=1)


@pytest.fixture
def agreement(maputo, curitiba):
    agreement = AgreementFactory(drafter=maputo, partners=[curitiba], binding=True, ends_on=END)
    for party in agreement.parties.all():
        SignatoryFactory(party=party, signed_on=BEGUN)
    return agreement


@pytest.fixture
def lyon(db):
    return EntityFactory(name="Lyon", country__code="FR")


def bound(agreement):
    return {party.entity for party in bound_parties(agreement)}


def midnight(day):
    return dt.datetime.combine(day, dt.time.min, dt.UTC)


def test_a_new_last_day_is_that_of_the_agreement_and_the_old_one_is_kept(agreement, officer):
    addendum = signed_addendum(agreement, officer, ends_on=LATER)
    agreement.refresh_from_db()
    assert agreement.ends_on == END
    bring_into_force(addendum, officer)
    agreement.refresh_from_db()
    assert (agreement.ends_on, agreement.state) == (LATER, "in_force")
    made = changes_made(agreement).get()
    assert (made.was_ends_on, made.addendum, made.decided_on) == (END, addendum, A_DAY)
    told = next(one for one in Trace.objects.filter(act=Act.STEP) if "ends_on" in one.changes)
    assert told.facts["step"] == "extend"
    assert told.changes["ends_on"] == [END.isoformat(), LATER.isoformat()]
    assert told.facts["act_number"] == addendum.reference


def test_reminders_and_the_end_follow_the_new_day_and_the_addendum_has_none(agreement, officer):
    remind_of_end(agreement_id=agreement.pk, at=A_MOMENT)
    agreement.refresh_from_db()
    assert agreement.state == "renewal_due"
    addendum = bring_into_force(signed_addendum(agreement, officer, ends_on=LATER), officer)
    agreement.refresh_from_db()
    assert agreement.state == "renewed"
    jobs.expire_agreements(on=(END + DAY).isoformat())
    assert not let_expire(agreement_id=agreement.pk, at=midnight(END + DAY))
    for one in (agreement, addendum):
        told = remind_of_end(agreement_id=one.pk, at=midnight(LATER - 90 * DAY))
        assert told == (one == agreement)
    jobs.expire_agreements(on=(LATER + DAY).isoformat())
    states = Agreement.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["expired", "in_force"]


def test_who_joins_and_who_leaves_is_told_and_nobody_signs_twice(
    agreement, officer, lyon, curitiba
):
    third = EntityFactory(name="Turin", country__code="IT")
    addendum = signed_addendum(agreement, officer, joining=[lyon, third], leaving=[curitiba])
    assert bound(agreement) == {agreement.drafter, curitiba}
    bring_into_force(addendum, officer)
    assert bound(agreement) == {agreement.drafter, lyon, third}
    assert agreement.parties.get(entity=curitiba).role == "former"
    assert unsigned_parties(agreement) == []
    admin = entrusted(agreement.drafter, "admin")
    decided = Decision("Council", "3", A_DAY, "A pause.")
    for step in ("suspend", "resume"):
        take_agreement_step(
            agreement_id=agreement.pk, step=step, by=admin, at=A_MOMENT, decision=decided
        )
    with pytest.raises(NotYourStep):
        take_agreement_step(
            agreement_id=agreement.pk, step="suspend", by=entrusted(curitiba), at=A_MOMENT
        )


def test_who_has_left_may_join_again_and_back_again(agreement, officer, curitiba, lyon):
    bring_into_force(
        signed_addendum(agreement, officer, joining=[lyon], leaving=[curitiba]), officer
    )
    again = signed_addendum(agreement, officer, joining=[curitiba])
    assert again.parties.filter(entity=curitiba).get().is_bound
    bring_into_force(again, officer)
    assert curitiba in bound(agreement)
    take_it_back(again, officer)
    assert agreement.parties.get(entity=curitiba).role == "former"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"joining": "Curitiba"}, "Curitiba is a party of it already"),
        ({"leaving": "Lyon"}, "Lyon cannot leave"),
        ({"leaving": "Curitiba"}, "Too few would be left"),
        ({"ends_on": BEGUN - DAY}, "cannot come before"),
    ],
)
@pytest.mark.usefixtures("lyon")
def test_what_contradicts_is_refused_when_it_is_opened(agreement, officer, changes, words):
    facts = {
        name: [Entity.objects.get(name=said)] if isinstance(said, str) else said
        for name, said in changes.items()
    }
    with pytest.raises(NotDecided, match=words):
        signed_addendum(agreement, officer, **facts)
    assert not agreement.addenda.exists()


def test_every_contradiction_is_named_at_once(agreement, officer, lyon, curitiba):
    with pytest.raises(NotDecided) as refusal:
        signed_addendum(
            agreement,
            officer,
            ends_on=BEGUN - DAY,
            joining=[curitiba],
            leaving=[lyon],
        )
    assert len(refusal.value.messages) == 3


def test_what_has_ended_meanwhile_is_not_changed(agreement, officer):
    addendum = signed_addendum(agreement, officer, ends_on=LATER)
    Agreement.objects.filter(pk=agreement.pk).update(state="expired")
    with pytest.raises(NotDecided, match="has ended"):
        bring_into_force(addendum, officer)
    addendum.refresh_from_db()
    assert addendum.state == "signed"


def test_an_addendum_that_begins_later_changes_on_its_day(agreement, officer, lyon):
    begins = A_DAY + 10 * DAY
    addendum = signed_addendum(agreement, officer, ends_on=LATER, joining=[lyon], begins=begins)
    bring_into_force(addendum, officer)
    jobs.carry_addenda_over(on=(begins - DAY).isoformat())
    assert lyon not in bound(agreement)
    for day in (begins, begins + DAY):
        jobs.carry_addenda_over(on=day.isoformat())
    agreement.refresh_from_db()
    assert (agreement.ends_on, lyon in bound(agreement)) == (LATER, True)
    assert changes_made(agreement).count() == 2


def test_on_its_day_what_contradicts_by_then_changes_nothing(agreement, officer, lyon):
    begins = A_DAY + 10 * DAY
    late = signed_addendum(agreement, officer, joining=[lyon], begins=begins)
    bring_into_force(late, officer)
    bring_into_force(signed_addendum(agreement, officer, joining=[lyon]), officer)
    jobs.carry_addenda_over(on=begins.isoformat())
    assert changes_made(agreement).count() == 1


def test_an_addendum_is_neither_renewed_nor_dated_before_what_it_amends(agreement, officer):
    addendum = open_addendum(
        amends=agreement,
        drafter=agreement.drafter,
        title={"en": "More"},
        by=officer,
        at=A_MOMENT,
    )
    who = {"agreement_id": addendum.pk, "by": officer, "at": A_MOMENT}
    with pytest.raises(NotDecided):
        set_term(**who, in_force_from=None, ends_on=BEGUN - DAY)
    Agreement.objects.filter(pk=addendum.pk).update(
        state="in_force", signed_on=A_DAY, in_force_from=A_DAY
    )
    longer = Decision("Council", "9", A_DAY, ends_on=LATER)
    with pytest.raises(NotNow):
        take_agreement_step(**who, step="renew", decision=longer)


def test_nobody_takes_the_steps_of_an_addendum_by_hand(agreement, officer):
    for by in (officer, None):
        for step in BY_ADDENDUM:
            with pytest.raises(NotYourStep):
                take_agreement_step(agreement_id=agreement.pk, step=step, by=by, at=A_MOMENT)


def test_no_signature_lets_an_agreement_begin_after_its_last_day(maputo, curitiba):
    life = Life(AgreementFactory(drafter=maputo, partners=[curitiba], ends_on=A_DAY - 30 * DAY))
    with pytest.raises(NotDecided, match="cannot end before"):
        life.until_signed()


def test_its_text_names_who_leaves(agreement, officer, lyon, curitiba):
    addendum = signed_addendum(agreement, officer, joining=[lyon], leaving=[curitiba])
    addendum.languages = ["fr"]
    _title, clauses = text_from(patterns()["addendum"], addendum)
    said = {clause.key: clause.body["fr"] for clause in clauses}
    assert f"à l’Accord : {curitiba.name_in('fr')}." in said["withdrawal"]


PLANS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 900)),
        st.sets(st.integers(0, 4), max_size=2),
        st.sets(st.integers(0, 4), max_size=2),
    ),
    min_size=1,
    max_size=4,
)
ACTS = st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12)


class Model:
    """What an agreement should say, by the rules told in words: a stack of changes."""

    def __init__(self, ends_on, bodies):
        self.now, self.done = (ends_on, frozenset(bodies)), []

    def apply(self, key, plan):
        """Whether the plan fits what stands; if it does, it stands too."""
        ends_on, joining, leaving = plan
        was_on, was = self.now
        after = (was | joining) - leaving
        if joining & was or leaving - was or (leaving and len(after) < 2):
            return False
        if ends_on or joining or leaving:
            self.done.append((key, self.now))
            self.now = (ends_on or was_on, after)
        return True

    def undo(self, key):
        """Whether it stands last, or changed nothing; then what was before it stands again."""
        keys = [one for one, _was in self.done]
        if key in keys and keys[-1] != key:
            return False
        if key in keys:
            self.now = self.done.pop()[1]
        return True


def planned(agreement, admin, bodies, plans):
    """The addenda of some plans that fit the agreement as it is, each with its plan."""
    for days, joining, leaving in plans:
        plan = (
            A_DAY + days * DAY if days is not None else None,
            frozenset(bodies[n] for n in joining),
            frozenset(bodies[n] for n in leaving),
        )
        facts = dict(zip(("ends_on", "joining", "leaving"), plan, strict=True))
        try:
            yield signed_addendum(agreement, admin, **facts), plan
        except Refusal:
            assert not Model(END, bodies[:3]).apply(0, plan)


def acted(act, addendum, admin):
    """Whether an act was done; a refusal is an answer like others."""
    try:
        act(addendum, admin)
    except Refusal:
        return False
    return True


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plans=PLANS, acts=ACTS)
def test_whatever_comes_into_force_and_is_taken_back_the_agreement_says_what_stands(
    maputo, plans, acts
):
    bodies = [maputo, *(EntityFactory(country__code="BR") for _ in range(4))]
    agreement = AgreementFactory(drafter=maputo, partners=bodies[1:3], binding=True, ends_on=END)
    admin, model = entrusted(maputo, "admin"), Model(END, bodies[:3])
    addenda = list(planned(agreement, admin, bodies, plans))
    for forward, number in acts:
        if number >= len(addenda):
            continue
        addendum, plan = addenda[number]
        addendum.refresh_from_db()
        if forward != (addendum.state == "signed"):
            continue
        done = acted(bring_into_force if forward else take_it_back, addendum, admin)
        assert done == (model.apply(number, plan) if forward else model.undo(number))
        agreement.refresh_from_db()
        assert (agreement.ends_on, bound(agreement)) == model.now
        standing = {one.addendum_id for one in changes_made(agreement)}
        assert standing == {addenda[key][0].pk for key, _was in model.done}


def test_what_was_led_on_since_keeps_the_addendum(agreement, officer):
    addendum = bring_into_force(signed_addendum(agreement, officer, ends_on=LATER), officer)
    remind_of_end(agreement_id=agreement.pk, at=midnight(LATER - 90 * DAY))
    with pytest.raises(NothingToUndo):
        take_it_back(addendum, officer)
    assert AgreementMove.objects.filter(addendum=addendum, undone_at=None).exists()


def test_no_change_is_none(agreement, officer):
    bring_into_force(signed_addendum(agreement, officer), officer)
    assert not changes_made(agreement).exists()
    assert Changes() == Changes(joining=(), leaving=())
