"""The JSON interface, as a program sees it."""

import pytest

from entrecidades.kernel import clock
from entrecidades.matching import snapshot
from entrecidades.matching.services import rebuild_snapshot


@pytest.fixture
def prepared(world, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.selectors.KEEPER", snapshot.Keeper())
    rebuild_snapshot(on=clock.today())
    return world


def test_a_place_is_found_by_the_beginning_of_any_of_its_names(client, world):
    found = client.get("/api/v1/places", {"q": "lourenço"}).json()
    assert [place["id"] for place in found] == ["mz/maputo"]


def test_a_place_at_its_permanent_address(client, world):
    place = client.get("/api/v1/places/mz/maputo").json()
    assert (place["geonameid"], place["country"], place["population"]) == (1040652, "MZ", 1254837)


def test_a_body_comes_with_its_seat(client, maputo):
    assert client.get("/api/v1/entities/mz/maputo").json()["seat"] == "mz/maputo"


def test_suggestions_come_with_every_reason_in_the_language_asked_for(client, prepared):
    query = {"place": "Maputo", "country": "BR", "limit": 2, "language": "en"}
    answer = client.get("/api/v1/suggestions", query).json()
    first = answer["suggestions"][0]
    assert answer["place"] == {"id": "mz/maputo", "name": "Maputo", "country": "MZ"}
    assert len(answer["suggestions"]) == 2
    assert {reason["part"] for reason in first["reasons"]} >= {"needs", "size", "language"}
    assert first["score"] == pytest.approx(
        sum(reason["weight"] * reason["score"] for reason in first["reasons"]), abs=0.01
    )


def test_two_can_be_compared(client, prepared):
    answer = client.get("/api/v1/affinity", {"place": "Maputo", "other": "br/curitiba"}).json()
    assert (answer["id"], 0 < answer["score"] <= 100) == ("br/curitiba", True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/places/xx/nowhere", 404),
        ("/api/v1/entities/xx/nobody", 404),
        ("/api/v1/places", 422),
        ("/api/v1/places?q=a&limit=0", 422),
        ("/api/v1/places?q=%00", 422),
        ("/api/v1/entities?country=BRAZIL", 422),
        ("/api/v1/entities?page=-1", 422),
        ("/api/v1/suggestions?place=Nowhere-at-all", 404),
        ("/api/v1/suggestions?place=Maputo&limit=x", 422),
        ("/api/v1/suggestions?place=Maputo&language=xx", 422),
        ("/api/v1/affinity?place=Maputo&other=Maputo", 404),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(client, prepared, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert status == 200 or answer.json()["detail"]


def test_a_misspelt_place_is_answered_with_the_nearest(client, prepared):
    answer = client.get("/api/v1/suggestions", {"place": "Maptuo"})
    assert "mz/maputo" in answer.json()["detail"]


def test_without_a_snapshot_it_asks_for_patience(client, world, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.selectors.KEEPER", snapshot.Keeper())
    assert client.get("/api/v1/suggestions", {"place": "Maputo"}).status_code == 503


def test_the_document_lists_every_operation(client, world):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) == 7


def test_nothing_here_can_be_written(client, world):
    assert client.post("/api/v1/suggestions?place=Maputo").status_code == 405
