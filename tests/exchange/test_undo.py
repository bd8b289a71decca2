"""Taking an import back around what somebody has edited or built on since: that stays, named."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.exchange.services.official_lists import apply_official, plan_official
from entrecidades.exchange.services.undo import CannotUndo, plan_undo, undo
from entrecidades.network.models import Entity, EntityName, Identifier, Place
from tests.conftest import A_MOMENT
from tests.exchange.lists import CAMPO_LARGO, CURITIBA, ROWS, write_brazil
from tests.factories.network import MandateFactory

MODELS = (Place, Entity, EntityName, Identifier)


@pytest.fixture
def imported(two_campo_largos, tmp_path):
    plan = plan_official("BR", [write_brazil(tmp_path, *ROWS, CAMPO_LARGO)])
    return apply_official(plan, by=None, at=A_MOMENT)


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


def of(code, scheme="BR-IBGE"):
    return Entity.objects.get(identifiers__scheme=scheme, identifiers__value=code)


def edit(code):
    Entity.objects.filter(pk=of(code).pk).update(website="https://pinhais.pr.gov.br")


def test_the_plan_of_an_undo_counts_what_goes_and_writes_nothing(imported):
    before = counts()
    plan = plan_undo(imported.pk)
    assert {model.__name__: count for model, count in plan.deleted} == {
        "Place": 1, "Entity": 5, "EntityName": 5, "Identifier": 7,
    }  # fmt: skip
    assert (plan.stay, plan.stays, counts()) == (0, [], before)


def test_what_was_edited_stays_with_all_that_it_rests_on(imported):
    edit("4119152")
    assert plan_undo(imported.pk).stays == [("Pinhais", "changed since")]
    undone = undo(imported.pk, by=None, keep_edited=True)
    pinhais = of("4119152")
    assert (pinhais.parent.name, pinhais.seat.slug) == ("Paraná", "pinhais")
    assert pinhais.names.exists()
    assert pinhais.parent.identifiers.exists()
    assert not Identifier.objects.filter(value="4106902").exists()
    assert undone.counts["kept"] == Trace.objects.last().facts["kept"] == 8


def test_what_somebody_acts_for_stays(imported, officer):
    MandateFactory(entity=of("4119152"), person=officer)
    with pytest.raises(CannotUndo, match="used since"):
        undo(imported.pk, by=None)
    assert plan_undo(imported.pk).stays == [("Pinhais", "used by: mandates")]
    undo(imported.pk, by=None, keep_edited=True)
    assert of("4119152").mandates.count() == 1


def test_what_was_removed_since_is_no_hindrance(imported):
    of("4106902").delete()
    with pytest.raises(CannotUndo, match="removed since"):
        undo(imported.pk, by=None)
    undo(imported.pk, by=None, keep_edited=True)
    assert not Identifier.objects.filter(scheme__startswith="BR-IBGE").exists()


def test_a_changed_row_that_was_changed_again_keeps_its_new_value(imported, tmp_path):
    renamed = CURITIBA.replace("Curitiba", "Nova Curitiba")
    plan = plan_official("BR", [write_brazil(tmp_path, renamed, *ROWS[1:], CAMPO_LARGO)])
    second = apply_official(plan, by=None, at=A_MOMENT)
    Entity.objects.filter(pk=of("4106902").pk).update(name="Curitiba, a capital")
    assert plan_undo(second.pk).stays == [("Curitiba, a capital", "changed since")]
    undo(second.pk, by=None, keep_edited=True)
    assert of("4106902").name == "Curitiba, a capital"


def test_an_import_after_it_takes_up_what_stayed(imported, tmp_path):
    edit("4119152")
    undo(imported.pk, by=None, keep_edited=True)
    plan = plan_official("BR", [tmp_path])
    assert (plan.counts()["unchanged"], plan.counts()["joined"]) == (2, 2)
    apply_official(plan, by=None, at=A_MOMENT)
    assert of("4119152").website


@settings(max_examples=12, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.sets(st.sampled_from(["4106902", "4119152", "3550308"])))
def test_whatever_was_edited_stays_and_nothing_else(two_campo_largos, tmp_path, edited):
    before = counts()
    plan = plan_official("BR", [write_brazil(tmp_path, *ROWS)])
    batch = apply_official(plan, by=None, at=A_MOMENT)
    for code in edited:
        edit(code)
    undo(batch.pk, by=None, keep_edited=True)
    left = set(Identifier.objects.filter(scheme="BR-IBGE").values_list("value", flat=True))
    assert left == edited
    states = {"41" if code.startswith("41") else "35" for code in edited}
    assert counts()["Entity"] - before["Entity"] == len(edited) + len(states)
    Entity.objects.filter(identifiers__scheme="BR-IBGE").delete()
    Entity.objects.filter(identifiers__scheme="BR-IBGE-UF").delete()
    Place.objects.filter(geonameid=None, slug="pinhais").delete()
    assert counts() == before
