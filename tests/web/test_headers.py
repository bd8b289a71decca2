"""Every class of answer carries every header; nothing of a signed-in person is kept."""

import os
import subprocess
import sys

import pytest
from csp.constants import NONE, SELF
from django.conf import settings as the_settings
from django.test import Client

from entrecidades.web.headers import UNUSED
from tests.house.source import ROOT
from tests.web.observatory import directives, score

HTTPS = {"secure": True}
DECLARED = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "img-src": f"{SELF} data:",
    "font-src": SELF,
    "connect-src": SELF,
    "manifest-src": SELF,
    "form-action": SELF,
    "base-uri": NONE,
    "frame-ancestors": NONE,
}
TOO_LONG = {"entity": "", "title": "x"}


def get(path, **facts):
    return lambda client: client.get(path, **HTTPS, **facts)


def post(path, facts=None):
    return lambda client: client.post(path, facts or {}, **HTTPS)


#: Each class of answer: how it comes about, and its status for a stranger and for a member.
CLASSES = {
    "public page": (get("/en/cities/"), 200, 200),
    "fragment": (get("/en/cities/", headers={"HX-Request": "true"}), 200, 200),
    "members' page": (get("/en/desk/"), 302, 200),
    "form": (get("/en/accounts/login/"), 200, 302),
    "API": (get("/api/v1/themes"), 200, 200),
    "API, wrong": (get("/api/v1/places?limit=x"), 422, 422),
    "API, nothing": (get("/api/v1/nothing"), 404, 404),
    "file": (get("/en/cities/export.csv"), 200, 200),
    "static": (get("/static/web/entrecidades.css"), 200, 200),
    "no static": (get("/static/web/none.css"), 404, 404),
    "robots": (get("/robots.txt"), 200, 200),
    "redirect": (get("/"), 302, 302),
    "slash": (get("/en/cities"), 301, 301),
    "to https": (lambda client: client.get("/en/cities/"), 301, 301),
    "missing": (get("/en/cities/zz/nowhere/"), 404, 404),
    "no such way": (lambda client: client.put("/en/cities/", **HTTPS), 405, 405),
    "no such way there": (post("/en/cities/"), 405, 405),
    "refused": (post("/en/board/new/", TOO_LONG), 302, 422),
    "no such host": (get("/en/cities/", headers={"Host": "evil.example"}), 400, 400),
}


@pytest.fixture
def in_production(settings):
    """The settings that https brings, as config/settings.py derives them."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


@pytest.fixture
def doors(maputo, officer, in_production):
    """A stranger's browser and a member's."""
    member = Client(raise_request_exception=False)
    member.force_login(officer)
    return Client(raise_request_exception=False), member


def check(response):
    """All that every answer says."""
    assert directives(response["Content-Security-Policy"]) == DECLARED
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert {f"{name}=()" for name in UNUSED} <= set(response["Permissions-Policy"].split(", "))
    if response.wsgi_request.is_secure():
        told = response["Strict-Transport-Security"]
        assert told == "max-age=31536000; includeSubDomains; preload"


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_of_answer_says_it_all(doors, name):
    ask, *statuses = CLASSES[name]
    for door, status in zip(doors, statuses, strict=True):
        response = ask(door)
        assert response.status_code == status
        check(response)
        for close in response._resource_closers:  # noqa: SLF001 - a file that is not read out
            close()


def is_kept_nowhere(response):
    told = response["Cache-Control"].split(", ")
    return {"private", "no-store"} <= set(told) and "public" not in told


@pytest.mark.parametrize("name", [name for name in CLASSES if name not in {"static", "no static"}])
def test_nothing_that_a_member_is_answered_is_kept(doors, name):
    response = CLASSES[name][0](doors[1])
    if name not in {"to https", "no such way"}:  # said before anybody asks who it is
        assert is_kept_nowhere(response)
        assert "Cookie" in response["Vary"]


def broken(_request):
    raise RuntimeError


def test_a_fault_says_it_all_and_is_not_kept(doors, monkeypatch):
    monkeypatch.setattr("entrecidades.web.views.desk.postings_seen_by", broken)
    response = doors[1].get("/en/desk/", **HTTPS)
    assert response.status_code == 500
    check(response)
    assert is_kept_nowhere(response)


def test_who_is_asked_to_wait_is_told_it_all(doors, settings, monkeypatch):
    settings.LIMITED = True
    monkeypatch.setattr("entrecidades.web.limits.middleware.take", lambda *_all, **_at: 60)
    for path in ("/en/search/?q=x", "/api/v1/themes"):
        response = doors[1].get(path, **HTTPS)
        assert response.status_code == 429
        check(response)
        assert is_kept_nowhere(response)


def test_a_page_that_says_nothing_of_caches_is_kept_nowhere(doors):
    assert is_kept_nowhere(doors[0].get("/en/accounts/login/", **HTTPS))
    assert "public" in doors[0].get("/en/cities/", **HTTPS)["Cache-Control"]


def test_a_key_makes_somebody_of_a_stranger(doors):
    asked = doors[0].get("/en/cities/", headers={"Authorization": "Bearer x"}, **HTTPS)
    assert is_kept_nowhere(asked)


@pytest.mark.parametrize("name", ["public page", "form", "members' page"])
def test_an_observatory_would_be_content(doors, name):
    for door in doors:
        assert score(CLASSES[name][0](door)) >= 115


def test_the_observatory_sees_a_page_that_says_nothing(doors):
    response = CLASSES["public page"][0](doors[0])
    for header in list(response.headers):
        del response.headers[header]
    assert score(response) < 50


@pytest.mark.slow
@pytest.mark.parametrize(("debug", "passes"), [("false", True), ("true", False)])
def test_django_finds_nothing_to_say_about_a_public_instance(tmp_path, debug, passes):
    instance = {
        "ENTRECIDADES_HOME": str(tmp_path),
        "ENTRECIDADES_URL": "https://cities.example",
        "ENTRECIDADES_DEBUG": debug,
    }
    # What our browser tests need of Django is not what an instance is started with.
    bare = {
        name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, env=bare | instance, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode == 0) is passes, done.stderr


def test_no_policy_is_unsafe():
    said = str(the_settings.CONTENT_SECURITY_POLICY)
    assert "unsafe" not in said
    assert "*" not in said
