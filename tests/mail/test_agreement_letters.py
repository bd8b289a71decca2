"""Letters about agreements reach the people of every party, in their language, with the facts."""

import pytest
from django.core import mail

from entrecidades.agreements.choices import AgreementState
from entrecidades.mail.agreements import tell_of_agreement
from tests.conftest import entrusted
from tests.factories.agreements import AgreementFactory, TextFactory
from tests.mail.test_letters import delivered

pytestmark = pytest.mark.usefixtures("on_the_day")


@pytest.fixture
def agreement(maputo, curitiba, world):
    return AgreementFactory(
        drafter=maputo,
        partners=[curitiba],
        observers=[world.body("Turin")],
        title={"en": "Carts in the hills"},
        ends_on="2010-02-17",
    )


def test_drafters_and_lawyers_of_every_party_are_told_once(
    agreement, officer, counterpart, stranger, world
):
    lawyer = entrusted(agreement.drafter, "approver", email="lawyer@maputo.example")
    watcher = entrusted(world.body("Turin"), email="watcher@turin.example")
    entrusted(agreement.drafter, "technician")
    tell_of_agreement(agreement_id=agreement.pk, event="opened")
    told = sorted(letter for [letter] in delivered())
    assert told == sorted(one.email for one in (officer, counterpart, lawyer, watcher))
    assert stranger.email not in told


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("opened", "Maputo has opened the agreement"),
        ("agreed", "agreed to the text"),
        ("approval", "which ones are still missing"),
        ("signature", "who is still to sign"),
        ("due:90", "in 90 days"),
        ("dormant", "Nothing has been heard"),
        ("awake", "goes on"),
        *((f"moved:{state}", str(state.label)) for state in AgreementState),
    ],
)
def test_a_letter_says_what_happened_and_leads_to_the_page(agreement, event, words):
    entrusted(agreement.drafter, language="en")
    tell_of_agreement(agreement_id=agreement.pk, event=event)
    delivered()
    letter = mail.outbox[0]
    assert words in " ".join(letter.body.split())
    assert "Carts in the hills" in letter.subject
    assert f"/agreements/{agreement.reference}/" in letter.body


def test_of_an_agreement_that_has_gone_nobody_is_told(agreement, officer):
    tell_of_agreement(agreement_id=agreement.pk + 1, event="opened")
    assert delivered() == []


@pytest.mark.parametrize(
    ("event", "words"),
    [("numbered:2", "There is a version 2"), ("signed-file", "what was found of its signatures")],
)
def test_a_letter_about_the_text_leads_to_the_text(agreement, event, words):
    text = TextFactory(agreement=agreement)
    entrusted(agreement.drafter, language="en")
    tell_of_agreement(agreement_id=agreement.pk, event=event)
    delivered()
    letter = mail.outbox[0]
    assert words in " ".join(letter.body.split())
    assert text.get_absolute_url() in letter.body
