"""The page “who can see this, and why?”: for whom it is there, what it says, what it changes."""

import pytest

from entrecidades.audit.models import Trace
from entrecidades.network.choices import Visibility
from entrecidades.network.models import PlaceChange
from tests.conftest import entrusted
from tests.factories.cooperation import IntroductionFactory
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.web.pages import text_of

PUBLIC = {"visibility": Visibility.PUBLIC.value, "embargo_until": ""}
PRIVATE = {"visibility": Visibility.PRIVATE.value, "embargo_until": ""}


def address(kind, record):
    return f"/en/sharing/{kind}/{record.public_id}/"


@pytest.mark.parametrize(
    ("kind", "make"), [("posting", PostingFactory), ("practice", PracticeFactory)]
)
def test_an_officer_hides_a_record_and_strangers_see_it_no_more(
    client, maputo, officer, kind, make
):
    record = make(entity=maputo)
    client.force_login(officer)
    assert client.get(address(kind, record)).status_code == 200
    assert client.post(address(kind, record), PRIVATE).status_code == 302
    client.logout()
    assert client.get(record.get_absolute_url()).status_code == 404


def test_it_leaves_one_trace_and_matching_hears_of_it(client, maputo, officer):
    posting = PostingFactory(entity=maputo)
    client.force_login(officer)
    client.post(address("posting", posting), {**PRIVATE, "embargo_until": "2027-01-01"})
    trace = Trace.objects.get(act="network:record:share")
    assert (trace.by_id, trace.facts) == (officer.pk, {"was": [40, ""], "now": [0, "2027-01-01"]})
    assert PlaceChange.objects.filter(place=maputo.seat).exists()


def test_for_people_of_other_bodies_the_page_is_not_there(client, maputo, officer, stranger):
    posting = PostingFactory(entity=maputo)
    client.force_login(stranger)
    for address_asked in (address("posting", posting), address("nonsense", posting)):
        assert client.get(address_asked).status_code == 404
        assert client.post(address_asked, PRIVATE).status_code == 404
    posting.refresh_from_db()
    assert posting.visibility == Visibility.PUBLIC


def test_a_technician_reads_who_sees_it_and_changes_nothing(client, maputo):
    posting = PostingFactory(entity=maputo)
    client.force_login(entrusted(maputo, role="technician"))
    assert 'name="visibility"' not in text_of(client.get(address("posting", posting)))
    response = client.post(address("posting", posting), PRIVATE)
    assert response.status_code == 422
    posting.refresh_from_db()
    assert posting.visibility == Visibility.PUBLIC


@pytest.mark.parametrize(
    "wrong", [{}, {"visibility": "10"}, {"visibility": "x"}, {**PUBLIC, "embargo_until": "soon"}]
)
def test_what_makes_no_sense_is_refused_and_nothing_changes(client, maputo, officer, wrong):
    posting = PostingFactory(entity=maputo, visibility=Visibility.ASSOCIATION)
    client.force_login(officer)
    assert client.post(address("posting", posting), wrong).status_code == 422
    posting.refresh_from_db()
    assert posting.visibility == Visibility.ASSOCIATION


def test_a_contact_is_never_kept_from_the_other_side(client, maputo, curitiba, officer):
    contact = IntroductionFactory(asker=maputo, asked=curitiba)
    client.force_login(officer)
    assert client.post(address("introduction", contact), PRIVATE).status_code == 422
    assert client.post(address("introduction", contact), PUBLIC).status_code == 302


def test_the_other_side_reads_the_contact_but_not_who_else_does(
    client, maputo, curitiba, counterpart
):
    contact = IntroductionFactory(asker=maputo, asked=curitiba)
    client.force_login(counterpart)
    assert client.get(contact.get_absolute_url()).status_code == 200
    assert client.get(address("introduction", contact)).status_code == 404


def test_a_draft_says_that_only_its_own_body_sees_it(client, maputo, officer):
    draft = PostingFactory(entity=maputo, drafted=True)
    client.force_login(officer)
    page = text_of(client.get(address("posting", draft)))
    assert page.count("rung-sees") == 1
    assert "it is not published" in page
