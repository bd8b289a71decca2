"""Partnerships come in whole or not at all, once, and go out again without a trace."""

import random
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.exchange.choices import BatchState
from entrecidades.exchange.models import Batch
from entrecidades.exchange.services.batches import OutOfDate
from entrecidades.exchange.services.partnerships import (
    CannotApply,
    Facts,
    apply_partnerships,
    merged,
    plan_partnerships,
)
from entrecidades.exchange.services.undo import CannotUndo, undo
from entrecidades.network.models import Partnership, Place, PlaceChange
from entrecidades.network.services import say_of
from tests.conftest import A_MOMENT

COLUMNS = (
    "pair_id,country_a,name_a,geonameid_a,country_b,name_b,geonameid_b,"
    "sources,first_year,network,confidence"
)
PORTO_LYON = "p1,BR,Porto Alegre,3452925,FR,Lyon,2996944,rgre_2015,1999,,medium"
MAPUTO_TURIN = "p2,MZ,Maputo,,IT,Torino,,wikidata_eu,,,unlinked"
MARSEILLE_GENOA = "p3,IT,Genova,3176219,FR,Marseille,2995469,wikidata_eu,1958,,high"
NOWHERE = "p4,BR,Nenhures,,FR,Lyon,2996944,rgre_2015,,,unlinked"
ROWS = [PORTO_LYON, MAPUTO_TURIN, MARSEILLE_GENOA, NOWHERE]


@pytest.fixture
def listed(tmp_path):
    def write(*rows):
        path = tmp_path / "pairs.csv"
        path.write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def run(path, by=None):
    return apply_partnerships(plan_partnerships(path), by=by, at=A_MOMENT)


def known():
    columns = ("one__name", "other__name", "first_year", "network", "confidence", "sources")
    return sorted(Partnership.objects.values_list(*columns))


def test_a_plan_counts_and_writes_nothing(world, listed):
    before = known()
    plan = plan_partnerships(listed(*ROWS))
    assert plan.counts() == {
        "rows": 4, "new": 2, "merged": 1, "unchanged": 0, "not_linked": 1, "problems": 0,
    }  # fmt: skip
    (line,) = plan.lines()
    assert "Nenhures" in line
    assert known() == before


def test_pairs_are_linked_by_number_or_by_the_only_name_and_known_ones_are_merged(world, listed):
    run(listed(*ROWS))
    told = {frozenset(row[:2]): row[2:] for row in known()}
    assert told == {
        frozenset({"Lyon", "Porto Alegre"}): (1999, "", "medium", ["rgre_2015"]),
        frozenset({"Maputo", "Turin"}): (None, "", "low", ["wikidata_eu"]),
        frozenset({"Marseille", "Genoa"}): (1958, "", "high", ["wikidata_eu"]),
    }


def test_a_second_import_writes_nothing_and_leaves_no_trace(world, listed, officer):
    batch = run(listed(*ROWS), by=officer)
    assert (batch.counts["new"], batch.by) == (2, officer)
    traces, changes = Trace.objects.count(), PlaceChange.objects.count()
    plan = plan_partnerships(listed(*ROWS))
    assert plan.counts()["unchanged"] == 3
    assert apply_partnerships(plan, by=officer, at=A_MOMENT) is None
    assert (Trace.objects.count(), PlaceChange.objects.count()) == (traces, changes)
    assert Batch.objects.count() == 1


def test_undo_gives_back_exactly_what_was(world, listed, officer):
    before = known()
    batch = run(listed(*ROWS))
    assert undo(batch.pk, by=officer).state == BatchState.UNDONE
    assert known() == before
    with pytest.raises(CannotUndo, match="already"):
        undo(batch.pk, by=officer)
    with pytest.raises(CannotUndo, match="no import"):
        undo(batch.pk + 1, by=officer)


def test_undo_is_refused_once_a_city_has_confirmed(world, listed, officer, on_the_day):
    before = known()
    batch = run(listed(MAPUTO_TURIN))
    pair = Partnership.objects.get(external_id="p2")
    maputo = world.body("Maputo")
    say_of(about=pair, entity=maputo, stance="confirms", by=officer, on=on_the_day)
    with pytest.raises(CannotUndo, match="1 row of this import was changed"):
        undo(batch.pk, by=officer)
    assert len(known()) == len(before) + 1


def test_imports_are_undone_in_the_order_in_which_they_build_on_each_other(world, listed):
    first = run(listed(PORTO_LYON))
    second = run(listed(PORTO_LYON.replace("rgre_2015", "aunt").replace("1999", "1998")))
    with pytest.raises(CannotUndo):
        undo(first.pk, by=None)
    undo(second.pk, by=None)
    undo(first.pk, by=None)
    assert not Partnership.objects.filter(external_id="p1").exists()


