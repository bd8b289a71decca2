"""The pairs of a round as files: the rows of the page, for those who may see it."""

import csv
import io
import json

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import override

from entrecidades.calls.choices import Follow
from entrecidades.calls.services import publish_round, tie_pair
from entrecidades.exchange.exports.cells import unescape
from entrecidades.exchange.exports.rounds import ANSWERED, PUBLISHED
from entrecidades.kernel import clock
from entrecidades.matching import snapshot
from entrecidades.matching.services import rebuild_snapshot
from tests.conftest import entrusted
from tests.factories.accounts import PersonFactory
from tests.factories.calls import ApplicationFactory
from tests.factories.rounds import AT, a_round, answered

pytestmark = pytest.mark.django_db
NAMES = ("=1+1", "Belém", "Curitiba", "@sum")


@pytest.fixture
def paired(client):
    """A published round, of which some names are formulas; its coordinator is logged in."""
    made, by = a_round(brazil=NAMES)
    order = [one.entity.name for one in made.members.filter(side="first")]  # as a database sorts
    links = [(order.index(name), number) for number, name in enumerate(("=1+1", "Belém", "@sum"))]
    run = answered(made, by, links)
    run.bound = run.worth * 1.1
    run.answer["left"] = [{"key": made.members.get(entity__name="Curitiba").pk, "why": "outbid"}]
    run.answer["pairs"][0] |= {"instead": made.members.get(entity__name="Bari").pk}
    run.save()
    publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow=Follow.LETTER, by=by, at=AT
    )
    client.force_login(by)
    return made, by


def asked(client, made, fmt, name="web:round-export", **query):
    return client.get(reverse(name, args=[made.public_id, fmt]), query)


def rows(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def shown(client, made, **query):
    page = client.get(reverse("web:round-studio", args=[made.public_id]), query)
    return [(one["first"].entity, one["second"].entity) for one in page.context["pairs"]]


@pytest.mark.parametrize("query", [{}, {"q": "belem"}, {"run": "1"}, {"q": "nobody"}])
def test_the_file_has_the_pairs_of_the_page_in_its_order(client, paired, query):
    made, _by = paired
    told = asked(client, made, "csv", **query)
    found = rows(told)
    both = shown(client, made, **query)
    assert [row["first_id"] for row in found] == [str(first.public_id) for first, _ in both]
    assert [row["second_id"] for row in found] == [str(second.public_id) for _, second in both]
    assert told["X-Total-Count"] == str(len(found))


def test_names_that_are_formulas_stay_names(client, paired):
    made, _by = paired
    found = rows(asked(client, made, "csv"))
    assert {unescape(row["first"]) for row in found} == {"=1+1", "Belém", "@sum"}
    assert not any(row["first"][0] in "=@" for row in found)
    book = openpyxl.load_workbook(io.BytesIO(asked(client, made, "xlsx").getvalue()))
    sheet = book.worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == ANSWERED
    names = {row[2].value: row[2].data_type for row in sheet.iter_rows(min_row=2)}
    assert names == {"=1+1": "s", "Belém": "s", "@sum": "s"}


def test_programs_learn_proof_pins_second_bests_and_who_is_left(client, paired):
    made, by = paired
    first, second = (made.members.get(entity__name=name) for name in ("Belém", "Bari"))
    other = made.members.get(entity__name="Ancona")
    for kind, there in (("pin", second), ("forbid", other)):
        made.refresh_from_db()
        tie_pair(
            round_id=made.pk, version=made.version, kind=kind, first_id=first.pk,
            second_id=there.pk, by=by, at=AT,
        )  # fmt: skip
    told = json.loads(asked(client, made, "json").getvalue())
    meta, found = told["meta"], told["rows"]
    assert (meta["worth"], meta["bound"], meta["proven"]) == (100.0, pytest.approx(110), False)
    assert meta["gap"] == pytest.approx(0.1)
    assert [one["second"]["name"] for one in meta["pinned"]] == ["Bari"]
    assert [one["second"]["name"] for one in meta["forbidden"]] == ["Ancona"]
    assert [(one["name"], one["why"]) for one in meta["left"]] == [("Curitiba", "outbid")]
    assert [one["said"] for one in found if one["first"] == "Belém"] == ["pin"]
    formula = next(one for one in found if one["first"] == "=1+1")
    assert (formula["second_best"], formula["second_best_costs"], formula["needed"]) == (
        "Bari", 1.0, "no",
    )  # fmt: skip


def test_each_part_gives_what_adds_up_to_how_both_see_it(client, world, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.pairing.KEEPER", snapshot.Keeper())
    rebuild_snapshot(on=clock.today())
    made, by = a_round(brazil=("Aracaju",), italy=("Ancona",))
    for name, city in (("Aracaju", "Curitiba"), ("Ancona", "Turin")):
        made.members.filter(entity__name=name).update(entity=world.body(city))
    answered(made, by, [(0, 0)])
    client.force_login(by)
    with override("pt"):
        row = json.loads(asked(client, made, "json").getvalue())["rows"][0]
    mean = (row["seen_by_first"] + row["seen_by_second"]) / 2
    parts = [row[name] for name in ANSWERED[10 : ANSWERED.index("reasons")]]
    assert len(parts) == 9
    assert sum(parts) == pytest.approx(mean, abs=0.01)
    assert "habitantes" in " ".join(row["reasons"])


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "json", "geojson"])
def test_those_who_may_not_see_it_have_no_file(client, paired, fmt):
    made, _by = paired
    assert asked(client, made, fmt).status_code == 200
    client.force_login(entrusted(made.members.first().entity))
    assert asked(client, made, fmt).status_code == 404
    client.logout()
    assert asked(client, made, fmt).status_code == 302


def test_published_pairs_are_named_in_the_file_as_on_the_page(client, paired):
    made, _by = paired
    shy = made.members.get(entity__name="Belém").entity
    ApplicationFactory(call=made.call, lead=shy, state="accepted", submitted_at=AT)
    client.logout()
    told = json.loads(asked(client, made, "json", "web:round-pairs").getvalue())
    assert {row["first"] for row in told["rows"]} == {"=1+1", "@sum"}
    assert told["meta"]["unnamed"] == 1
    assert tuple(told["rows"][0]) == PUBLISHED
    client.force_login(entrusted(shy))
    assert len(rows(asked(client, made, "csv", "web:round-pairs"))) == 3


def test_what_is_not_published_or_not_there_has_no_file(client, paired):
    made, _by = a_round(by=paired[1], call=paired[0].call, brazil=["Natal"], italy=["Trento"])
    assert asked(client, made, "csv", "web:round-pairs").status_code == 404
    assert asked(client, made, "csv").status_code == 404  # no answer yet
    assert asked(client, paired[0], "doc").status_code == 404
    assert asked(client, paired[0], "csv", run="9").status_code == 404
    assert asked(client, paired[0], "csv", run="x").status_code == 400
    client.force_login(PersonFactory())
    assert asked(client, paired[0], "csv").status_code == 404
