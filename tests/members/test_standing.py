"""How the members of an association stand: what is counted, what is not, and at what cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entrecidades.audit.models import Trace
from entrecidades.audit.services import record
from entrecidades.members.choices import Fact
from entrecidades.members.selectors import MemberWish, members_of, members_wished
from entrecidades.network.choices import Act, Visibility
from entrecidades.network.models import Membership
from entrecidades.network.selectors import reader_for
from tests.conftest import A_DAY, BEFORE, entrusted
from tests.factories.agreements import AgreementFactory
from tests.factories.members import members_in_bulk
from tests.factories.network import EntityFactory, MembershipFactory
from tests.factories.practices import PostingFactory, PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def turin(world, anci):
    body = world.body("Turin")
    MembershipFactory(member=body, group=anci)
    return body


def standing_of(body, association, *, on=A_DAY):
    reader = reader_for(association, on=on)
    return next(
        one for one in members_of(association, reader=reader, by=None) if one.key == body.pk
    )


def test_a_profile_lacks_what_is_not_there_and_says_which(turin, anci):
    turin.website, turin.languages = "https://comune.example", []
    turin.save()
    one = standing_of(turin, anci)
    assert Fact.WEBSITE not in one.lacks
    assert {Fact.PEOPLE, Fact.LANGUAGES, Fact.POSTING, Fact.PRACTICE} <= {*one.lacks}
    assert (one.is_claimed, one.has) == (False, len(Fact) - len(one.lacks))


def test_only_what_the_association_may_see_is_counted(turin, anci):
    private = {"entity": turin, "state": "published", "visibility": Visibility.PRIVATE}
    PostingFactory(**private)
    PracticeFactory(**private)
    assert {Fact.POSTING, Fact.PRACTICE} <= {*standing_of(turin, anci).lacks}
    shared = {**private, "visibility": Visibility.ASSOCIATION}
    PostingFactory(**shared)
    PracticeFactory(**shared)
    assert not {Fact.POSTING, Fact.PRACTICE} & {*standing_of(turin, anci).lacks}


def test_an_act_on_a_private_record_is_no_sign_of_life(turin, anci):
    officer = entrusted(turin)
    posting = PostingFactory(entity=turin, state="published", visibility=Visibility.PRIVATE)
    record(Act.EDIT, subject=posting, by=officer, body=turin)
    assert standing_of(turin, anci).heard_on is None
    record(Act.EDIT, subject=turin, by=officer, body=turin)
    today = Trace.objects.latest("pk").at.date()
    one = standing_of(turin, anci, on=today + dt.timedelta(days=3))
    assert (one.heard_on, one.silent) == (today, 3)
    assert Fact.FRESH not in one.lacks
    assert Fact.FRESH in standing_of(turin, anci, on=today + dt.timedelta(days=366)).lacks


def test_what_another_body_did_is_not_the_members_sign_of_life(turin, anci, maputo):
    record(Act.EDIT, subject=turin, by=entrusted(maputo), body=maputo)
    assert standing_of(turin, anci).heard_on is None


def test_agreements_are_counted_that_bind_and_are_shared(turin, anci, maputo):
    facts = {"drafter": turin, "state": "in_force", "signed_on": BEFORE, "in_force_from": BEFORE}
    for visibility in (Visibility.PARTNER, Visibility.ASSOCIATION, Visibility.PUBLIC):
        AgreementFactory(**facts, visibility=visibility)
    ended = {**facts, "state": "ended", "ends_on": BEFORE}
    AgreementFactory(**ended, visibility=Visibility.PUBLIC)
    assert standing_of(turin, anci).agreements == 2


def test_a_membership_that_is_over_counts_no_more(turin, anci):
    Membership.objects.update(valid_to=A_DAY - dt.timedelta(days=1))
    assert members_of(anci, reader=reader_for(anci, on=A_DAY), by=None) == []


def test_wishes_choose_among_the_members(turin, anci):
    members_in_bulk(anci, 6)
    found = members_of(anci, reader=reader_for(anci, on=A_DAY), by=None)
    claimed = members_wished(found, MemberWish(is_claimed=True))
    assert [one.name for one in claimed] == ["Member 00000", "Member 00003"]
    assert len(members_wished(found, MemberWish(regions=["IT-90"]))) == 2
    assert len(members_wished(found, MemberWish(silent=90))) == 7
    assert len(members_wished(found, MemberWish(is_complete=True))) == 0
    assert len(members_wished(found, MemberWish(lacks=[Fact.WEBSITE], name="member"))) == 3


def test_thousands_of_members_cost_as_many_questions_as_one(turin, anci, coordinator):
    reader = reader_for(anci, on=A_DAY)
    with CaptureQueriesContext(connection) as few:
        members_of(anci, reader=reader, by=coordinator)
    members_in_bulk(anci, 2000)
    with CaptureQueriesContext(connection) as many:
        assert len(members_of(anci, reader=reader, by=coordinator)) == 2001
    assert len(many) == len(few) <= 12


def test_another_bodys_members_are_not_counted(turin, anci):
    other = EntityFactory(association=True)
    MembershipFactory(member=EntityFactory(), group=other)
    assert len(members_of(anci, reader=reader_for(anci, on=A_DAY), by=None)) == 1
