"""Checklists are dated files with sources; approvals are recorded, waived and reconsidered."""

import datetime as dt

import pytest

from entrecidades.agreements.checklists import HOUSE, checklist_for, checklists
from entrecidades.agreements.choices import Act
from entrecidades.agreements.life import Decision, NotDecided, NotNow, NotReady
from entrecidades.agreements.models import Approval
from entrecidades.agreements.selectors.life import missing_approvals, standing_approvals
from entrecidades.agreements.services import (
    give_approval,
    reconsider_approval,
    record_signature,
    waive_approval,
)
from entrecidades.audit.models import Trace
from entrecidades.documents.models import Document
from entrecidades.documents.rules import IsBound
from entrecidades.network.rules import NotAllowed
from tests.agreements.life import DECISION, Life
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.agreements import AgreementFactory
from tests.factories.documents import DocumentFactory

ITEMS = [item for items in checklists().values() for item in items]


def test_the_five_countries_have_a_file():
    assert {"BR", "FR", "IT", "MZ", "US", HOUSE} == {*checklists()}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_an_item_is_dated_sourced_and_said_in_every_language(item):
    assert item.noted_on <= dt.date.today()  # noqa: DTZ011 (any zone will do)
    assert {*item.title} == {*item.law} == {"pt", "fr", "en", "it", "es"}
    assert item.source_url.startswith("http") or item.key == "house-organ"
    assert not (item.is_verified and not item.source_url)


def test_keys_are_told_once():
    keys = [item.key for item in ITEMS]
    assert len({*keys}) == len(keys)


def test_a_tier_has_its_own_items_and_a_country_without_a_file_the_houses():
    assert {one.key for one in checklist_for("FR", "local_government", "region")} == {
        "fr-assembly",
        "fr-state-partner",
        "fr-transmission",
    }
    assert [one.key for one in checklist_for("PT", "local_government", "")] == ["house-organ"]


@pytest.fixture
def life(maputo, curitiba):
    return Life(AgreementFactory(drafter=maputo, partners=[curitiba])).until_approvals()


@pytest.fixture
def assembly(life):
    return standing_approvals(life.agreement).get(key="mz-assembly")


def test_an_approval_is_recorded_with_its_decision_and_its_act(life, assembly, maputo):
    act = DocumentFactory(entity=maputo)
    told = Decision("Assembleia", "7/2009", A_DAY, document=act)
    who = life.who()
    give_approval(approval_id=assembly.pk, decision=told, **who)
    assembly.refresh_from_db()
    assert (assembly.state, assembly.act_number) == ("given", "7/2009")
    assert (assembly.document, assembly.settled_by) == (act, who["by"])
    trace = Trace.objects.get(act=Act.GIVE)
    assert (trace.body_id, trace.facts["approval"]) == (maputo.pk, "mz-assembly")
    with pytest.raises(IsBound):
        Document.objects.get(pk=act.pk).check_removal()
    with pytest.raises(NotNow):
        give_approval(approval_id=assembly.pk, decision=told, **life.who())


def test_half_a_decision_is_refused_whole(life, assembly):
    with pytest.raises(NotDecided) as refusal:
        give_approval(approval_id=assembly.pk, decision=Decision("Assembleia"), **life.who())
    assert len(refusal.value.messages) == 2
    assert Approval.objects.get(pk=assembly.pk).state == "open"


def test_a_waiver_says_who_and_why_and_counts(life, assembly):
    with pytest.raises(NotDecided):
        waive_approval(approval_id=assembly.pk, reason="  ", **life.who())
    who = life.who()
    waive_approval(approval_id=assembly.pk, reason="The assembly decides yearly.", **who)
    assembly.refresh_from_db()
    assert (assembly.state, assembly.settled_by) == ("waived", who["by"])
    assert Trace.objects.get(act=Act.WAIVE).by_id == who["by"].pk
    assert not missing_approvals(life.agreement, ["signature"], party=assembly.party)


def test_an_officer_and_the_other_party_record_none(life, assembly, officer, counterpart):
    for person in (officer, counterpart, life.people[life.parties[1].entity_id]):
        with pytest.raises(NotAllowed):
            give_approval(approval_id=assembly.pk, decision=DECISION, by=person, at=A_MOMENT)
    lawyer = entrusted(assembly.party.entity, "approver")
    give_approval(approval_id=assembly.pk, decision=DECISION, by=lawyer, at=A_MOMENT)


def test_what_was_recorded_is_reconsidered_until_something_rests_on_it(life, assembly):
    give_approval(approval_id=assembly.pk, decision=DECISION, **life.who())
    reconsider_approval(approval_id=assembly.pk, **life.who())
    assembly.refresh_from_db()
    assert (assembly.state, assembly.act_number, assembly.settled_by) == ("open", "", None)
    life.approve()
    for party in life.parties:
        life.sign(party)
    with pytest.raises(NotNow):
        reconsider_approval(approval_id=assembly.pk, **life.who())


def test_a_party_does_not_sign_before_its_approvals(life):
    signatory = life.parties[1].signatories.get()
    facts = {"signed_on": A_DAY, "place": "Curitiba", **life.who(life.parties[1])}
    with pytest.raises(NotReady) as refusal:
        record_signature(signatory_id=signatory.pk, **facts)
    assert "Curitiba" in refusal.value.messages[0]


def test_a_signed_agreement_waits_for_what_force_needs_and_then_is_in_force(life):
    life.approve("signature")
    for party in life.parties:
        life.sign(party)
    assert life.fresh().agreement.state == "signed"
    with pytest.raises(NotReady):
        life.step("enter_into_force")
    life.approve("force")
    assert life.fresh().agreement.state == "in_force"
    assert life.agreement.in_force_from == A_DAY
