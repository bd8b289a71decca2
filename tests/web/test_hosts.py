"""What a request says about the house's host is believed nowhere: no page, link or letter."""

import pytest
from django.core import mail

from tests.web.pages import text_of

FORGED = [
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Server": "evil.example"},
    {"X-Forwarded-Port": "4711", "X-Forwarded-Host": "evil.example:4711"},
    {"X-Host": "evil.example"},
    {"X-Original-Url": "/evil.example"},
    {"X-Rewrite-Url": "/evil.example"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"X-Forwarded-Prefix": "//evil.example"},
    {"Referer": "https://evil.example/"},
]
PAGES = ("/", "/en/", "/en/cities", "/en/cities/mz/maputo/", "/en/accounts/login/", "/en/desk/")
HOSTS = ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil.example:80"]
LETTERS = [
    ("/en/accounts/login/code/", "officer@maputo.example"),
    ("/en/accounts/login/code/", "nobody@maputo.example"),
    ("/en/accounts/password/reset/", "officer@maputo.example"),
    ("/en/accounts/password/reset/", "nobody@maputo.example"),
]


def said(response):
    """All that an answer says, head and body."""
    return str(response.headers) + text_of(response)


@pytest.mark.parametrize("headers", FORGED)
@pytest.mark.parametrize("path", PAGES)
def test_a_forged_header_is_not_repeated(client, maputo, path, headers):
    assert "evil" not in said(client.get(path, headers=headers))


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", PAGES)
def test_another_host_is_refused_in_a_sentence(client, maputo, path, host):
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 400
    assert "evil" not in said(response)
    assert "This address could not be understood" in text_of(response)


def test_a_forged_scheme_is_not_believed_without_a_proxy(client, settings, maputo):
    assert not settings.BEHIND_PROXY
    answer = client.get("/en/cities/", headers={"X-Forwarded-Proto": "https"})
    assert "https://testserver" not in said(answer)
    assert "Strict-Transport-Security" not in answer


@pytest.fixture
def declared(officer, settings):
    """An instance that is also answered on the machine it runs on."""
    settings.PUBLIC_URL = "https://cities.example"
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9999"])
@pytest.mark.parametrize(("path", "email"), LETTERS)
def test_a_letter_leads_to_the_declared_address(client, declared, path, email, host):
    client.post(path, {"email": email}, headers={"Host": host})
    (letter,) = mail.outbox
    written = letter.subject + letter.body
    assert "https://cities.example/" in written
    assert host.partition(":")[0] not in written


def test_the_other_languages_are_at_the_declared_address(client, settings, maputo):
    settings.PUBLIC_URL = "https://cities.example"
    page = text_of(client.get("/en/cities/"))
    assert 'href="https://cities.example/pt/cities/"' in page
