"""Nobody is given a word that stands in a record she may not see, wherever she looks."""

import re
from collections import deque

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.canaries import RUNGS, Aviary, links_in, words_of
from tests.access.matrix import addresses, path_of
from tests.access.people import PEOPLE, door_of, people_around

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
#: A session begins, an address is looked up, and a thread notes how far it was read.
ALLOWED = re.compile(r"django_session|account_emailaddress|cooperation_threadside", re.IGNORECASE)
SEARCHES = (
    "/en/search/?q={}",
    "/en/board/?q={}",
    "/en/practices/?q={}",
    "/en/entities/?q={}",
    "/en/projects/?q={}",
    "/en/calls/?q={}",
)


@pytest.fixture
def aviary(world, on_the_day):
    """Three cities whose every text is a word of its own, and the fourteen kinds of people."""
    people = people_around(world.body("Maputo"), world.body("Curitiba"))
    return Aviary().plant(world), people


def beginnings(aviary):
    """Where a crawl begins: every record, every list and form, and searches for every word.

    The records come first: a short crawl has to pass by what it must see.
    """
    for record in aviary.records:
        yield record.get_absolute_url()
        yield f"/en/sharing/{record._meta.model_name}/{record.public_id}/"
    yield from (path for path, _token in aviary.paths)
    owners = {record.entity for record in aviary.records if hasattr(record, "entity")}
    yield from sorted(f"{body.get_absolute_url()}documents/" for body in owners)
    for name, carried in addresses():
        if not carried and "logout" not in name:
            yield path_of(name, carried, "", None)
        elif carried == ["fmt"]:
            base = path_of(name, carried, "", None).removesuffix("csv")
            yield from (base + fmt for fmt in ("csv", "xlsx", "json", "geojson"))
    for number, token in enumerate(aviary.canaries):
        yield SEARCHES[number % len(SEARCHES)].format(token)


def crawl(door, aviary, most):
    """Each address once with what it says, beginning to end, until there were enough."""
    waiting, known = deque(beginnings(aviary)), set()
    while waiting and len(known) < most:
        path = waiting.popleft()
        if path in known:
            continue
        known.add(path)
        words = words_of(door.get(path))
        waiting.extend(links_in(words))
        yield path, words


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_reads_a_word_that_is_not_for_her(aviary, person, pytestconfig):
    birds, people = aviary
    door, seen, leaks = door_of(person, people), set(), {}
    for path, words in crawl(door, birds, pytestconfig.option.crawl):
        seen |= set(re.findall(r"kanari\d{4}", words))
        if foreign := birds.foreign_to(person, path, words):
            leaks[path] = foreign
    assert leaks == {}
    public = {t for t, canary in birds.canaries.items() if canary.rung == RUNGS["public"]}
    assert public <= seen  # a crawl that finds nothing proves nothing
    inside = {word for _path, word in birds.paths if birds.canaries[word].may_be_read_by(person)}
    assert inside <= seen  # nor does one that stays outside what is hers


@pytest.mark.slow
@pytest.mark.parametrize("person", ["anonymous", "officer", "operator"])
def test_reading_changes_nothing(aviary, person, pytestconfig):
    birds, people = aviary
    door = door_of(person, people)
    with CaptureQueriesContext(connection) as asked:
        for _path, _words in crawl(door, birds, min(pytestconfig.option.crawl, 150)):
            pass
    written = [query["sql"] for query in asked if WRITES.match(query["sql"])]
    assert [sql for sql in written if not ALLOWED.search(sql)] == []


def test_the_crawl_sees_a_leak(aviary):
    birds, people = aviary
    private = next(record for record in birds.records if record.visibility == RUNGS["private"])
    type(private).objects.filter(pk=private.pk).update(visibility=RUNGS["public"])
    found = words_of(door_of("anonymous", people).get(private.get_absolute_url()))
    assert birds.foreign_to("anonymous", "", found)
