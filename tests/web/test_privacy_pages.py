"""The pages on which people ask to be erased, and operators answer by the clock."""

import datetime as dt
import time

import pytest

from entrecidades.accounts.models import Person
from entrecidades.privacy.models import DataRequest, Incident
from entrecidades.privacy.services.requests import ask_for_erasure
from tests.conftest import A_MOMENT
from tests.factories.accounts import PersonFactory
from tests.factories.privacy import DataRequestFactory, IncidentFactory
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough pass phrase"  # noqa: S105 (of people who live for one test)


@pytest.fixture
def operator(client, on_the_day):
    person = PersonFactory(email="operator@house.example", is_staff=True)
    client.force_login(person)
    return person


def proven(client, person):
    """Log her in as if she had given her password a moment ago."""
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def test_who_has_not_proven_herself_anew_is_asked_to(client, officer):
    officer.set_password(PASSWORD)
    officer.save()
    client.force_login(officer)
    answer = client.post("/en/account/erasure/", {"sure": "on"})
    assert answer["Location"].startswith("/en/accounts/reauthenticate/")
    assert DataRequest.objects.count() == 0


def test_the_page_tells_what_goes_and_what_stays_before(client, officer):
    proven(client, officer)
    page = text_of(client.get("/en/account/erasure/"))
    assert page.index("What goes") < page.index("For whom you act") < page.index("What stays")
    assert "another person looks at it first" in page


def test_without_the_word_nothing_happens(client, officer):
    proven(client, officer)
    assert client.post("/en/account/erasure/", {}).status_code == 422
    assert DataRequest.objects.count() == 0


def test_who_never_acted_is_erased_and_logged_out(client, on_the_day):
    person = PersonFactory(email="nobody@people.example")
    proven(client, person)
    answer = client.post("/en/account/erasure/", {"sure": "on"}, follow=True)
    assert "You have been erased" in text_of(answer)
    assert not Person.objects.filter(pk=person.pk).exists()
    assert client.get("/en/desk/").status_code == 302


def test_who_acts_sees_the_day_and_may_withdraw(client, officer, on_the_day):
    proven(client, officer)
    client.post("/en/account/erasure/", {"sure": "on"})
    page = text_of(client.get("/en/account/data/"))
    assert "Answer due by Dec. 4, 2009: 15 days left." in page
    asked = DataRequest.objects.get()
    client.post(f"/en/account/data/requests/{asked.public_id}/withdraw/")
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_a_correction_is_asked_for(client, officer, on_the_day):
    client.force_login(officer)
    facts = {"kind": "rectification", "words": "My name is misspelt."}
    assert client.post("/en/account/data/ask/", facts)["Location"] == "/en/account/data/"
    assert DataRequest.objects.get().words == "My name is misspelt."
    assert client.post("/en/account/data/ask/", {"kind": "erasure"}).status_code == 422


def test_operators_see_the_countdown_and_the_law(client, operator):
    asked = DataRequestFactory(due_at=A_MOMENT + dt.timedelta(days=5))
    assert "5 days left" in text_of(client.get("/en/requests/"))
    page = text_of(client.get(f"/en/requests/{asked.public_id}/"))
    assert "Confirm with your legal service" in page
    assert "reader@people.example" in page


def test_an_overdue_request_says_so(client, operator):
    DataRequestFactory(due_at=A_MOMENT - dt.timedelta(days=2))
    assert "2 days over time" in text_of(client.get("/en/requests/"))


def test_an_operator_confirms_another_s_erasure_and_not_her_own(client, operator, officer):
    hers = ask_for_erasure(person=officer, at=A_MOMENT)
    own = ask_for_erasure(person=operator, at=A_MOMENT)
    assert client.post(f"/en/requests/{hers.public_id}/", {"step": "confirm"}).status_code == 302
    refused = client.post(f"/en/requests/{own.public_id}/", {"step": "confirm"})
    assert refused.status_code == 422
    assert "nobody does so alone" in text_of(refused)
    assert DataRequest.objects.filter(state="confirmed").get() == hers


def test_an_answer_without_words_and_an_unknown_step_are_refused(client, operator):
    asked = DataRequestFactory()
    for step in ("answer", "dance"):
        answer = client.post(f"/en/requests/{asked.public_id}/", {"step": step})
        assert answer.status_code == 422
    assert DataRequest.objects.get().state == "open"


def test_a_letter_is_noted_and_answered(client, operator):
    facts = {"kind": "access", "country": "FR", "email": "reader@people.example"}
    page = client.post("/en/requests/new/", facts)["Location"]
    client.post(page, {"step": "answer", "words": "Sent by post."})
    assert DataRequest.objects.get().state == "done"
    assert "Sent by post." in text_of(client.get(page))


def test_an_incident_is_noted_and_led_to_its_end(client, operator):
    facts = {"title": "Lost", "country": "BR", "known_at": "2009-11-19T10:00"}
    page = client.post("/en/incidents/new/", facts)["Location"]
    assert "left" in text_of(client.get(page))
    assert client.post(page, {"step": "close"}).status_code == 422
    for step in ("tell-authority", "close"):
        assert client.post(page, {"step": step}).status_code == 302
    assert Incident.objects.get().closed_at == A_MOMENT
    assert client.post(page, {"step": "dance"}).status_code == 422


def test_an_incident_of_tomorrow_is_refused(client, operator):
    facts = {"title": "Lost", "country": "BR", "known_at": "2009-11-20T10:00"}
    assert client.post("/en/incidents/new/", facts).status_code == 422
    assert Incident.objects.count() == 0


def test_lists_cost_the_same_however_long(client, operator, django_assert_max_num_queries):
    for _n in range(12):
        DataRequestFactory()
        IncidentFactory()
    for path in ("/en/requests/", "/en/incidents/"):
        with django_assert_max_num_queries(10):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [("pt-br", "dias úteis"), ("fr", "jours ouvrés"), ("it", "giorni lavorativi")],
)
def test_the_law_is_told_in_the_reader_s_language(client, operator, language, words):
    made = IncidentFactory(country="BR", began_at=dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC))
    assert words in text_of(client.get(f"/{language}/incidents/{made.public_id}/"))
