"""Account pages wear the house's base, tell nobody who has an account, and lead nowhere else."""

import re

import pytest

from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|cspnonce\S+')


@pytest.mark.parametrize("path", ["login", "password/reset", "password/reset/done", "signup"])
def test_the_pages_wear_the_house(client, path):
    page = text_of(client.get(f"/en/accounts/{path}/"))
    assert 'class="neatline"' in page
    assert "<h1>" in page


@pytest.mark.parametrize("path", ["password/change", "logout", "email"])
def test_so_do_those_of_members(client, officer, path):
    client.force_login(officer)
    assert 'class="neatline"' in text_of(client.get(f"/en/accounts/{path}/"))


def test_a_wrong_password_and_an_unknown_address_read_alike(client, officer):
    def answer(email):
        response = client.post("/en/accounts/login/", {"login": email, "password": "wrong words"})
        return response.status_code, TOKEN.sub("", text_of(response)).replace(email, "")

    assert answer(officer.email) == answer("no-one@maputo.example")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_elsewhere_after_the_login(client, officer, target):
    officer.set_password("a long enough pass phrase")
    officer.save()
    facts = {"login": officer.email, "password": "a long enough pass phrase", "next": target}
    response = client.post("/en/accounts/login/", facts)
    assert response.status_code == 302
    assert response["Location"].startswith("/")
    assert "evil" not in response["Location"]
