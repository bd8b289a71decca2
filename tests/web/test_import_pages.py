"""The operators' pages: imports and doubtful rows, which are not there for anybody else."""

import re

import pytest

from entrecidades.config.jobs import KEEPERS
from entrecidades.exchange.choices import BatchState, DoubtState
from entrecidades.exchange.models import Batch, Doubt
from entrecidades.exchange.services.official_lists import apply_official, plan_official
from entrecidades.network.models import Entity, Identifier
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.conftest import A_MOMENT
from tests.exchange.lists import CAMPO_LARGO, ROWS, write_brazil
from tests.factories.accounts import PersonFactory
from tests.web.pages import HOSTILE, text_of

AGAIN = CAMPO_LARGO.replace("4104204", "4104205").replace("-25.4525", "-25.4528")
DOUBTS = "/en/imports/doubts/"


@pytest.fixture
def batch(two_campo_largos, tmp_path):
    plan = plan_official("BR", [write_brazil(tmp_path, *ROWS, CAMPO_LARGO, AGAIN)])
    return apply_official(plan, by=None, at=A_MOMENT)


@pytest.fixture
def first(batch):
    return batch.doubts.first()


@pytest.fixture
def operator(client, batch):
    person = PersonFactory(email="operator@site.example", is_staff=True)
    client.force_login(person)
    return person


def settle(client, doubt, decision, query="", **more):
    return client.post(f"{DOUBTS}{doubt.pk}/settle/{query}", {"decision": decision, **more})


def work(pieces=100):
    """Let the worker keep so many promises."""
    for _piece in range(pieces):
        if (job := Job.objects.filter(state=Job.State.WAITING).first()) is None:
            return
        keep_one(KEEPERS, now=job.due_at)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error


def addresses(batch):
    doubt = batch.doubts.first().pk
    gets = ["/en/imports/", f"/en/imports/{batch.pk}/undo/", DOUBTS, f"{DOUBTS}{doubt}/"]
    return gets, [f"/en/imports/{batch.pk}/undo/", f"{DOUBTS}{doubt}/settle/"]


def test_for_an_officer_they_are_not_there_and_strangers_are_asked_who_they_are(
    client, batch, officer
):
    gets, posts = addresses(batch)
    assert {client.get(one).status_code for one in gets} == {302}
    client.force_login(officer)
    assert {client.get(one).status_code for one in gets} == {404}
    assert {client.post(one, {"decision": "dismiss"}).status_code for one in posts} == {404}
    assert "imports/doubts" not in text_of(client.get("/en/desk/"))
    assert batch.doubts.filter(state=DoubtState.OPEN).count() == 2


def test_the_desk_leads_an_operator_to_what_waits(client, operator):
    page = text_of(client.get("/en/desk/"))
    assert "/en/imports/doubts/" in page
    assert "2 wait" in page


def test_the_queue_shows_the_rows_and_how_far_it_is(client, operator):
    page = text_of(client.get(DOUBTS))
    assert "0 of 2 decided" in page
    assert page.count("Campo Largo</a>") == 2


def test_filters_stand_in_the_address(client, operator, batch):
    assert "4104204" not in text_of(client.get(f"{DOUBTS}?country=FR"))
    assert "No row waits" in text_of(client.get(f"{DOUBTS}?country=FR"))
    page = text_of(client.get(f"{DOUBTS}?country=BR&batch={batch.pk}"))
    assert f"?country=BR&amp;batch={batch.pk}" in page
    assert "No row waits" in text_of(client.get(f"{DOUBTS}?state=joined"))


def test_a_row_stands_beside_its_candidates_with_reasons(client, operator, first):
    page = text_of(client.get(f"{DOUBTS}{first.pk}/"))
    for words in (
        "BR-IBGE 4104204",
        "br/campo-largo-0",
        "br/campo-largo-1",
        "same name",
        "0.3 km",
    ):
        assert words in page
    assert page.count('name="decision" value="br/') == 2
    assert "0 of 2 decided" in page


def test_the_same_place_is_joined_and_the_next_row_comes(client, operator, first):
    response = settle(client, first, "br/campo-largo-1", "?country=BR")
    second = Doubt.objects.exclude(pk=first.pk).get()
    assert response["Location"] == f"{DOUBTS}{second.pk}/?country=BR"
    body = Entity.objects.get(identifiers__value="4104204")
    assert body.seat.slug == "campo-largo-1"
    assert "1 of 2 decided" in text_of(client.get(response["Location"]))
    assert settle(client, second, "dismiss", "?country=BR")["Location"] == f"{DOUBTS}?country=BR"


