"""An operator sees what a person sees and can do nothing; people are found and helped."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from entrecidades.accounts.models import Look, Nomination, Person
from entrecidades.accounts.services import revoke_credentials
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.web.looking import LookingWrites, _only_reading
from tests.conftest import A_MOMENT
from tests.factories.accounts import NominationFactory, PersonFactory
from tests.factories.cooperation import IntroductionFactory
from tests.factories.practices import PostingFactory
from tests.web.test_privacy_pages import proven

pytestmark = pytest.mark.django_db
WORDS = {"reason": "She cannot find her draft.", "minutes": "15"}


@pytest.fixture
def operator(db):
    return PersonFactory(email="operator@house.example", is_staff=True)


@pytest.fixture
def door(operator):
    return proven(Client(), operator)


@pytest.fixture
def looking(door, officer, on_the_day):
    answer = door.post(f"/en/people/{officer.pk}/look/", WORDS)
    assert answer.headers.get("Location") == "/en/desk/"
    return door


def test_she_sees_what_the_person_sees_under_a_banner(looking, maputo):
    draft = PostingFactory(entity=maputo, drafted=True, title={"en": "Dunes of Costa do Sol"})
    for path in ("/en/desk/", draft.get_absolute_url(), "/en/cities/", "/en/nowhere/"):
        words = looking.get(path).content.decode()
        assert "You can read, and change nothing" in words, path
    assert "Dunes of Costa do Sol" in looking.get("/en/desk/").content.decode()
    assert looking.get("/en/people/").status_code == 404  # she is no operator meanwhile


def test_nothing_can_be_changed(looking, maputo):
    posting = PostingFactory(entity=maputo, drafted=True)
    for path in (
        f"/en/board/{posting.public_id}/step/",
        "/en/accounts/logout/",
        "/en/account/erasure/",
        "/en/board/new/",
    ):
        answer = looking.post(path, {"step": "publish", "sure": "on"})
        assert answer.status_code == 403, path
    posting.refresh_from_db()
    assert posting.state == "draft"


def test_conversations_account_and_data_stay_closed(looking, maputo, curitiba, officer):
    contact = IntroductionFactory(asker=maputo, asked=curitiba, message="Entre nós: kanari")
    for path in (
        contact.get_absolute_url(),
        "/en/account/",
        "/en/account/data/",
        "/en/account/data/download/",
        "/en/accounts/password/change/",
        "/en/accounts/second-factor/",
        "/en/accounts/email/",
    ):
        answer = looking.get(path)
        assert answer.status_code == 403, path
        assert "kanari" not in answer.content.decode()
    assert "kanari" not in looking.get("/en/desk/").content.decode()


def test_the_database_is_written_to_by_no_page(db):
    with connection.execute_wrapper(_only_reading):
        for sql in ("UPDATE accounts_person SET name = 'x'", " delete from accounts_person"):
            with connection.cursor() as cursor, pytest.raises(LookingWrites):
                cursor.execute(sql)
    with connection.execute_wrapper(_only_reading):
        assert Person.objects.count() == 0


def test_ending_it_makes_her_herself_at_once(looking, operator):
    assert looking.post("/en/looking/end/").status_code == 302
    words = looking.get("/en/people/").content.decode()
    assert "You can read, and change nothing" not in words
    assert Look.objects.get().ended_at == A_MOMENT
    assert looking.post("/en/looking/end/").status_code == 404


def test_it_ends_by_itself(looking, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: A_MOMENT + dt.timedelta(minutes=15))
    answer = looking.get("/en/people/")
    assert answer.status_code == 200
    assert "Looking has ended" in answer.content.decode()


def test_it_ends_when_the_operator_is_logged_out_or_is_none_any_more(looking, operator):
    revoke_credentials(person=operator, by=None, at=A_MOMENT)
    answer = looking.get("/en/desk/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_an_operator_who_is_none_any_more_sees_her_own_desk(looking, operator):
    Person.objects.filter(pk=operator.pk).update(is_staff=False)
    assert "You can read, and change nothing" not in looking.get("/en/desk/").content.decode()


def test_a_look_without_a_reason_keeps_what_was_typed(door, officer):
    answer = door.post(f"/en/people/{officer.pk}/look/", {"reason": "why", "minutes": "300"})
    assert answer.status_code == 422
    assert ">why</textarea>" in re.sub(r">\s+", ">", answer.content.decode())
    assert not Look.objects.exists()


def test_she_finds_the_look_and_its_reason_among_her_data(looking, officer):
    her = Client()
    her.force_login(officer)
    assert WORDS["reason"] in her.get("/en/account/data/").content.decode()


def test_people_are_found_by_three_letters_and_not_by_two(door, officer):
    assert officer.email in door.get("/en/people/?q=MAPUTO").content.decode()
    assert officer.email not in door.get("/en/people/?q=ma").content.decode()
    for number in range(21):
        PersonFactory(email=f"crowd{number}@many.example")
    words = door.get("/en/people/?q=many").content.decode()
    assert words.count('class="small soft">crowd') == 20
    assert "There are more" in words


def test_a_persons_page_tells_the_account_and_nothing_she_wrote(door, officer, maputo):
    PostingFactory(entity=maputo, drafted=True, title={"en": "Dunes of Costa do Sol"})
    words = door.get(f"/en/people/{officer.pk}/").content.decode()
    assert officer.email in words
    assert "Maputo" in words
    assert "Dunes" not in words


def test_a_nomination_is_asked_and_decided_on_the_pages(door, officer, operator):
    path = f"/en/people/{officer.pk}/nominate/"
    assert door.post(path, {"reason": "She helps to run it."}).status_code == 302
    nomination = Nomination.objects.get()
    decide = f"/en/operators/{nomination.public_id}/decide/"
    door.post(decide, {"grant": ""})
    officer.refresh_from_db()
    assert not officer.is_staff
    other = Client()
    other.force_login(PersonFactory(is_staff=True))
    assert "She helps to run it." in other.get("/en/operators/").content.decode()
    other.post(decide, {"grant": ""})
    officer.refresh_from_db()
    assert officer.is_staff
    assert other.get(path).status_code == 200


def test_lost_proofs_are_removed_by_two_operators(door, officer, operator):
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    path = f"/en/people/{officer.pk}/proofs/"
    assert path in door.get(f"/en/people/{officer.pk}/").content.decode()
    assert door.post(path, {"reason": "Called back at her city hall."}).status_code == 302
    decide = f"/en/operators/{Nomination.objects.get().public_id}/decide/"
    door.post(decide, {"grant": ""})
    assert Authenticator.objects.exists()
    other = Client()
    other.force_login(PersonFactory(is_staff=True))
    assert "her passkeys and app are removed" in other.get("/en/operators/").content.decode()
    other.post(decide, {"grant": ""})
    assert not Authenticator.objects.exists()
    assert path not in door.get(f"/en/people/{officer.pk}/").content.decode()


def test_to_remove_proofs_is_asked_by_who_has_just_shown_who_she_is(officer):
    fresh = Client()
    fresh.force_login(PersonFactory(is_staff=True))
    path = f"/en/people/{officer.pk}/proofs/"
    assert "/login/" in fresh.get(path)["Location"] or "/reauth" in fresh.get(path)["Location"]


def test_a_reset_logs_her_out(door, officer):
    hers = Client()
    hers.force_login(officer)
    assert door.post(f"/en/people/{officer.pk}/reset/").status_code == 302
    assert hers.get("/en/desk/").status_code == 302


def test_the_pages_cost_few_queries(door, officer, django_assert_max_num_queries):
    for _number in range(5):
        NominationFactory()
    assert Entity.objects.exists()
    for path in ("/en/operators/", f"/en/people/{officer.pk}/", "/en/people/?q=example"):
        with django_assert_max_num_queries(14):
            door.get(path)
