"""Every step of the life leads where the table says; every other is refused with a sentence."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import BINDING, ENDED, Act, AgreementState, AgreementStep
from entrecidades.agreements.life import (
    ASKS,
    BY_EACH,
    LIFE,
    REMINDED,
    TAKEN_WITH,
    Decision,
    NotDecided,
    NothingToUndo,
    NotReady,
    NotYourStep,
    check_decision,
    due_reminder,
    steps_for,
)
from entrecidades.agreements.models import AgreementMove
from entrecidades.agreements.selectors.life import (
    missing_approvals,
    standing_approvals,
    unsigned_parties,
)
from entrecidades.agreements.services import (
    agree_to_text,
    check_meaning,
    number_version,
    take_agreement_step,
    undo_agreement_step,
)
from entrecidades.agreements.text_rules import seal_of
from entrecidades.audit.models import Trace
from entrecidades.kernel.errors import Refusal
from entrecidades.network.rules import NotAllowed
from tests.agreements.life import DECISION, Life
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.agreements import AgreementFactory, TextFactory
from tests.lives import assert_leads_or_refuses

STEPS = [(state, step) for state in AgreementState for step in AgreementStep]
DAYS = st.dates(dt.date(2009, 1, 1), dt.date(2012, 1, 1))


@given(st.sampled_from(STEPS))
def test_a_step_leads_where_the_table_says_or_is_refused_with_a_sentence(case):
    assert_leads_or_refuses(LIFE, *case)


def test_what_has_ended_leads_nowhere_and_every_state_is_reached_and_can_end():
    assert not [case for case in LIFE if case[0] in ENDED]
    assert {*LIFE.values()} | {AgreementState.EXPLORATORY} == {*AgreementState}
    ending = {*ENDED}
    while more := {state for (state, _step), after in LIFE.items() if after in ending} - ending:
        ending |= more
    assert ending == {*AgreementState}


def test_nothing_binds_before_it_is_signed():
    ways = {state: {after for (was, _s), after in LIFE.items() if was == state} for state in ENDED}
    seen, unsigned = {AgreementState.EXPLORATORY}, {AgreementState.EXPLORATORY}
    while unsigned:
        state = unsigned.pop()
        after = {LIFE[was, step] for was, step in LIFE if was == state and step != "sign"}
        unsigned |= after - seen
        seen |= after
    assert not seen & {*BINDING, AgreementState.SUSPENDED}
    assert not any(ways.values())


@given(st.sampled_from(list(AgreementState)), st.sets(st.sampled_from(list(Permission))))
def test_one_is_offered_the_steps_that_her_rights_allow(state, rights):
    offered = steps_for(state, rights)
    assert all((state, step) in LIFE and TAKEN_WITH[step] in rights for step in offered)
    assert not BY_EACH & {*offered}
    assert not {AgreementStep.EXPIRE, AgreementStep.FALL_DUE} & {*offered}


@given(
    st.sampled_from(list(AgreementStep)),
    st.sets(st.sampled_from(["deciding_body", "act_number", "decided_on", "reason", "ends_on"])),
    DAYS,
)
def test_every_fact_that_a_decision_lacks_is_named_at_once(step, left_out, day):
    told = {
        "deciding_body": "Council",
        "act_number": "1",
        "decided_on": day,
        "reason": "So it is.",
        "ends_on": dt.date(2030, 1, 1),
    }
    facts = {name: value for name, value in told.items() if name not in left_out}
    lacking = left_out & {*ASKS.get(step, ())}
    too_early = "decided_on" in facts and day > A_DAY
    if not lacking and not too_early:
        check_decision(step, Decision(**facts), on=A_DAY)
        return
    with pytest.raises(NotDecided) as refusal:
        check_decision(step, Decision(**facts), on=A_DAY)
    assert len(refusal.value.messages) == len(lacking) + too_early


@given(DAYS, DAYS)
def test_a_reminder_is_due_when_its_day_has_come_and_never_after_the_last(ends_on, on):
    left, due = (ends_on - on).days, due_reminder(ends_on, on)
    assert due == min((days for days in REMINDED if 0 <= left <= days), default=None)
    assert (due is None) == (left < 0 or left > max(REMINDED))


@pytest.fixture
def life(maputo, curitiba):
    return Life(AgreementFactory(drafter=maputo, partners=[curitiba]))


def test_from_the_first_idea_to_force_with_its_traces(life):
    life.until_signed()
    agreement = life.agreement
    assert (agreement.state, agreement.signed_on) == ("in_force", A_DAY)
    assert agreement.in_force_from == A_DAY
    told = Trace.objects.filter(act=Act.STEP).order_by("pk")
    ways = [trace.facts["step"] for trace in told]
    assert ways == ["negotiate", "agree_text", "seek_approvals", "sign", "enter_into_force"]
    assert Trace.objects.filter(act=Act.SIGN).count() == 2


def test_one_party_alone_neither_agrees_nor_signs(life):
    life.step("negotiate")
    for step in BY_EACH:
        with pytest.raises(Refusal):
            life.step(step)
    assert life.fresh().agreement.state == "negotiating"


def test_renewal_suspension_and_end_are_decided_by_somebody(life):
    life.until_signed()
    with pytest.raises(NotDecided) as refusal:
        life.step("suspend", decision=Decision())
    assert len(refusal.value.messages) == 4
    until = Decision("Council", "1", A_DAY, ends_on=dt.date(2014, 1, 1))
    assert life.step("renew", decision=until).agreement.ends_on == dt.date(2014, 1, 1)
    with pytest.raises(NotDecided):
        life.step("renew", decision=until)
    assert life.step("suspend").step("resume").agreement.state == "in_force"
    assert life.step("terminate").agreement.state == "terminated"
    moved = AgreementMove.objects.latest("pk")
    assert (moved.deciding_body, moved.act_number) == ("Municipal assembly", "12/2009")
    assert Trace.objects.latest("pk").facts["act_number"] == "12/2009"


def test_a_stranger_an_observer_and_a_lawyer_take_no_step(life, stranger, world):
    for person in (stranger, entrusted(life.agreement.drafter, "approver")):
        with pytest.raises(NotYourStep):
            take_agreement_step(
                agreement_id=life.agreement.pk,
                step=AgreementStep.NEGOTIATE,
                by=person,
                at=A_MOMENT,
            )
    watched = AgreementFactory(observers=[world.body("Seattle")])
    with pytest.raises(NotYourStep):
        take_agreement_step(
            agreement_id=watched.pk, step=AgreementStep.NEGOTIATE, by=stranger, at=A_MOMENT
        )
    assert not Trace.objects.exists()


def test_time_takes_its_own_steps_and_no_others(life):
    life.until_signed()
    with pytest.raises(NotYourStep):
        life.step("expire")
    for step in ("terminate", "renew"):
        with pytest.raises(NotYourStep):
            take_agreement_step(
                agreement_id=life.agreement.pk,
                step=AgreementStep(step),
                by=None,
                at=A_MOMENT,
                decision=DECISION,
            )


def test_a_step_is_taken_back_while_nothing_followed(life):
    life.step("negotiate")
    undone = undo_agreement_step(agreement_id=life.agreement.pk, **life.who())
    assert undone.state == "exploratory"
    with pytest.raises(NothingToUndo):
        undo_agreement_step(agreement_id=life.agreement.pk, **life.who())
    life.step("negotiate").name()
    with pytest.raises(NothingToUndo):
        undo_agreement_step(agreement_id=life.agreement.pk, **life.who())


def test_who_took_a_step_takes_it_back(life):
    life.step("negotiate")
    with pytest.raises(NotAllowed):
        undo_agreement_step(agreement_id=life.agreement.pk, **life.who(life.parties[1]))


def test_the_last_signature_is_taken_back_with_all_that_it_brought(life):
    life.until_signed()
    undone = undo_agreement_step(agreement_id=life.agreement.pk, **life.who(life.parties[1]))
    assert (undone.state, undone.signed_on, undone.in_force_from) == ("approvals", None, None)
    assert unsigned_parties(undone) == [life.parties[1].entity.name_in()]


def test_the_approvals_begun_are_taken_back_whole(life):
    life.step("negotiate").agree().step("seek_approvals")
    assert standing_approvals(life.agreement).exists()
    undo_agreement_step(agreement_id=life.agreement.pk, **life.who())
    assert not standing_approvals(life.agreement).exists()


def test_an_opened_text_is_agreed_approved_and_signed_anew(life):
    life.until_approvals().approve().sign(life.parties[0]).step("reopen")
    assert not standing_approvals(life.agreement).exists()
    assert len(unsigned_parties(life.agreement)) == 2
    life.agree().step("seek_approvals")
    assert missing_approvals(life.agreement, ["signature", "force"])


WALK = st.lists(
    st.one_of(
        st.tuples(st.just("step"), st.sampled_from(list(AgreementStep)), st.booleans()),
        st.tuples(st.sampled_from(["agree", "approve", "name", "sign", "undo"]), st.booleans()),
    ),
    max_size=25,
)


def _try(life, act, *facts):
    """One act of a walk; a refusal is an answer like others."""
    party = life.parties[int(facts[-1])]
    try:
        if act == "step":
            life.step(facts[0], party, Decision("C", "1", A_DAY, "?", dt.date(2030, 1, 1)))
        elif act == "sign":
            life.sign(party)
        elif act == "undo":
            undo_agreement_step(agreement_id=life.agreement.pk, **life.who(party))
        else:
            getattr(life, act)()
    except Refusal:
        pass
    life.fresh()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(walk=WALK, far=st.sampled_from(["exploratory", "approvals", "signed"]))
def test_wherever_one_goes_nothing_is_in_force_without_its_approvals_and_signatures(
    maputo, curitiba, walk, far
):
    life = Life(AgreementFactory(drafter=maputo, partners=[curitiba]))
    if far == "approvals":
        life.until_approvals()
    elif far == "signed":
        life.until_signed("signature")
    for act in walk:
        _try(life, *act)
        if life.agreement.state in BINDING:
            assert not missing_approvals(life.agreement, ["signature", "force"])
            assert not unsigned_parties(life.agreement)
        told = AgreementMove.objects.filter(agreement=life.agreement, undone_at=None)
        assert all((one.was, one.step) in LIFE for one in told)


def test_what_is_missing_is_named_with_its_party(life):
    life.until_approvals()
    with pytest.raises(NotReady) as refusal:
        life.sign(life.parties[0])
    assert "Maputo" in refusal.value.messages[0]
    assert "Curitiba" not in refusal.value.messages[0]


def test_a_text_that_is_written_here_leads_on_once_all_have_said_yes(life):
    text = TextFactory(agreement=life.agreement)
    life.step("negotiate")
    with pytest.raises(NotReady):
        life.agree()
    version = number_version(text=text, note="", **life.who())
    for party in life.parties:
        for key in text.keys:
            seal = seal_of(text.clause(key), text.codes)
            check_meaning(text=text, key=key, party=party, seal=seal, **life.who(party))
        agree_to_text(version=version, party=party, **life.who(party))
    assert life.fresh().agreement.state == "text_agreed"
    life.step("reopen")
    text.refresh_from_db()
    assert text.agreed is None
