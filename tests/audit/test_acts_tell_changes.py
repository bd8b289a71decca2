"""Acts tell what they changed, field by field, and for which body somebody acted."""

import pytest

from entrecidades.audit.models import Trace
from entrecidades.cooperation.choices import IntroductionStep
from entrecidades.cooperation.services import take_step
from entrecidades.kernel import clock
from entrecidades.network.choices import Visibility
from entrecidades.network.services import say_of, share
from entrecidades.practices import services as board
from entrecidades.practices.choices import PostingStep
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import PartnershipFactory
from tests.factories.practices import PostingFactory

pytestmark = pytest.mark.django_db


def last():
    trace = Trace.objects.last()
    return trace.body_id, trace.changes


def test_a_step_of_a_posting(maputo, officer):
    posting = PostingFactory(entity=maputo, drafted=True)
    board.take_step(posting_id=posting.pk, step=PostingStep.PUBLISH, by=officer, on=clock.today())
    assert last() == (maputo.pk, {"state": ["draft", "published"]})


def test_a_step_of_a_contact_names_the_side_that_took_it(maputo, curitiba, counterpart):
    contact = IntroductionFactory(asker=maputo, asked=curitiba)
    step = IntroductionStep.ACCEPT
    take_step(introduction_id=contact.pk, step=step, by=counterpart, at=clock.now())
    assert last() == (curitiba.pk, {"state": ["forwarded", "accepted"]})


def test_what_the_house_does_is_done_for_no_body(maputo, curitiba):
    contact = IntroductionFactory(asker=maputo, asked=curitiba)
    step = IntroductionStep.LAPSE
    take_step(introduction_id=contact.pk, step=step, by=None, at=clock.now())
    assert last() == (None, {"state": ["forwarded", "lapsed"]})


def test_a_confirmation(world, maputo, officer):
    pair = PartnershipFactory(one=world["Maputo"], other=world["Curitiba"])
    say_of(about=pair, entity=maputo, stance="confirms", by=officer, on=clock.today())
    assert last() == (maputo.pk, {"confirmation": ["unconfirmed", "one_side"]})


def test_who_sees_a_record(maputo, officer):
    posting = PostingFactory(entity=maputo, visibility=Visibility.PUBLIC)
    wanted = {"visibility": Visibility.PRIVATE, "embargo_until": None}
    share(record_of=posting, **wanted, by=officer, on=clock.today())
    assert last() == (
        maputo.pk,
        {"visibility": [Visibility.PUBLIC.value, Visibility.PRIVATE.value]},
    )
