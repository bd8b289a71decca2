"""No log, and no page of a failure, tells an address, a key, or what somebody typed."""

import io
import logging

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.config.logs import Discreet
from entrecidades.kernel.masking import last_words, masked
from entrecidades.web.views import home
from tests.web.pages import text_of

EMAIL, KEY, WORDS = "canary@zq.example", "zq8Kd03nXsl29vLqPw7aTT", "Zqanaria"
CANARIES = (EMAIL, EMAIL.replace("@", "%40"), KEY, WORDS)


@pytest.fixture
def log():
    """What the house's log would hold."""
    kept = io.StringIO()
    keeper = logging.StreamHandler(kept)
    keeper.setFormatter(Discreet("%(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(keeper)
    yield kept
    logging.getLogger().removeHandler(keeper)


@pytest.fixture
def broken(monkeypatch):
    """A home page that fails with a canary in its last words."""

    def fail(*_facts, **_more):
        raise ValueError(f"no such person: {WORDS!r} <{EMAIL}> key={KEY}")

    monkeypatch.setattr(home, "relations_told", fail, raising=False)
    monkeypatch.setattr(home, "render", fail)


def told(log):
    """The canaries that a log holds."""
    return [canary for canary in CANARIES if canary in log.getvalue()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [f"/en/nowhere/?q={EMAIL}", f"/en/{EMAIL}/", f"/en/accounts/password/reset/key/1-{KEY}/x",
     f"/en/search/?q={WORDS}&key={KEY}", f"/api/v1/nowhere/{KEY}"],
)  # fmt: skip
def test_an_address_leaves_no_canary_in_the_log(client, log, path):
    client.get(path, headers={"Authorization": f"Bearer {KEY}", "Referer": f"https://{EMAIL}/"})
    client.post(path, {"login": EMAIL, "password": WORDS})
    assert told(log) == []


@pytest.mark.django_db
def test_a_failure_leaves_no_canary_and_shows_its_number(world, log, broken):
    client = Client(raise_request_exception=False)
    answer = client.get(f"/en/?q={EMAIL}", headers={"Cookie": f"sessionid={KEY}"})
    incident = answer.context["incident"]
    assert answer.status_code == 500
    assert incident in text_of(answer)
    assert f"[incident {incident}]" in log.getvalue()
    assert "ValueError" in log.getvalue()
    assert told(log) == []


@pytest.mark.django_db
def test_the_page_of_a_failure_shows_nothing_of_the_machine(world, broken):
    page = text_of(Client(raise_request_exception=False).get("/en/"))
    assert "Traceback" not in page
    assert WORDS not in page
    assert "What you had saved before is kept" in page


@pytest.mark.django_db
def test_what_was_sent_can_be_sent_again_but_for_secrets(world, monkeypatch):
    def fail(*_facts, **_more):
        raise RuntimeError

    monkeypatch.setattr("entrecidades.web.entrance.forms.PasswordLogin.clean", fail)
    client = Client(raise_request_exception=False)
    facts = {"login": "officer@maputo.example", "password": "a secret of hers"}
    page = text_of(client.post("/en/accounts/login/", facts))
    assert 'value="officer@maputo.example"' in page
    assert "a secret of hers" not in page


@pytest.mark.django_db
def test_a_bare_page_stands_in_where_the_page_breaks_too(world, broken, monkeypatch, log):
    def fail(*_facts, **_more):
        raise RuntimeError

    monkeypatch.setattr("entrecidades.web.views.errors.render", fail)
    answer = Client(raise_request_exception=False).get("/en/")
    assert answer.status_code == 500
    assert b"Something went wrong" in answer.content
    assert "the page of an incident failed too" in log.getvalue()


LOCAL = st.text("abcdefghijklmnopqrstuvwxyz0123456789._+-", min_size=1, max_size=20)
AROUND = st.text(" <>\"'(),;:\n", max_size=3)


@given(LOCAL.filter(lambda name: name[0].isalnum()), AROUND, AROUND)
def test_no_address_gets_through(name, before, after):
    address = f"{name}@maputo.example"
    assert address not in masked(f"told{before}{address}{after}it")


@given(st.text("abcdefghijkmnopqrstuvwxyz", min_size=6, max_size=30))
def test_a_failure_does_not_quote_what_it_was_given(word):
    assert f"'{word}'" not in last_words(KeyError(word))


def test_what_an_operator_needs_is_not_masked():
    line = "WARNING django.request Not Found: /en/cities/mz/maputo/ in 12 ms, job 4711 failed"
    assert masked(line) == line
