"""A person comes in by letter, with an app's code, or with a recovery code; nobody else does."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core import mail

from tests.house.messages import messages_in_python
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "praia-do-bilene-1975"  # noqa: S105 - a test's password
ASK = "/en/accounts/login/code/"
CONFIRM = "/en/accounts/login/code/confirm/"


@pytest.fixture
def member(officer):
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def ask(client, email, **facts):
    return client.post(ASK, {"email": email, **facts}, follow=True)


def code_in_letter():
    return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def logged_in_as(client):
    return client.session.get("_auth_user_id")


def test_a_code_by_letter_lets_her_in_and_proves_her_address(client, officer):
    ask(client, officer.email)
    response = client.post(CONFIRM, {"code": code_in_letter()})
    assert response["Location"] == "/en/desk/"
    assert logged_in_as(client) == str(officer.pk)
    assert EmailAddress.objects.get().verified


def test_the_link_in_the_letter_brings_the_code_along(client, officer):
    ask(client, officer.email)
    link = re.search(rf"{settings.PUBLIC_URL}(\S+)", mail.outbox[-1].body)[1]
    assert f'value="{code_in_letter()}"' in text_of(client.get(link))


def test_the_link_alone_lets_nobody_in(client, officer, django_user_model):
    ask(client, officer.email)
    link = re.search(rf"{settings.PUBLIC_URL}(\S+)", mail.outbox[-1].body)[1]
    client.cookies.clear()
    assert client.get(link).status_code == 302
    assert logged_in_as(client) is None


def test_three_wrong_codes_end_it(client, officer):
    ask(client, officer.email)
    for _ in range(3):
        client.post(CONFIRM, {"code": "WRONG"})
    client.post(CONFIRM, {"code": code_in_letter()})
    assert logged_in_as(client) is None


def test_an_unknown_address_is_answered_and_written_to_like_a_known_one(client, officer):
    known = text_of(ask(client, officer.email)).replace(officer.email, "")
    client.cookies.clear()
    unknown = text_of(ask(client, "no@body.example")).replace("no@body.example", "")
    token = re.compile(r'value="\w{64}"')
    assert token.sub("", known) == token.sub("", unknown)
    assert [letter.to for letter in mail.outbox] == [[officer.email], ["no@body.example"]]


def test_letters_are_in_the_readers_language_and_whole(client, officer):
    client.post(ASK.replace("/en/", "/pt/"), {"email": officer.email})
    body = mail.outbox[-1].body
    assert "<<missing" not in body
    assert "&#x27;" not in body


def with_app(person):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return lambda: totp.format_hotp_value(
        totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    )


def test_the_second_proof_is_asked_for_and_right_it_lets_her_in(client, member):
    code = with_app(member)
    response = client.post("/en/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert response["Location"] == "/en/accounts/second-factor/authenticate/"
    assert logged_in_as(client) is None
    assert "The second proof" in text_of(client.get(response["Location"]))
    client.post(response["Location"], {"code": code()})
    assert logged_in_as(client) == str(member.pk)


def test_a_code_of_the_app_works_once(client, member):
    used = with_app(member)()
    for expected in (str(member.pk), None):
        client.post("/en/accounts/login/", {"login": member.email, "password": PASSWORD})
        client.post("/en/accounts/second-factor/authenticate/", {"code": used})
        assert logged_in_as(client) == expected
        client.logout()


@pytest.fixture
def inside(client, member):
    """The member is in, and has just shown again that it is her."""
    client.post("/en/accounts/login/", {"login": member.email, "password": PASSWORD})
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_an_app_is_added_with_recovery_codes_and_removed(inside, member):
    path = "/en/accounts/second-factor/totp/activate/"
    page = text_of(inside.get(path))
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    inside.post(path, {"code": totp.format_hotp_value(totp.hotp_value(secret, counter))})
    assert Authenticator.objects.filter(user=member).count() == 2
    codes = text_of(inside.get("/en/accounts/second-factor/recovery-codes/"))
    assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10
    inside.post("/en/accounts/second-factor/totp/deactivate/")
    assert not Authenticator.objects.filter(user=member).exists()


PAGES = [
    "login/",
    "login/code/",
    "signup/",
    "email/",
    "password/change/",
    "second-factor/",
    "second-factor/totp/activate/",
    "second-factor/webauthn/",
    "second-factor/webauthn/add/",
    "second-factor/recovery-codes/generate/",
    "connections/",
    "connections/login/cancelled/",
]


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_wears_the_house_and_has_no_word_of_the_library(inside, page, language):
    if page.startswith(("login", "signup")):
        inside.logout()
    response = inside.get(f"/{language}/accounts/{page}", follow=True)
    words = text_of(response)
    assert response.status_code == 200
    assert 'class="neatline"' in words
    assert "<<missing" not in words
    assert words.count("<h1>") == 1
    assert not re.search(r"(?i)sign.in|third-party|security key|two-factor", words)


def test_before_the_address_changes_she_is_asked_again(client, member):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    client.force_login(member)
    response = client.post("/en/accounts/email/", {"email": "new@x.example", "action_add": ""})
    assert "/reauthenticate/" in response["Location"]
    assert not mail.outbox


def test_an_address_that_is_not_proven_itself_is_not_exchanged(inside, member):
    facts = {"email": "new@maputo.example", "action_add": ""}
    page = text_of(inside.post("/en/accounts/email/", facts))
    inside.post("/en/accounts/email/", {"email": member.email, "action_remove": ""})
    member.refresh_from_db()
    assert "First prove the present address" in page
    assert member.email == "officer@maputo.example"


def test_the_address_changes_when_the_new_one_is_proven(inside, member):
    EmailAddress.objects.filter(user=member).update(verified=True)
    inside.post("/en/accounts/email/", {"email": "new@maputo.example", "action_add": ""})
    member.refresh_from_db()
    assert member.email == "officer@maputo.example"
    link = re.search(rf"{settings.PUBLIC_URL}(\S+)", mail.outbox[-1].body)[1]
    assert "new@maputo.example" in text_of(inside.get(link))
    inside.post(link)
    member.refresh_from_db()
    assert member.email == "new@maputo.example"


# People are known by their address: no name of a user, no telephone.
NEVER_SAID = (
    "The phone number and/or password you specified are not correct.",
    "A user is already registered with this phone number.",
    "The phone number is not assigned to any user account.",
    "Username can not be used. Please use other username.",
    "The username and/or password you specified are not correct.",
    "Username",
    "Username, email or phone",
    "Username or email",
    "Username or phone",
    "Email or phone",
    "Username (optional)",
    "Phone",
    "Enter a phone number including country code (e.g. +1 for the US).",
)
LIBRARY = [
    "account/adapter.py",
    "account/fields.py",
    "account/forms.py",
    "mfa/adapter.py",
    "mfa/base/forms.py",
    "mfa/models.py",
    "mfa/totp/forms.py",
    "mfa/webauthn/forms.py",
    "socialaccount/adapter.py",
]


def test_what_the_library_says_stands_in_our_catalogues():
    from pathlib import Path  # noqa: PLC0415

    import allauth  # noqa: PLC0415

    from entrecidades.web.entrance.library_words import SAID  # noqa: PLC0415

    root = Path(allauth.__file__).parent
    said = {
        message[1]
        for name in LIBRARY
        for message in messages_in_python((root / name).read_text(encoding="utf-8"))
    }
    assert said == SAID | {*NEVER_SAID}
