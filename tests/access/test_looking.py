"""Who looks as a person is that person who only reads: address by address, and word by word."""

import pytest
from django.test import Client

from entrecidades.web.looking import END, is_hers_alone
from tests.access.canaries import Aviary
from tests.access.matrix import addresses, asked, kinds_of, outcome, path_of
from tests.access.people import door_of, people_around
from tests.access.records import PAYLOADS
from tests.access.test_canaries import crawl
from tests.web.test_privacy_pages import proven

REASON = {"reason": "She cannot find her draft.", "minutes": "30"}
PARAMETERS = dict(addresses())


def looking_as(person, operator):
    """A browser in which an operator looks as somebody."""
    browser = proven(Client(), operator)
    begun = browser.post(f"/en/people/{person.pk}/look/", REASON)
    assert begun["Location"] == "/en/desk/"
    return browser


def cases_of(name, records):
    """Each thing an address may name, and nothing."""
    if PARAMETERS[name] in ([], ["fmt"]):
        yield path_of(name, PARAMETERS[name], "", None)
        return
    for kind in kinds_of(name):
        for thing in (*records.get(kind, {}).values(), None):
            yield path_of(name, PARAMETERS[name], kind, thing)


@pytest.mark.slow
def test_a_look_shows_what_she_sees_or_less_and_changes_nothing(city_hall):
    world, people, records = city_hall
    hers = door_of("officer", people)
    looker = looking_as(people["officer"], people["operator"])
    more, changed = [], []
    for name in PARAMETERS:
        payload = PAYLOADS.get(name, lambda _world: {})(world)
        for path in cases_of(name, records):
            seen = asked(looker, "GET", path, {})
            if seen.status_code == 403 and is_hers_alone(name):
                continue
            if outcome(seen, "GET") != outcome(asked(hers, "GET", path, {}), "GET"):
                more.append((name, path))
            if name != END and asked(looker, "POST", path, payload).status_code not in {403, 404}:
                changed.append((name, path))
    assert more == []
    assert changed == []


@pytest.mark.slow
def test_no_word_of_a_first_contact_is_found_while_looking(world, on_the_day, pytestconfig):
    people = people_around(world.body("Maputo"), world.body("Curitiba"))
    birds = Aviary().plant(world)
    letters = {one.message for one in birds.records if hasattr(one, "message")}
    looker = looking_as(people["officer"], people["operator"])
    found = {
        (path, word)
        for path, words in crawl(looker, birds, pytestconfig.option.crawl)
        for word in letters
        if word in words and word not in path
    }
    assert letters
    assert found == set()
