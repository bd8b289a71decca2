"""A person reads and takes away all that the house holds about her, and nothing of others."""

import io
import json
import zipfile

import pytest

from entrecidades.privacy.selectors.copy import copy_for
from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import IntroductionFactory
from tests.privacy.canary import Canary
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


def taken_away(client, person, language="en"):
    """The two files that she downloads."""
    client.force_login(person)
    answer = client.get(f"/{language}/account/data/download/")
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_every_token_of_hers_is_in_the_copy_and_no_secret(client, on_the_day):
    canary = Canary()
    files = taken_away(client, canary.person)
    for name, told in files.items():
        assert [one for one in canary.hers if one not in told.replace("&lt;", "<")] == [], name
        assert [one for one in canary.secret if one in told] == [], name


def test_the_copy_tells_kinds_reasons_and_fates(client, on_the_day):
    told = json.loads(taken_away(client, Canary().person)["my-data.json"])
    kinds = {kind["label"]: kind for kind in told["kinds"]}
    assert kinds["network.Post"]["bases"] == ["consent"]
    assert kinds["cooperation.Introduction"]["fates"] == ["blank", "mask"]
    assert told["format"] == "entrecidades-my-data/1"


def test_nothing_of_another_is_in_it(client, on_the_day):
    canary = Canary()
    files = taken_away(client, PersonFactory(email="other@people.example"))
    assert [one for one in canary.hers if any(one in told for told in files.values())] == []


def test_the_page_to_read_is_in_her_language(client, on_the_day, officer):
    page = taken_away(client, officer, "fr")["my-data.html"]
    assert '<html lang="fr">' in page


def test_a_post_of_hers_tells_nothing_of_who_else_is_named(officer, counterpart, curitiba, maputo):
    IntroductionFactory(asker=maputo, asked=curitiba, proposed_by=officer, message="Bom dia")
    told = {kind.label: kind for kind in copy_for(officer)}
    values = told["cooperation.Introduction"].records[0].values
    assert (values["message"], values["proposed_by"]) == ("Bom dia", officer.pk)
    assert counterpart.email not in str(told)


def test_the_page_says_what_is_held_and_why(client, officer):
    client.force_login(officer)
    page = text_of(client.get("/en/account/data/"))
    assert "For whom you act" in page
    assert "carry out their public task" in page
    assert "/en/account/data/download/" in page
