"""History in words: strangers learn role and body, colleagues the name, operators everything."""

import ast
import csv
import io
import json

import pytest
from django.apps import apps
from django.utils.functional import Promise

from entrecidades.audit.models import Head
from entrecidades.audit.services import record, seal
from entrecidades.cooperation.choices import IntroductionStep
from entrecidades.cooperation.services import take_step as take_contact_step
from entrecidades.kernel import clock
from entrecidades.network.services import say_of
from entrecidades.practices.choices import PostingStep
from entrecidades.practices.services import take_step
from entrecidades.web.presenters.history_words import FIELDS
from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import PartnershipFactory
from tests.factories.practices import PostingFactory
from tests.house.source import modules, tree_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def posting(maputo, officer):
    officer.name = "Amélia Canary"
    officer.save()
    made = PostingFactory(entity=maputo, drafted=True)
    step = PostingStep.PUBLISH
    return take_step(posting_id=made.pk, step=step, by=officer, on=clock.today())


@pytest.fixture
def operator():
    return PersonFactory(email="operator@example.org", is_staff=True)


def page(client, address, person=None):
    if person:
        client.force_login(person)
    return client.get(address).content.decode()


def test_a_stranger_learns_what_was_done_and_for_which_body(client, posting):
    told = page(client, posting.get_absolute_url())
    assert '<h2 id="history">History</h2>' in told
    assert "Published" in told
    assert "international-relations officer, Maputo" in told
    assert "<del>" in told
    assert "draft</del>" in told
    assert "Canary" not in told


def test_an_officer_of_another_body_learns_no_name(client, posting, counterpart):
    assert "Canary" not in page(client, posting.get_absolute_url(), counterpart)


def test_a_colleague_learns_the_name(client, posting, officer):
    assert "Amélia Canary, Maputo" in page(client, posting.get_absolute_url(), officer)


def test_what_a_draft_said_is_for_its_body_alone(client, posting, officer):
    changes = {"text": (None, {"en": "Our secret draft"})}
    record("practices:posting:post", subject=posting, by=officer, changes=changes)
    address = posting.get_absolute_url()
    assert "Our secret draft" not in page(client, address)
    assert "Our secret draft" in page(client, address, officer)


def test_a_thing_to_which_nothing_happened_has_no_history(client, maputo):
    told = page(client, PostingFactory(entity=maputo).get_absolute_url())
    assert 'id="history"' not in told


def test_older_acts_are_folded(client, posting, officer):
    for _number in range(6):
        record("practices:posting:step", subject=posting, by=officer, body=posting.entity)
    assert "2 older acts" in page(client, posting.get_absolute_url())


def test_the_parties_of_a_contact_see_its_history(client, maputo, curitiba, counterpart):
    contact = IntroductionFactory(asker=maputo, asked=curitiba)
    step = IntroductionStep.ACCEPT
    take_contact_step(introduction_id=contact.pk, step=step, by=counterpart, at=clock.now())
    told = page(client, contact.get_absolute_url(), counterpart)
    assert "Accepted" in told
    assert "forwarded</del>" in told


def test_a_confirmed_partnership_tells_who_confirmed_it(client, world, officer):
    pair = PartnershipFactory(one=world["Maputo"], other=world["Curitiba"])
    address, body = pair.get_absolute_url(), world.body("Maputo")
    say_of(about=pair, entity=body, stance="confirms", by=officer, on=clock.today())
    told = page(client, address)
    assert "Confirmed by one of its sides" in told
    assert "international-relations officer, Maputo" in told
    assert address in page(client, "/en/partnerships/")


@pytest.mark.parametrize("language", ["pt-br", "pt", "fr", "it", "es"])
def test_it_is_told_in_every_language(client, posting, language):
    address = posting.get_absolute_url().replace("/en/", f"/{language}/")
    assert "&lt;&lt;missing" not in page(client, address)


def test_the_head_is_published_as_page_and_for_programs(client, posting):
    assert json.loads(page(client, "/history/head.json"))["position"] == 0
    seal()
    head = Head.objects.get()
    assert f"--head {head}" in page(client, "/en/history/head/")
    told = json.loads(page(client, "/history/head.json"))
    assert (told["position"], told["hash"]) == (head.position, head.hash)


@pytest.mark.parametrize("address", ["/en/history/", "/en/history/export.csv"])
def test_the_search_is_there_for_operators_alone(client, posting, officer, operator, address):
    assert client.get(address).status_code == 302
    client.force_login(officer)
    assert client.get(address).status_code == 404
    client.force_login(operator)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(  # each with whether it finds the step
    ("query", "found"),
    [
        ("", True),
        ("act=practices:posting:step", True),
        ("subject=practices.Posting:", True),
        ("subject=network.Entity", False),
        ("person={officer}", True),
        ("person=999999", False),
        ("since=2001-01-01&until=2001-12-31", False),
        ("since=2001-01-01", True),
    ],
)
@pytest.mark.usefixtures("posting")
def test_an_operator_finds_acts(client, officer, operator, query, found):
    told = page(client, f"/en/history/?{query.format(officer=officer.pk)}", operator)
    assert ("Amélia Canary, Maputo" in told) is found


@pytest.mark.parametrize("query", ["since=yesterday", "person=-1", "subject=%E2%82%AC", "act=x"])
def test_what_makes_no_sense_is_named(client, posting, operator, query):
    assert "Not understood" in page(client, f"/en/history/?{query}", operator)


def test_the_list_is_a_file_without_anybodys_own_values(client, posting, officer, operator):
    changes = {"email": (None, "canary@example.org")}
    record("accounts:person:join", subject=officer, by=None, changes=changes)
    client.force_login(operator)
    answer = b"".join(client.get("/en/history/export.csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(answer)))
    assert [row["act"] for row in rows] == ["accounts:person:join", "practices:posting:step"]
    assert json.loads(rows[1]["changes"]) == {"state": ["draft", "published"]}
    assert "canary" not in answer


def noted():
    """The fields that services note in history by name, and those that are edited."""
    for path in modules():
        for call in ast.walk(tree_of(path)):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "snapshot":
                yield from (one.value for one in call.args if isinstance(one, ast.Constant))
    for model in apps.get_models():
        yield from getattr(model, "EDITED", ())


def test_every_field_that_is_noted_has_words():
    lazily = {
        field.name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(getattr(field, "verbose_name", None), Promise)
    }
    assert {*noted()} - FIELDS.keys() - lazily == set()
