"""What goes wrong while an official list is written: all of it is there afterwards, or nothing."""

import gzip

import pytest

from entrecidades.audit.models import Trace
from entrecidades.exchange.models import Batch, Doubt, Load
from entrecidades.exchange.services.official_lists import apply_official, plan_official
from entrecidades.exchange.services.official_lists.writing import Scribe
from entrecidades.network.models import Entity, Identifier, Place, PlaceChange
from tests.conftest import A_MOMENT
from tests.exchange.lists import CAMPO_LARGO, ROWS, write_brazil
from tests.race import at_once

MODELS = (Place, Entity, Identifier, Batch, Doubt, Trace, PlaceChange)


def register():
    return [list(model.objects.order_by("pk").values_list()) for model in MODELS]


@pytest.mark.parametrize("broken", ["bodies", "codes", "names", "extend", "place", "_name"])
def test_what_breaks_off_in_the_middle_leaves_nothing(
    two_campo_largos, tmp_path, monkeypatch, broken
):
    plan = plan_official("BR", [write_brazil(tmp_path, *ROWS, CAMPO_LARGO)])
    before = register()
    kept = getattr(Scribe, broken)

    def writes_and_breaks(*facts, **named):
        kept(*facts, **named)
        raise OSError

    monkeypatch.setattr(Scribe, broken, writes_and_breaks)
    with pytest.raises(OSError, match=r"^$"):
        apply_official(plan, by=None, at=A_MOMENT)
    assert register() == before


def test_a_second_time_nothing_is_written_not_even_a_trace(two_campo_largos, tmp_path):
    source = [write_brazil(tmp_path, *ROWS, CAMPO_LARGO)]
    apply_official(plan_official("BR", source), by=None, at=A_MOMENT)
    before = register()
    assert apply_official(plan_official("BR", source), by=None, at=A_MOMENT) is None
    assert register() == before


def test_half_of_a_list_and_then_the_whole_is_as_the_whole_at_once(two_campo_largos, tmp_path):
    def content():
        return sorted(
            Identifier.objects.values_list("value", "entity__slug", "entity__seat__slug")
        )

    def apply(*rows):
        plan = plan_official("BR", [write_brazil(tmp_path, *rows)])
        return apply_official(plan, by=None, at=A_MOMENT)

    apply(*ROWS[:1])
    apply(*ROWS)
    halves = content()
    Entity.objects.filter(identifiers__scheme="BR-IBGE").delete()
    Entity.objects.all().delete()
    Place.objects.filter(slug="pinhais").delete()
    apply(*ROWS)
    assert content() == halves


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("municipios.csv.gz", gzip.compress(("x," * 9000).encode())[:40], "damaged"),
        ("municipios.csv", "codigo_ibge,nome\n1,São\n".encode("latin-1"), "not in UTF-8"),
        ("municipios.csv", b"codigo_ibge,nome\n", "A file of the list is missing"),
        ("municipios.csv", b"", "missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_nothing_written(world, tmp_path, name, raw, said):
    write_brazil(tmp_path, *ROWS)
    (tmp_path / "municipios.csv").unlink()
    (tmp_path / name).write_bytes(raw)
    plan = plan_official("BR", [tmp_path])
    assert any(said in str(one) for one in plan.problems)
    assert not plan.joined


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_apply_one_list_at_once_one_is_refused(two_campo_largos, tmp_path):
    Load.objects.create(name="gazetteer", version="test", at=A_MOMENT)
    source = [write_brazil(tmp_path, *ROWS)]
    plans = [plan_official("BR", source) for _person in range(2)]
    ended = at_once(lambda number: apply_official(plans[number], by=None, at=A_MOMENT), times=2)
    assert sorted(type(end).__name__ for end in ended) == ["Batch", "OutOfDate"]
    assert Identifier.objects.filter(scheme="BR-IBGE").count() == len(ROWS)
