"""Whatever stands in any text of any record, it is never an element, attribute or address."""

import pytest

from tests.access.matrix import addresses, kinds_of, path_of
from tests.access.people import door_of
from tests.web.hostile import mislead, plant, shape_of

WORD = """<kanari onx=1>"'><kanari b='`</title><kanari>{{ kanari }}"""
ADDRESS = "javascript:kanari()"
SEARCHES = ("board", "practices", "entities", "cities", "partnerships", "search", "countries")


@pytest.fixture
def hostile_hall(city_hall):
    """The city hall once every text in it is hostile."""
    planted = plant(WORD)
    assert len(planted) > 20
    mislead(ADDRESS)
    return city_hall


def paths(records):
    """Every address with each thing it may name, and what is echoed."""
    for name, carried in addresses():
        if "logout" not in name and not name.startswith("api:openapi"):
            for kind in kinds_of(name) if carried else ("",):
                things = records.get(kind, {"": None}) if carried else {"": None}
                yield from (path_of(name, carried, kind, thing) for thing in things.values())
    for page in SEARCHES:
        for field in ("q", "country", "theme", "sort", "page", "nonsense"):
            yield f"/en/{page}/?{field}={WORD.replace('&', '')}"
    yield f"/en/nothing{WORD}/"


def code_in(response):
    """What of the hostile words has become part of the page."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return [] if "nosniff" in response["X-Content-Type-Options"] else ["sniffed"]
    shape = shape_of(response)
    parts = [one for one in shape.elements if "kanari" in one[0] or "onx" in one[1]]
    return parts + [to for to in shape.addresses if to.lower().startswith("javascript")]


@pytest.mark.slow
@pytest.mark.parametrize("person", ["anonymous", "officer", "operator"])
def test_no_text_of_any_record_becomes_code_anywhere(hostile_hall, person):
    _world, people, records = hostile_hall
    door, found, said = door_of(person, people), {}, 0
    for path in paths(records):
        response = door.get(path)
        said += not response.streaming and b"kanari" in response.content
        if code := code_in(response):
            found[path] = code
    assert found == {}
    assert said > 20  # pages that do not show the words prove nothing


@pytest.mark.slow
def test_what_a_form_gives_back_is_no_code(hostile_hall):
    _world, people, records = hostile_hall
    fields = ("title", "text", "message", "note", "name", "login", "email", "reason", "words")
    said = 0
    for person in ("anonymous", "officer", "admin"):
        door = door_of(person, people)
        for path in paths(records):
            if "?" not in path and "export" not in path and "close" not in path:
                response = door.post(path, dict.fromkeys(fields, WORD))
                assert code_in(response) == [], path
                said += not response.streaming and b"kanari" in response.content
    assert said > 10


def test_the_rule_sees_code(hostile_hall):
    _world, people, records = hostile_hall
    response = door_of("anonymous", people).get(records["practice"]["public"].get_absolute_url())
    response.content = response.content.replace(b"&lt;kanari", b"<kanari")
    assert code_in(response)
