"""One try more than allowed is asked to wait; no header, and no stranger, changes whose it is."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal import auth as totp

from entrecidades.accounts.limits import LIMITS, Attempt, Scope
from entrecidades.kernel import clock
from tests.conftest import A_MOMENT
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "praia-do-bilene-1975"  # noqa: S105 - a test's password
HERE, THERE = "192.0.2.1", "198.51.100.9"


@pytest.fixture(autouse=True)
def counted(settings):
    settings.LIMITED = True


@pytest.fixture
def later(monkeypatch):
    """Move the house's clock on."""

    def move(seconds):
        moment = A_MOMENT + dt.timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


@pytest.fixture
def cheap_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def log_in(client, email="a@x.example", words="wrong words", address=HERE, **headers):
    facts = {"login": email, "password": words}
    return client.post("/en/accounts/login/", facts, REMOTE_ADDR=address, **headers)


def reads(path):
    return lambda client, _n, address: client.get(path, REMOTE_ADDR=address)


def sends(path, field):
    def send(client, n, address):
        return client.post(path, {field: f"p{n}@x.example"}, REMOTE_ADDR=address)

    return send


BY_NETWORK = {
    Attempt.LOG_IN: lambda client, n, address: log_in(client, f"p{n}@x.example", address=address),
    Attempt.LETTER: sends("/en/accounts/login/code/", "email"),
    Attempt.NEW_PASSWORD: sends("/en/accounts/password/reset/", "email"),
    Attempt.SEARCH: reads("/en/search/?q=x"),
    Attempt.EXPORT: reads("/en/countries/export.csv"),
    Attempt.API: reads("/api/v1/themes"),
    Attempt.PASSKEY: sends("/en/accounts/second-factor/webauthn/login/", "credential"),
}


@pytest.mark.parametrize("attempt", BY_NETWORK)
def test_one_more_than_a_network_may_is_asked_to_wait_and_then_let_in(
    client, cheap_passwords, later, attempt
):
    (limit,) = LIMITS[attempt][Scope.NETWORK]
    knock = BY_NETWORK[attempt]
    # What turned out well costs nothing where success is free: a failed passkey redirects too.
    answers = [knock(client, n, HERE).status_code for n in range(limit.amount)]
    if attempt is Attempt.PASSKEY:
        assert 429 not in answers
        return
    assert 429 not in answers
    refused = knock(client, 99, HERE)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= limit.seconds
    assert knock(client, 99, THERE).status_code != 429
    later(int(refused["Retry-After"]))
    assert knock(client, 99, HERE).status_code != 429


BY_PERSON = {
    Attempt.NEW_PASSWORD: ("/en/accounts/password/reset/", Scope.PERSON),
    Attempt.LETTER: ("/en/accounts/login/code/", Scope.PERSON),
}


@pytest.mark.parametrize("attempt", BY_PERSON)
def test_a_letter_box_is_not_flooded_from_many_networks(client, officer, attempt):
    path, scope = BY_PERSON[attempt]
    (limit,) = LIMITS[attempt][scope]
    for n in range(limit.amount):
        answer = client.post(path, {"email": officer.email}, REMOTE_ADDR=f"198.51.100.{n}")
        assert answer.status_code != 429
    spelt = {"email": officer.email.upper() + " "}
    assert client.post(path, spelt, REMOTE_ADDR=HERE).status_code == 429


def test_everybody_together_may_fail_a_thousand_times(client, cheap_passwords, monkeypatch):
    monkeypatch.setitem(LIMITS[Attempt.LOG_IN], Scope.EVERYBODY, (LIMITED_TO_30,))
    for n in range(30):
        assert log_in(client, f"p{n}@x.example", address=f"192.0.2.{n}").status_code == 200
    assert log_in(client, "p99@x.example", address=THERE).status_code == 429


LIMITED_TO_30 = type(LIMITS[Attempt.SEARCH][Scope.NETWORK][0])(30, 300)


def test_the_numbers_are_those_that_were_promised():
    login = LIMITS[Attempt.LOG_IN]
    told = {
        scope: [(one.amount, one.seconds) for one in limits] for scope, limits in login.items()
    }
    assert told == {
        Scope.PERSON_HERE: [(10, 300)],
        Scope.NETWORK: [(10, 300)],
        Scope.EVERYBODY: [(1000, 300)],
    }
    second = [(one.amount, one.seconds) for one in LIMITS[Attempt.SECOND_PROOF][Scope.PERSON]]
    assert second == [(5, 300), (20, 3600), (50, 86400)]


def test_a_stranger_elsewhere_cannot_lock_her_out(client, officer, cheap_passwords):
    officer.set_password(PASSWORD)
    officer.save()
    for n in range(40):
        log_in(client, officer.email, address=f"198.51.100.{n % 3}")
    assert log_in(client, officer.email, PASSWORD, address=HERE).status_code == 302


