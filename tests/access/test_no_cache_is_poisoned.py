"""A page under another name, as a cache would take it for a file, is not there or not kept."""

import pytest

from tests.access.matrix import addresses, kinds_of, path_of
from tests.access.people import door_of

SUFFIXES = (
    "x.css",
    "/x.js",
    ";x.css",
    "%2fx.css",
    "%3bx.png",
    "%0ax.css",
    "/..%2fx.css",
    "?x.css",
)
PUBLIC = ("front-door",)


def pages(records):
    """Every address with something there."""
    for name, carried in addresses():
        if "logout" not in name and carried != ["fmt"]:
            things = records.get(kinds_of(name)[0], {}) if carried else {"–": None}
            for thing in list(things.values())[:1]:
                yield path_of(name, carried, kinds_of(name)[0], thing).partition("?")[0]


def is_kept(response):
    """Whether a cache may keep an answer for others."""
    told = response.get("Cache-Control", "")
    return response.status_code != 404 and not {"private", "no-store"} <= set(told.split(", "))


@pytest.mark.slow
@pytest.mark.parametrize("person", ["officer", "operator"])
def test_no_page_of_a_person_is_kept_under_a_files_name(city_hall, person):
    _world, people, records = city_hall
    door, asked = door_of(person, people), list(pages(records))
    assert len(asked) > 50
    kept = [
        path + suffix for path in asked for suffix in SUFFIXES if is_kept(door.get(path + suffix))
    ]
    assert kept == []


@pytest.mark.parametrize("suffix", SUFFIXES[:-1])
@pytest.mark.parametrize("path", ["/en/desk/", "/en/cities/", "/en/account/data/"])
def test_a_name_with_a_suffix_is_not_there(city_hall, path, suffix):
    _world, people, _records = city_hall
    assert door_of("officer", people).get(path + suffix).status_code == 404


def test_the_rule_sees_what_is_kept(city_hall):
    assert is_kept(door_of("anonymous", {}).get("/en/cities/"))
