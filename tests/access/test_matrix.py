"""Who may do what at every address, for every kind of person, as `access.md` declares it."""

import pytest

from tests.access.matrix import METHODS, addresses, asked, kinds_of, outcome, path_of, rows
from tests.access.people import PEOPLE, door_of
from tests.access.records import PAYLOADS

PARAMETERS = dict(addresses())
DECLARED = {}
for row in rows():
    DECLARED.setdefault(row.name, []).append(row)


def test_every_address_is_declared_and_nothing_else():
    assert sorted(DECLARED) == sorted(PARAMETERS)


def cases_of(name, records):
    """Each thing an address may name, in each state that the table tells apart."""
    if PARAMETERS[name] in ([], ["fmt"]):
        yield "–", path_of(name, PARAMETERS[name], "", None)
        return
    for kind in kinds_of(name):
        for state, thing in {**records.get(kind, {}), "nothing": None}.items():
            yield state, path_of(name, PARAMETERS[name], kind, thing)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_everybody_gets_what_is_declared_and_nothing_else(city_hall, name):
    world, people, records = city_hall
    payload = PAYLOADS.get(name, lambda _world: {})(world)
    wrong = []
    for state, path in cases_of(name, records):
        told = {row.method: row for row in DECLARED.get(name, ()) if state in row.states}
        for person in PEOPLE if told else ():
            door = door_of(person, people)
            for method, row in told.items():
                found = outcome(asked(door, method, path, payload), method)
                if found != row.expected[person]:
                    wrong.append((method, path, state, person, found))
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_no_state_is_forgotten_and_no_other_way_is_open(city_hall, name):
    _world, people, records = city_hall
    doors = {person: door_of(person, people) for person in ("anonymous", "admin", "operator")}
    forgotten = []
    for state, path in cases_of(name, records):
        told = {row.method for row in DECLARED.get(name, ()) if state in row.states}
        forgotten += [
            (method, state, person)
            for method in METHODS
            if method not in told
            for person, door in doors.items()
            if outcome(asked(door, method, path, {}), method) not in {"no such method", "login"}
        ]
    assert forgotten == []


def test_the_matrix_sees_what_is_declared_wrongly(city_hall):
    _world, people, records = city_hall
    path = path_of("web:posting-detail", ["public_id"], "posting", records["posting"]["private"])
    row = next(r for r in DECLARED["web:posting-detail"] if "private" in r.states)
    found = {p: outcome(asked(door_of(p, people), "GET", path, {}), "GET") for p in PEOPLE}
    assert found == row.expected
    assert found != row.expected | {"foreign": "may"}
