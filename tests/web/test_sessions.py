"""A log-in ends when it should, everywhere at once when it must; new devices are told of."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core import mail
from django.test import Client

from entrecidades.accounts.models import SignIn
from entrecidades.accounts.services import close_account, deactivate, revoke_credentials
from entrecidades.kernel import clock
from entrecidades.queue.models import Job
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "praia-do-bilene-1975"  # noqa: S105 - a test's password
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def member(officer, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    officer.set_password(PASSWORD)
    officer.save()
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    return officer


@pytest.fixture
def later(monkeypatch):
    begin = clock.now()

    def move(**facts):
        monkeypatch.setattr(clock, "now", lambda: begin + dt.timedelta(**facts))
        return clock.now()

    return move


def browser(member=None, **facts):
    client = Client(headers={"user-agent": FIREFOX})
    if member:
        told = {"login": member.email, "password": PASSWORD, **facts}
        assert client.post("/en/accounts/login/", told).status_code == 302
    return client


def is_in(client):
    return client.get("/en/desk/").status_code == 200


def test_the_session_has_a_new_key_after_the_log_in(member):
    client = browser()
    sent = letter_code(client, member)
    before = client.session.session_key
    client.post("/en/accounts/login/code/confirm/", {"code": sent})
    assert before
    assert is_in(client)
    assert client.session.session_key != before


LIVES = [
    ({}, [{"hours": 2}], True),
    ({}, [{"hours": 3}], False),
    ({}, [{"hours": 2}, {"hours": 4}, {"hours": 6}, {"hours": 8}, {"hours": 10}], True),
    ({}, [{"hours": 2 * n} for n in range(1, 7)], False),
    ({"stay": "on"}, [{"days": 13}], True),
    ({"stay": "on"}, [{"days": 7}, {"days": 14}], False),
]


@pytest.mark.parametrize(("wish", "visits", "still_in"), LIVES)
def test_a_log_in_lasts_as_long_as_was_said(member, later, wish, visits, still_in):
    client = browser(member, **wish)
    answers = [later(**visit) and is_in(client) for visit in visits]
    assert answers[-1] is still_in
    assert all(answers[:-1])


def test_the_cookie_goes_with_the_browser_unless_she_stays(member):
    for wish, lasts in (({}, ""), ({"stay": "on"}, 14 * 24 * 3600)):
        assert browser(member, **wish).cookies["sessionid"]["max-age"] == lasts


def test_she_is_told_why_she_has_to_log_in_again(member, later):
    client = browser(member)
    later(hours=5)
    assert "please log in again" in text_of(client.get("/en/desk/", follow=True))
    assert not SignIn.objects.exists()


def letter_code(client, member):
    client.post("/en/accounts/login/code/", {"email": member.email})
    return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def session(member):
    client = browser(member)
    return lambda: is_in(client)


def staying_session(member):
    client = browser(member, stay="on")
    return lambda: is_in(client)


def code(member):
    client = browser()
    sent = letter_code(client, member)

    def used():
        client.post("/en/accounts/login/code/confirm/", {"code": sent})
        return is_in(client)

    return used


def new_password_link(member):
    client = browser()
    client.post("/en/accounts/password/reset/", {"email": member.email})
    link = re.search(rf"{settings.PUBLIC_URL}(\S+)", mail.outbox[-1].body)[1]
    return lambda: (
        "Choose a new password" in (page := text_of(client.get(link, follow=True)))
        and ("is too old" not in page)
    )


def new_address_link(member):
    client = browser(member)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/en/accounts/email/", {"email": "other@maputo.example", "action_add": ""})
    link = re.search(rf"{settings.PUBLIC_URL}(\S+)", mail.outbox[-1].body)[1]
    return lambda: "Yes, it is mine" in text_of(browser().get(link))


KINDS = [session, staying_session, code, new_password_link, new_address_link]


def revoke(member):
    revoke_credentials(person=member, by=None, at=dt.datetime.now(dt.UTC))


def close(member):
    close_account(person=member, by=member, at=dt.datetime.now(dt.UTC))


def leave(member):
    deactivate(person=member, by=None, at=dt.datetime.now(dt.UTC))


def another_password(member):
    client = browser(member)
    words = {"oldpassword": PASSWORD, "password1": "costa-do-sol-1960"}
    client.post("/en/accounts/password/change/", {**words, "password2": "costa-do-sol-1960"})


@pytest.mark.parametrize("end", [revoke, close, leave, another_password])
@pytest.mark.parametrize("kind", KINDS)
def test_at_its_next_use_each_credential_is_dead(member, monkeypatch, kind, end):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime.now(dt.UTC))
    use = kind(member)
    end(member)
    assert use() is False


@pytest.mark.parametrize("kind", KINDS)
def test_the_control_each_credential_works_until_then(member, monkeypatch, kind):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime.now(dt.UTC))
    assert kind(member)() is True


def test_her_own_browser_stays_when_she_changes_her_password(member):
    client, other = browser(member), browser(member)
    words = {"oldpassword": PASSWORD, "password1": "costa-do-sol-1960"}
    client.post("/en/accounts/password/change/", {**words, "password2": "costa-do-sol-1960"})
    assert (is_in(client), is_in(other)) == (True, False)
    assert "(this one)" in text_of(client.get("/en/account/devices/"))


def test_a_closed_account_has_no_way_in_left(member):
    totp.TOTP.activate(member, totp.generate_totp_secret())
    client = browser()
    close(member)
    client.post("/en/accounts/login/", {"login": member.email, "password": PASSWORD})
    client.post("/en/accounts/login/code/", {"email": member.email})
    assert not is_in(client)
    assert not Authenticator.objects.exists()


def test_she_sees_where_she_is_logged_in_and_ends_one(member):
    here, there = browser(member), browser(member)
    page = text_of(here.get("/en/account/devices/"))
    assert page.count("Firefox · Windows") >= 2
    other = SignIn.objects.exclude(session_key=here.session.session_key).get()
    here.post(f"/en/account/devices/{other.public_id}/end/")
    assert (is_in(here), is_in(there)) == (True, False)


def test_nobody_ends_the_log_in_of_somebody_else(member, counterpart):
    client = browser(member)
    sign_in = SignIn.objects.get()
    stranger = Client()
    stranger.force_login(counterpart)
    assert stranger.post(f"/en/account/devices/{sign_in.public_id}/end/").status_code == 404
    assert is_in(client)


def test_a_new_device_is_told_of_and_a_known_one_is_not(member):
    client = browser(member)
    client.post("/en/accounts/logout/")
    client.post("/en/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert Job.objects.filter(name="accounts.tell_of_new_device").count() == 1
    browser(member)
    assert Job.objects.filter(name="accounts.tell_of_new_device").count() == 2


@pytest.mark.parametrize("forged", ["[1]", "", "x" * 9999])
def test_nobody_makes_herself_a_known_browser(member, forged):
    client = Client()
    client.cookies["known"] = forged
    client.post("/en/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert Job.objects.filter(name="accounts.tell_of_new_device").count() == 1


def test_the_browser_forgets_when_she_logs_out(member):
    response = browser(member).post("/en/accounts/logout/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'


def test_who_comes_by_letter_alone_shows_it_again_before_her_address_changes(member, monkeypatch):
    member.set_unusable_password()
    member.save()
    client = browser()
    sent = letter_code(client, member)
    client.post("/en/accounts/login/code/confirm/", {"code": sent})
    assert client.get("/en/accounts/email/").status_code == 200
    monkeypatch.setattr("entrecidades.web.entrance.proof.FRESH", 0)
    response = client.get("/en/accounts/email/")
    assert response["Location"] == "/en/accounts/login/code/?next=%2Fen%2Faccounts%2Femail%2F"
    assert not is_in(client)


def test_she_closes_her_account_after_showing_that_it_is_her(member):
    client = browser(member)
    assert "/reauthenticate/" in client.post("/en/account/close/")["Location"]
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    assert "Close my account?" in text_of(client.get("/en/account/close/"))
    client.post("/en/account/close/")
    member.refresh_from_db()
    assert not member.is_active