def test_success_costs_nothing(client, officer, cheap_passwords):
    officer.set_password(PASSWORD)
    officer.save()
    for _ in range(15):
        assert log_in(client, officer.email, PASSWORD).status_code == 302
        client.logout()


def test_a_second_proof_is_tried_five_times_and_from_elsewhere_too(
    client, officer, cheap_passwords
):
    officer.set_password(PASSWORD)
    officer.save()
    totp.TOTP.activate(officer, totp.generate_totp_secret())
    path = "/en/accounts/second-factor/authenticate/"
    answers = []
    for n in range(6):
        log_in(client, officer.email, PASSWORD, address=f"198.51.100.{n}")
        answer = client.post(path, {"code": "000000"}, REMOTE_ADDR=f"198.51.100.{n}")
        answers.append(answer.status_code)
    assert answers == [200] * 5 + [429]


TRICKS = [
    {"HTTP_X_FORWARDED_FOR": "{n}.1.1.1"},
    {"HTTP_X_FORWARDED_FOR": "{n}.1.1.1, 10.0.0.1"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_X_FORWARDED_FOR": "::{n}"},
    {"HTTP_X_FORWARDED_FOR": "unknown"},
    {"HTTP_X_FORWARDED_FOR": "{n}.1.1.1:99"},
    {"HTTP_X_FORWARDED_FOR": "'; DROP TABLE taken; -- {n}"},
    {"HTTP_X_FORWARDED_FOR": "," * 500},
    {"HTTP_X_REAL_IP": "{n}.1.1.1"},
    {"HTTP_FORWARDED": "for={n}.1.1.1"},
    {"HTTP_CLIENT_IP": "{n}.1.1.1"},
    {"HTTP_X_CLIENT_IP": "{n}.1.1.1"},
    {"HTTP_TRUE_CLIENT_IP": "{n}.1.1.1"},
    {"HTTP_CF_CONNECTING_IP": "{n}.1.1.1"},
    {"HTTP_X_CLUSTER_CLIENT_IP": "{n}.1.1.1"},
    {"HTTP_X_ORIGINATING_IP": "{n}.1.1.1"},
    {"HTTP_X_REMOTE_ADDR": "{n}.1.1.1"},
    {"HTTP_REMOTE_ADDR": "{n}.1.1.1"},
    {"HTTP_X_FORWARDED_HOST": "{n}.example"},
    {"HTTP_USER_AGENT": "browser {n}", "HTTP_X_FORWARDED_FOR": "{n}.1.1.1, {n}.2.2.2"},
]


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: "+".join(trick.values())[:30])
def test_no_header_makes_another_network(client, cheap_passwords, trick):
    def knock(n):
        headers = {name: value.format(n=n) for name, value in trick.items()}
        return log_in(client, f"p{n}@x.example", **headers).status_code

    assert [knock(n) for n in range(11)] == [200] * 10 + [429]


def test_behind_a_proxy_only_what_the_proxy_wrote_is_read(client, cheap_passwords, settings):
    settings.BEHIND_PROXY = True

    def knock(n, told):
        return log_in(client, f"p{n}@x.example", HTTP_X_FORWARDED_FOR=told).status_code

    assert [knock(n, f"{n}.1.1.1, 203.0.113.5") for n in range(11)] == [200] * 10 + [429]
    assert knock(12, "203.0.113.5, 203.0.113.6") == 200


def test_one_house_in_ipv6_is_one_network(client, cheap_passwords):
    def knock(n, address):
        return log_in(client, f"p{n}@x.example", address=address).status_code

    assert [knock(n, f"2001:db8::{n:x}") for n in range(11)] == [200] * 10 + [429]
    assert knock(12, "2001:db8:0:1::1") == 200


def test_what_was_typed_is_kept_and_secrets_are_not(client, cheap_passwords):
    for _ in range(11):
        answer = log_in(client, "officer@maputo.example", "secret words")
    page = text_of(answer)
    assert answer.status_code == 429
    assert 'value="officer@maputo.example"' in page
    assert "secret words" not in page
    assert "Wait 5 minutes." in page


def test_the_page_is_in_the_readers_language_and_the_api_answers_in_json(client):
    for _ in range(6):
        page = client.get("/pt/search/?q=x")
    assert page.status_code == 429
    assert '<html lang="pt"' in text_of(page)
    for _ in range(21):
        answer = client.get("/api/v1/themes")
    assert answer.status_code == 429
    assert answer.json()["detail"] == "Wait a second."


def test_the_file_of_counts_names_nobody(client, officer, settings, cheap_passwords):
    log_in(client, officer.email)
    raw = b"".join(path.read_bytes() for path in settings.HOME.glob("limits.sqlite3*"))
    assert raw
    assert b"maputo" not in raw
    assert HERE.encode() not in raw