@pytest.mark.parametrize(("decision", "state"), [("new", "created"), ("dismiss", "dismissed")])
def test_none_of_them_is_new_or_left_aside(client, operator, first, decision, state):
    settle(client, first, decision)
    first.refresh_from_db()
    assert first.state == state
    assert Identifier.objects.filter(value="4104204").exists() is (decision == "new")


def test_another_place_is_named_by_its_id_alone(client, operator, first):
    assert settle(client, first, "other", place="Campo Largo").status_code == 422
    assert settle(client, first, "other", place="mz/maputo").status_code == 422
    assert settle(client, first, "other", place="br/curitiba").status_code == 422
    response = settle(client, first, "other", place=" BR/campo-largo-0 ")
    assert response.status_code == 302


def test_what_was_decided_already_is_told(client, operator, first):
    settle(client, first, "dismiss")
    response = settle(client, first, "new")
    assert response.status_code == 422
    assert "decided already" in text_of(response)
    assert "The same place" not in text_of(response)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_decide_nothing(client, operator, first, words):
    assert settle(client, first, words).status_code == 422
    assert settle(client, first, "other", place=words).status_code == 422
    assert client.get(DOUBTS, {"country": words, "batch": words, "page": words}).status_code == 200
    first.refresh_from_db()
    assert first.state == DoubtState.OPEN


@pytest.mark.parametrize("number", [0, 999, 2**40])
def test_numbers_of_nothing_lead_nowhere(client, operator, number):
    assert client.get(f"{DOUBTS}{number}/").status_code == 404
    assert client.get(f"/en/imports/{number}/undo/").status_code == 404


def test_the_imports_tell_what_each_did(client, operator, batch):
    page = text_of(client.get("/en/imports/"))
    assert "Official list: Brazil" in page
    assert "2 joined" in page
    assert "2 of 2 wait" in page


def test_undoing_is_shown_then_confirmed_and_what_was_edited_stays(client, operator, batch):
    Entity.objects.filter(identifiers__value="4119152").update(website="https://pinhais.example")
    page = text_of(client.get(f"/en/imports/{batch.pk}/undo/"))
    assert re.search(r"Pinhais <span[^>]*>changed since", page)
    assert Batch.objects.get().state == BatchState.APPLIED
    assert client.post(f"/en/imports/{batch.pk}/undo/").status_code == 302
    assert Batch.objects.get().state == BatchState.UNDOING
    work()
    assert Batch.objects.get().state == BatchState.UNDONE
    left = Identifier.objects.filter(scheme="BR-IBGE").values_list("value", flat=True)
    assert list(left) == ["4119152"]
    again = client.post(f"/en/imports/{batch.pk}/undo/", follow=True)
    assert "undone already" in text_of(again)


def test_undoing_tells_how_far_it_is_and_is_halted_and_gone_on_with(client, operator, batch):
    page = f"/en/imports/{batch.pk}/undo/"
    client.post(page)
    work(pieces=2)
    assert 'http-equiv="refresh"' in text_of(client.get(page))
    assert "<progress" in text_of(client.get(page))
    client.post(page, {"step": "halt"})
    work()
    assert "halted" in text_of(client.get(page))
    assert "undoing halted" in text_of(client.get("/en/imports/"))
    client.post(page, {"step": "go-on"})
    work()
    assert "undone already" in text_of(client.get(page, follow=True))


def test_a_row_of_a_list_that_only_links_cannot_be_new(client, operator, first):
    first.row["origin"]["makes_bodies"] = False
    first.save()
    assert 'value="new"' not in text_of(client.get(f"{DOUBTS}{first.pk}/"))


def test_the_queue_costs_as_many_questions_however_long_it_is(
    client, operator, batch, django_assert_max_num_queries
):
    client.get(DOUBTS)
    row = batch.doubts.first()
    for line in range(100, 140):
        Doubt.objects.create(
            batch=batch, line=line, name="X", row=row.row, candidates=row.candidates
        )
    with django_assert_max_num_queries(16):
        assert client.get(DOUBTS).status_code == 200
