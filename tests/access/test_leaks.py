"""What one may not see answers exactly like what is not there, and no form is taken unasked."""

import re

import pytest
from django.test import Client

from tests.access.matrix import FORM, addresses, path_of, rows
from tests.access.people import WITHIN, door_of
from tests.access.records import FORGED

PARAMETERS = dict(addresses())
POSTED = sorted({row.name for row in rows() if row.method == "POST"})
OUTSIDE = ("anonymous", "member", "foreign", "overseer", "operator", "evaluator")


def masked(response, identifier):
    """An answer without what the question put into it."""
    words = response.content.decode().replace(str(identifier), "…")
    return response.status_code, re.sub(r'(csrf\w*|nonce)" value="[^"]+"', "", words)


@pytest.mark.parametrize("person", OUTSIDE)
@pytest.mark.parametrize("state", ["private", "draft"])
@pytest.mark.parametrize("name", ["web:posting-detail", "web:sharing"])
def test_a_foreign_id_answers_exactly_like_a_forged_one(city_hall, name, state, person):
    _world, people, records = city_hall
    record, door = records["posting"][state], door_of(person, people)
    foreign = path_of(name, PARAMETERS[name], "posting", record)
    forged = foreign.replace(str(record.public_id), str(FORGED))
    assert masked(door.get(foreign), record.public_id) == masked(door.get(forged), FORGED)


def test_the_comparison_sees_a_difference(city_hall):
    _world, people, records = city_hall
    record, door = records["posting"]["private"], door_of("officer", people)
    path = path_of("web:posting-detail", ["public_id"], "posting", record)
    forged = path.replace(str(record.public_id), str(FORGED))
    assert masked(door.get(path), record.public_id) != masked(door.get(forged), FORGED)


# A mail programme has no cookie (RFC 8058): the signed link in the letter is the proof.
BY_SIGNED_LINK = {"web:letters-stop"}


@pytest.mark.parametrize(
    "name", [one for one in POSTED if not one.startswith("api:") and one not in BY_SIGNED_LINK]
)
def test_a_form_that_another_site_sends_is_refused(city_hall, name):
    _world, people, records = city_hall
    kind = name.rpartition(":")[2].partition("-")[0]
    thing = next(iter(records.get("posting" if kind == "sharing" else kind, {"": None}).values()))
    path = path_of(name, PARAMETERS[name], "posting" if kind == "sharing" else kind, thing)
    for person in WITHIN:
        door = Client(enforce_csrf_checks=True)
        door.force_login(people[person])
        assert door.generic("POST", path, "", FORM).status_code == 403


def test_a_link_that_nobody_signed_does_nothing_for_another_site(city_hall):
    _world, people, _records = city_hall
    for name in BY_SIGNED_LINK:
        path = path_of(name, PARAMETERS[name], "letters", None)
        for person in WITHIN:
            door = Client(enforce_csrf_checks=True)
            door.force_login(people[person])
            assert door.generic("POST", path, "", FORM).status_code == 404
