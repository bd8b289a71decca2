"""Who may write on the board for a body: the service asks, whatever the page has asked."""

import datetime as dt

import pytest

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import MandateRole, roles_with
from entrecidades.audit.models import Trace
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Mandate
from entrecidades.network.rules import NotAllowed
from entrecidades.practices.choices import PostingState, PostingStep, Side
from entrecidades.practices.models import Posting
from entrecidades.practices.services import post, take_step
from tests.factories.accounts import PersonFactory
from tests.factories.network import MandateFactory
from tests.factories.practices import PostingFactory

DAY = dt.date(2009, 11, 19)


def holder(entity, role):
    person = PersonFactory()
    MandateFactory(entity=entity, person=person, role=role)
    return person


def draft(entity, by, on=DAY):
    return post(
        entity=entity,
        side=Side.NEED,
        themes=[],
        title={"en": "Fairs"},
        text={"en": "Open-air fairs"},
        forms=["documents"],
        languages=["en"],
        opens_on=DAY,
        expires_on=None,
        visibility=Visibility.PUBLIC,
        by=by,
        on=on,
    )


def publish(posting, by, on=DAY):
    return take_step(posting_id=posting.pk, step=PostingStep.PUBLISH, by=by, on=on)


@pytest.mark.parametrize("role", roles_with(Permission.DRAFT))
def test_who_may_draft_drafts(maputo, role):
    assert draft(maputo, holder(maputo, role)).entity == maputo


@pytest.mark.parametrize("role", sorted(set(MandateRole) - set(roles_with(Permission.DRAFT))))
def test_who_may_not_draft_is_refused_with_a_sentence(maputo, role):
    with pytest.raises(NotAllowed, match=r"does not allow this for Maputo: draft"):
        draft(maputo, holder(maputo, role))
    assert not Posting.objects.exists()
    assert not Trace.objects.exists()


@pytest.mark.parametrize("role", roles_with(Permission.PUBLISH))
def test_who_may_publish_publishes(maputo, role):
    posting = PostingFactory(entity=maputo, drafted=True)
    assert publish(posting, holder(maputo, role)).state == PostingState.PUBLISHED


@pytest.mark.parametrize("role", sorted(set(MandateRole) - set(roles_with(Permission.PUBLISH))))
def test_who_may_not_publish_is_refused_and_nothing_changes(maputo, role):
    posting = PostingFactory(entity=maputo, drafted=True)
    with pytest.raises(NotAllowed, match=r"does not allow this for Maputo: publish"):
        publish(posting, holder(maputo, role))
    assert Posting.objects.get().state == PostingState.DRAFT
    assert not Trace.objects.exists()


def test_an_officer_of_another_body_is_refused(maputo, stranger):
    with pytest.raises(NotAllowed):
        draft(maputo, stranger)
    with pytest.raises(NotAllowed):
        publish(PostingFactory(entity=maputo, drafted=True), stranger)


def test_a_mandate_that_has_ended_allows_nothing(maputo, officer):
    Mandate.objects.filter(person=officer).update(valid_to=DAY)
    assert draft(maputo, officer)
    with pytest.raises(NotAllowed):
        draft(maputo, officer, on=DAY + dt.timedelta(days=1))


def test_the_house_needs_no_mandate(maputo):
    posting = PostingFactory(entity=maputo)
    take_step(posting_id=posting.pk, step=PostingStep.EXPIRE, by=None, on=DAY)
    assert Trace.objects.get().by_id is None
