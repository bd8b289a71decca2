"""Public pages may be kept by caches and carry no cookie; a member's answers are nobody else's."""

import pytest

PAGES = [
    "/en/cities/",
    "/en/cities/mz/maputo/",
    "/en/cities/export.csv",
    "/en/countries/",
    "/en/countries/mz/",
    "/en/entities/",
    "/en/entities/mz/maputo/",
    "/en/partnerships/",
    "/en/search/?q=maputo",
]


@pytest.mark.parametrize("url", PAGES)
def test_a_public_page_sets_no_cookie_and_may_be_kept(client, maputo, url):
    response = client.get(url)
    assert response.status_code == 200
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize("url", PAGES)
def test_what_a_member_is_given_is_kept_nowhere(client, maputo, officer, url):
    client.force_login(officer)
    told = client.get(url).headers["Cache-Control"]
    assert "private" in told
    assert "no-store" in told
    assert "public" not in told


@pytest.mark.parametrize("url", ["/en/cities/xx/nowhere/", "/en/cities/export.csv?country=XX"])
def test_what_went_wrong_is_not_kept(client, maputo, url):
    assert "public" not in client.get(url).headers.get("Cache-Control", "")
