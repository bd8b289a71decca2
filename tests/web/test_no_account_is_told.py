"""Neither words, nor status, nor time tell whether somebody has an account."""

import re
from time import perf_counter

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client

from entrecidades.network.models import Claim
from tests.conftest import entrusted
from tests.web.pages import text_of

PASSWORD = "praia-do-bilene-1975"  # noqa: S105 - a test's password
KNOWN, UNKNOWN = "known@maputo.example", "other@maputo.example"
VARIES = re.compile(r'value="[\w-]{32,}"|\w{8}-\w{4}-\w{4}-\w{4}-\w{12}')
CLAIM = {"name": "A Name", "post": "Officer"}
#: Where an address is typed: the page, the field, and what else is sent.
ASKED = {
    "password": ("/en/accounts/login/", "login", {"password": "wrong words"}),
    "code": ("/en/accounts/login/code/", "email", {}),
    "new password": ("/en/accounts/password/reset/", "email", {}),
    "claim": ("/en/entities/br/curitiba/claim/", "email", CLAIM),
}
STATES = ("active", "closed", "no password", "unproven")


@pytest.fixture
def known(maputo, curitiba, request):
    """Somebody who has an account, in one of its states."""
    state = getattr(request, "param", "active")
    person = entrusted(maputo, email=KNOWN, is_active=state != "closed")
    if state == "no password":
        person.set_unusable_password()
    else:
        person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(
        user=person, email=KNOWN, primary=True, verified=state != "unproven"
    )
    return person


def ask(way, email):
    """What a stranger is told, to the end of where it leads."""
    path, field, more = ASKED[way]
    response = Client().post(path, {field: email, **more}, follow=True)
    return response.status_code, response.redirect_chain, masked(response, email)


def masked(response, email):
    """An answer without the address that was typed and without what is new every time."""
    return VARIES.sub("…", text_of(response).replace(email, "…"))


@pytest.mark.parametrize("known", STATES, indirect=True)
@pytest.mark.parametrize("way", ASKED)
def test_the_answer_is_the_same_whether_somebody_is_known_or_not(known, way):
    assert ask(way, KNOWN) == ask(way, UNKNOWN)


@pytest.mark.parametrize("way", ["code", "new password"])
def test_each_is_written_to_once(known, way):
    ask(way, KNOWN)
    ask(way, UNKNOWN)
    assert [letter.to for letter in mail.outbox] == [[KNOWN], [UNKNOWN]]


def test_a_claim_is_noted_alike(known):
    for email in (KNOWN, UNKNOWN):
        ask("claim", email)
    assert Claim.objects.count() == 2


def test_the_comparison_sees_a_difference(known):
    right = ASKED["password"][2]["password"]
    known.set_password(right)
    known.save()
    assert ask("password", KNOWN) != ask("password", UNKNOWN)


def chance_of(slower, faster):
    """The chance that one of the first took longer than one of the others: half if alike."""
    ranks = sorted([(took, 1) for took in slower] + [(took, 0) for took in faster])
    places = sum(place for place, (_took, mine) in enumerate(ranks, start=1) if mine)
    many = len(slower)
    return (places - many * (many + 1) / 2) / (many * len(faster))


def times(way, trials):
    """How long the answers took, by turns, so that the machine's other work hits both alike."""
    path, field, more = ASKED[way]
    took = {KNOWN: [], UNKNOWN: []}
    door = Client()
    for trial in range(trials * 2):
        email = (KNOWN, UNKNOWN)[trial % 2]
        began = perf_counter()
        door.post(path, {field: email, **more})
        took[email].append(perf_counter() - began)
    return took[KNOWN], took[UNKNOWN]


def test_the_rank_test_sees_a_difference():
    assert chance_of([2, 3, 4], [1, 1, 1]) == 1
    assert chance_of([1, 4, 5, 8], [2, 3, 6, 7]) == 0.5


@pytest.mark.slow
@pytest.mark.parametrize("way", ["code", "new password"])
def test_the_time_of_a_letter_tells_nothing(known, settings, way):
    settings.LETTER_SECONDS = 0.1
    assert 0.4 < chance_of(*times(way, 150)) < 0.6


@pytest.mark.parametrize("known", STATES, indirect=True)
@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_a_password_is_hashed_once_whosever_it_is(known, monkeypatch, email):
    hashed = []
    encode = Argon2PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    def verified(self, password, _encoded):
        hashed.append(password)
        return False

    monkeypatch.setattr(Argon2PasswordHasher, "encode", counted)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", verified)
    ask("password", email)
    assert len(hashed) == 1