def test_a_file_with_a_problem_is_not_written_at_all(world, listed):
    before = known()
    plan = plan_partnerships(listed(PORTO_LYON, MAPUTO_TURIN.replace("unlinked", "sure")))
    assert plan.counts()["problems"] == 1
    with pytest.raises(CannotApply):
        apply_partnerships(plan, by=None, at=A_MOMENT)
    assert known() == before


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (PORTO_LYON.replace("FR,Lyon", "IT,Lyon"), "that of a place in FR"),
        ("p9,MZ,Maputo,,MZ,Lourenço Marques,1040652,w,,,low", "Both names are those of one place"),
        ("example,BR,Porto Alegre,3452925,FR,Lyon,2996944,w,,,low", "known for two other places"),
    ],
)
def test_rows_that_contradict_the_register_are_problems(world, listed, row, reason):
    Partnership.objects.update(external_id="example")
    plan = plan_partnerships(listed(row))
    assert reason in str(plan.problems[0])


def test_a_name_that_several_places_bear_is_not_guessed(world, listed):
    twin = Place.objects.get(name="Turin")
    twin.pk, twin.geonameid, twin.slug = None, None, "turin-2"
    twin.save()
    twin.other_names.create(name="Torino", key="torino")
    plan = plan_partnerships(listed(MAPUTO_TURIN))
    assert "Several places of this name “Torino, IT”" in next(plan.lines())
    assert not plan.new


def test_a_plan_that_others_have_overtaken_is_refused(world, listed):
    plan = plan_partnerships(listed(*ROWS))
    run(listed(PORTO_LYON))
    before = known()
    with pytest.raises(OutOfDate):
        apply_partnerships(plan, by=None, at=A_MOMENT)
    assert known() == before


def test_a_known_pair_that_somebody_changed_since_the_plan_is_not_overwritten(world, listed):
    plan = plan_partnerships(listed(MARSEILLE_GENOA))
    Partnership.objects.update(first_year=1950)
    with pytest.raises(OutOfDate):
        apply_partnerships(plan, by=None, at=A_MOMENT)
    assert Partnership.objects.get().first_year == 1950
    batch = run(listed(MARSEILLE_GENOA.replace("wikidata_eu", "aunt")))
    Partnership.objects.update(sources=["uncle"])
    with pytest.raises(CannotUndo, match="changed again since"):
        undo(batch.pk, by=None)
    assert Partnership.objects.get().sources == ["uncle"]


def test_the_readers_of_both_cities_are_told(world, listed):
    run(listed(PORTO_LYON))
    told = set(PlaceChange.objects.values_list("place", flat=True))
    assert told >= {world["Porto Alegre"].pk, world["Lyon"].pk}


def test_the_number_of_questions_does_not_grow_with_the_rows(world, listed):
    def questions(rows):
        with connection.execute_wrapper(lambda run, *a: (asked.append(a[0]), run(*a))[1]):
            plan_partnerships(listed(*rows))

    asked = []
    questions([PORTO_LYON])
    few = len(asked)
    asked.clear()
    questions([PORTO_LYON.replace("p1", f"p{n}") for n in range(200)])
    assert len(asked) == few


FACTS = st.builds(
    Facts,
    pair_id=st.sampled_from(["p1", "p2", "p3"]),
    first_year=st.none() | st.integers(1900, 2020),
    network=st.sampled_from(["", "cerc", "douzelage"]),
    confidence=st.sampled_from(["", "low", "medium", "high"]),
    sources=st.lists(st.sampled_from("abc"), unique=True).map(sorted).map(tuple),
)


@given(FACTS, FACTS, FACTS)
def test_who_tells_first_makes_no_difference(one, other, third):
    assert merged(one, other) == merged(other, one)
    assert merged(merged(one, other), third) == merged(one, merged(other, third))
    assert merged(one, one) == one


@settings(max_examples=15, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.randoms(use_true_random=False), st.integers(0, 4))
def test_files_in_any_order_and_number_lead_to_one_register(world, listed, shuffle, cut):
    Partnership.objects.all().delete()
    rows = [*ROWS, PORTO_LYON.replace("p1,", "p0,").replace("1999", "1985")]
    shuffle.shuffle(rows)
    for part in (rows[:cut], rows[cut:], rows):
        run(listed(*part))
    assert len(known()) == 3
    assert Partnership.objects.filter(first_year=1985, confidence="medium").count() == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.integers(0, 2**32))
def test_a_mutilated_file_is_refused_with_reasons_or_read_but_never_half(world, tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 - a test needs no secret
    raw = bytearray("\n".join([COLUMNS, *ROWS]).encode())
    for _cut in range(chance.randint(1, 4)):
        at = chance.randrange(len(raw))
        raw[at : at + chance.choice([0, 1, 1, 9])] = chance.choice(
            [b"", b"\x00", b"\xe9", b'"', b"\n", b",", b";;", bytes([chance.randrange(256)])]
        )
    path = tmp_path / "pairs.csv"
    path.write_bytes(bytes(raw))
    before = known()
    plan = plan_partnerships(path)
    assert len([*plan.lines()]) == len(plan.problems) + len(plan.unlinked)
    if plan.problems:
        with pytest.raises(CannotApply):
            apply_partnerships(plan, by=None, at=A_MOMENT)
    elif batch := apply_partnerships(plan, by=None, at=A_MOMENT):
        undo(batch.pk, by=None)
    assert known() == before


def test_the_command_has_a_path_as_text_too(world, listed):
    assert plan_partnerships(str(listed(*ROWS))).file_name == Path("pairs.csv").name
