"""Two parties sign at once: it is signed, once; without the lock it may stay unsigned."""

from threading import Barrier

import pytest

from entrecidades.agreements.choices import Act
from entrecidades.agreements.life import NotNow
from entrecidades.agreements.models import Agreement, AgreementMove, Signatory
from entrecidades.agreements.selectors.life import unsigned_parties
from entrecidades.agreements.services import record_signature
from entrecidades.audit.models import Trace
from tests.agreements.life import Life
from tests.conftest import A_DAY
from tests.factories.agreements import AgreementFactory
from tests.factories.network import EntityFactory
from tests.race import at_once

PEOPLE = 10

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def life():
    ours, theirs = (EntityFactory(country__code=code) for code in ("MZ", "IT"))
    return Life(AgreementFactory(drafter=ours, partners=[theirs])).until_approvals().approve()


def test_of_all_who_sign_at_once_each_signs_once_and_the_last_one_binds(life):
    signatories = list(Signatory.objects.order_by("pk"))
    who = [life.who(one.party) for one in signatories]

    def sign(number):
        side = number % 2
        return record_signature(
            signatory_id=signatories[side].pk, signed_on=A_DAY, place="Here", **who[side]
        )

    outcomes = at_once(sign, times=PEOPLE)
    refused = [one for one in outcomes if isinstance(one, NotNow)]
    signed = [one for one in outcomes if isinstance(one, Agreement)]
    assert (len(signed), len(refused)) == (2, PEOPLE - 2)
    assert life.fresh().agreement.state == "in_force"
    assert Trace.objects.filter(act=Act.SIGN).count() == 2
    assert AgreementMove.objects.filter(step="sign").count() == 1


def test_the_race_is_real(life):
    looked = Barrier(2)
    signatories = list(Signatory.objects.order_by("pk"))

    def sign_without_a_lock(number):
        mine, theirs = signatories[number], signatories[1 - number]
        others_have_signed = Signatory.objects.get(pk=theirs.pk).signed_on is not None
        looked.wait()
        Signatory.objects.filter(pk=mine.pk).update(signed_on=A_DAY)
        if others_have_signed:
            Agreement.objects.filter(pk=life.agreement.pk).update(state="signed")

    at_once(sign_without_a_lock, times=2)
    # Everybody has signed, and nobody saw that she was the last.
    assert not unsigned_parties(life.agreement)
    assert life.fresh().agreement.state == "approvals"
