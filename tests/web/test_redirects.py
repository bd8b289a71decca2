"""Nobody is led away from the house, whatever an address says about where to go next."""

from urllib.parse import urljoin, urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as the_settings

from tests.web.pages import text_of

PASSWORD = "praia-do-bilene-1975"  # noqa: S105 - a test's password
HOUSE = "http://testserver"
AWAY = [
    "https://evil.example", "http://evil.example/", "//evil.example", "///evil.example",
    "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "/\\/evil.example", "https:evil.example", "https:/evil.example", "https:///evil.example",
    "http:\\\\evil.example", "HTTPS://EVIL.EXAMPLE", "hTTp://evil.example", " //evil.example",
    "\t//evil.example", "\n//evil.example", "\r\n//evil.example", "/\t/evil.example",
    "/\n/evil.example", "//evil%E3%80%82example", "//evil。example", "//testserver@evil.example",
    "http://testserver@evil.example", "http://testserver:80@evil.example",
    "http://testserver.evil.example", "http://evil.example#testserver",
    "http://evil.example?testserver", "http://evil.example\\testserver", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>1</script>",
    "vbscript:msgbox(1)", "ftp://evil.example", "//[::ffff:7f00:1]", "//0x7f000001",
    "http://[evil.example", "\x00//evil.example", "/\x0b/evil.example", "\u202e//evil.example",
    "http://localhost/", "http://127.0.0.1:8000/", "%2f%2fevil.example", "/%09/evil.example",
]  # fmt: skip
PAGES = ("login/", "login/code/", "logout/", "signup/", "second-factor/authenticate/")


@pytest.fixture
def member(officer):
    officer.set_password(PASSWORD)
    officer.save()
    return officer


@pytest.fixture(autouse=True)
def cheap_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def leads_away(response):
    """Whether a browser would leave the house: it drops tabs and lines, and turns backslashes."""
    said = response.get("Location", "")
    for sign in "\t\r\n":
        said = said.replace(sign, "")
    target = urlsplit(urljoin(HOUSE, said.strip().replace("\\", "/")))
    return (target.scheme, target.hostname) != ("http", "testserver")


def log_in(client, member, where, way):
    facts = {"login": member.email, "password": PASSWORD}
    if way == "query":
        return client.post("/en/accounts/login/", facts, query_params={"next": where})
    return client.post("/en/accounts/login/", facts | {"next": where})


@pytest.mark.parametrize("way", ["query", "form"])
@pytest.mark.parametrize("where", AWAY)
def test_a_log_in_stays(client, member, where, way):
    response = log_in(client, member, where, way)
    assert response.status_code == 302
    assert not leads_away(response)


@pytest.mark.parametrize("where", AWAY)
def test_a_log_out_stays(client, officer, where):
    client.force_login(officer)
    assert not leads_away(client.post("/en/accounts/logout/", {"next": where}))
    client.force_login(officer)
    assert not leads_away(client.get("/en/accounts/login/", {"next": where}))


@pytest.mark.parametrize("where", AWAY)
def test_a_second_proof_stays(client, member, where):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(member, secret)
    half = log_in(client, member, where, "query")
    assert not leads_away(half)
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    )
    whole = client.post(half["Location"], {"code": code, "next": where})
    assert client.session.get("_auth_user_id")
    assert not leads_away(whole)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("where", AWAY)
def test_no_page_offers_a_way_out(client, db, page, where):
    response = client.get(f"/en/accounts/{page}", {"next": where})
    assert not leads_away(response)
    if response.status_code == 200:
        assert 'href="//evil' not in text_of(response).lower()
        assert 'href="http://evil' not in text_of(response).lower()


@pytest.mark.parametrize("path", ["//evil.example/%2e%2e", "/\\evil.example", "//evil.example"])
def test_a_missing_slash_leads_nowhere_else(client, db, path):
    assert not leads_away(client.get(path))


def test_the_rule_sees_a_way_out():
    assert leads_away({"Location": "/\t/evil.example"})
    assert leads_away({"Location": "/\\evil.example"})
    assert not leads_away({"Location": "/en/desk/"})


def test_a_way_within_the_house_is_gone(client, member):
    assert log_in(client, member, "/en/board/new/", "query")["Location"] == "/en/board/new/"
    assert the_settings.LOGIN_REDIRECT_URL == "web:desk"
