"""Official lists: joined where it is the same place, made where it is not, asked where unsure."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.exchange.choices import DoubtState
from entrecidades.exchange.models import Batch, Doubt
from entrecidades.exchange.services.batches import OutOfDate
from entrecidades.exchange.services.official_lists import (
    AnothersPlace,
    CannotApply,
    SettledAlready,
    UnknownList,
    apply_official,
    plan_official,
    settle_doubt,
)
from entrecidades.exchange.services.undo import CannotUndo, undo
from entrecidades.network.models import Entity, EntityName, Identifier, Place
from entrecidades.network.services import register_local_government
from tests.conftest import A_MOMENT
from tests.exchange.lists import (
    CAMPO_LARGO,
    CURITIBA,
    PINHAIS,
    ROWS,
    SAO_PAULO,
    STATES,
    write_brazil,
)
from tests.factories.network import MandateFactory

MODELS = (Place, Entity, EntityName, Identifier)


@pytest.fixture
def brazil(two_campo_largos):
    return two_campo_largos


@pytest.fixture
def listed(tmp_path):
    def write(*rows, states=STATES):
        return [write_brazil(tmp_path, *rows, states=states)]

    return write


def run(sources):
    return apply_official(plan_official("BR", sources), by=None, at=A_MOMENT)


def register():
    """Everything an import may touch, without numbers that are given anew."""
    return [sorted(map(repr, model.objects.order_by().values_list())) for model in MODELS]


def of(code, scheme="BR-IBGE"):
    return Entity.objects.get(identifiers__scheme=scheme, identifiers__value=code)


def test_rows_are_joined_made_and_contained(brazil, listed):
    batch = run(listed(*ROWS))
    assert batch.counts["joined"] == 2
    assert (batch.counts["created"], batch.counts["places"]) == (1, 1)
    curitiba, pinhais, parana = of("4106902"), of("4119152"), of("41", "BR-IBGE-UF")
    assert curitiba.seat == brazil["Curitiba"]
    assert (curitiba.parent, parana.tier) == (parana, "region")
    assert pinhais.seat.geonameid is None
    assert (pinhais.seat.region.name, pinhais.seat.slug) == ("Paraná", "pinhais")
    assert curitiba.source_title.startswith("IBGE")
    assert of("BR-PR", "ISO3166-2") == parana


def test_a_body_known_from_the_gazetteer_is_extended_not_doubled(brazil, listed):
    known = register_local_government(place=brazil["São Paulo"], by=None)
    run(listed(*ROWS))
    assert of("3550308") == known
    known.refresh_from_db()
    assert known.parent == of("35", "BR-IBGE-UF")
    assert Entity.objects.filter(seat=brazil["São Paulo"]).count() == 1


def test_what_somebody_wrote_about_a_body_is_kept(brazil, listed):
    known = register_local_government(place=brazil["Curitiba"], by=None)
    Entity.objects.update(name="Prefeitura de Curitiba", source_title="Diário Oficial")
    run(listed(*ROWS))
    known.refresh_from_db()
    assert (known.name, known.source_title) == ("Prefeitura de Curitiba", "Diário Oficial")
    assert known.parent == of("41", "BR-IBGE-UF")


def test_a_second_import_changes_nothing(brazil, listed):
    run(listed(*ROWS, CAMPO_LARGO))
    before, batches = register(), Batch.objects.count()
    plan = plan_official("BR", listed(*ROWS, CAMPO_LARGO))
    counts = plan.counts()
    assert (counts["unchanged"], counts["waiting"], counts["doubtful"]) == (5, 1, 0)
    assert apply_official(plan, by=None, at=A_MOMENT) is None
    assert (register(), Batch.objects.count()) == (before, batches)


def test_a_corrected_list_corrects_its_own_words(brazil, listed):
    run(listed(*ROWS))
    batch = run(listed(CURITIBA, PINHAIS.replace("Pinhais", "Pinhais Novo"), SAO_PAULO))
    assert batch.counts["updated"] == 1
    assert of("4119152").name == "Pinhais Novo"
    undo(batch.pk, by=None)
    assert of("4119152").name == "Pinhais"


def test_undo_gives_back_exactly_what_was(brazil, listed):
    register_local_government(place=brazil["São Paulo"], by=None)
    before = register()
    batch = run(listed(*ROWS, CAMPO_LARGO))
    assert register() != before
    undo(batch.pk, by=None)
    assert register() == before
    assert not Doubt.objects.exists()


def test_undo_is_refused_while_somebody_acts_for_a_body_it_made(brazil, listed, officer):
    batch = run(listed(*ROWS))
    mandate = MandateFactory(entity=of("4119152"), person=officer)
    with pytest.raises(CannotUndo, match="Pinhais is used since"):
        undo(batch.pk, by=None)
    mandate.delete()
    Entity.objects.filter(pk=of("4119152").pk).update(website="https://pinhais.pr.gov.br")
    with pytest.raises(CannotUndo, match="changed or removed since: Pinhais"):
        undo(batch.pk, by=None)
    assert of("4119152")


def test_a_plan_shows_the_candidates_of_a_doubtful_row_and_why(brazil, listed):
    (line,) = plan_official("BR", listed(*ROWS, CAMPO_LARGO)).lines()
    assert line.startswith("? row 5: Not certain which place this is “Campo Largo (4104204)”")
    assert "br/campo-largo-0 1.00: same name, 0.3 km away, same state or region |" in line
    assert "br/campo-largo-1" in line


def test_an_ambiguous_row_is_asked_with_scores_and_reasons(brazil, listed):
    batch = run(listed(*ROWS, CAMPO_LARGO))
    (doubt,) = batch.doubts.all()
    assert (doubt.name, doubt.line, doubt.state) == ("Campo Largo", 5, DoubtState.OPEN)
    assert len(doubt.candidates) == 2
    first, second = doubt.candidates
    assert first["score"] >= second["score"] > 0.9
    assert [one["piece"] for one in first["reasons"]] == ["name", "distance", "division"]
    assert not Identifier.objects.filter(value="4104204").exists()


@pytest.mark.parametrize("joined", [True, False])
def test_a_person_settles_a_doubt_and_undo_takes_it_back(brazil, listed, officer, joined):
    before = register()
    batch = run(listed(*ROWS, CAMPO_LARGO))
    doubt = batch.doubts.get()
    place = Place.objects.get(slug="campo-largo-1") if joined else None
    settled = settle_doubt(doubt, place, officer)
    body = of("4104204")
    assert (settled.entity, settled.state) == (body, "joined" if joined else "created")
    assert (body.seat == place) is joined
    assert body.parent == of("41", "BR-IBGE-UF")
    with pytest.raises(SettledAlready):
        settle_doubt(doubt, place, officer)
    assert run(listed(*ROWS, CAMPO_LARGO)) is None
    undo(batch.pk, by=None)
    assert register() == before


def test_a_doubt_is_not_settled_with_another_bodys_place(brazil, listed, officer):
    doubt = run(listed(*ROWS, CAMPO_LARGO)).doubts.get()
    for name in ("Curitiba", "Lyon"):
        with pytest.raises(AnothersPlace):
            settle_doubt(doubt, brazil[name], officer)


def test_no_place_is_given_to_two(brazil, listed):
    twin = CURITIBA.replace("4106902", "4100000").replace("-25.4195", "-25.48")
    run(listed(*ROWS, twin))
    assert of("4106902").seat == brazil["Curitiba"]
    assert of("4100000").seat != brazil["Curitiba"]


def test_no_place_is_made_beside_one_that_is_free(brazil, listed):
    run(listed(PINHAIS.replace("-25.4429,-49.1927", "-25.4503,-49.5301")))
    assert of("4119152").seat is None


def test_a_list_with_a_problem_is_not_written_at_all(brazil, listed):
    before = register()
    plan = plan_official("BR", listed(*ROWS, "41,Short,x,y,41,\n"))
    assert plan.counts()["problems"] == 3
    assert all(line.startswith("! row 5") for line in plan.lines())
    with pytest.raises(CannotApply):
        apply_official(plan, by=None, at=A_MOMENT)
    assert register() == before


def test_a_plan_that_others_have_overtaken_is_refused(brazil, listed):
    plan = plan_official("BR", listed(*ROWS))
    register_local_government(place=brazil["Curitiba"], by=None)
    with pytest.raises(OutOfDate):
        apply_official(plan, by=None, at=A_MOMENT)


def test_a_country_without_a_reader_is_refused_with_those_that_have_one(db, tmp_path):
    with pytest.raises(UnknownList, match="BR, FR, IT, MZ, US"):
        plan_official("XX", [tmp_path])


def test_a_list_of_places_only_links(brazil, tmp_path):
    text = (
        "city,state_id,state_name,lat,lng,population,id\n"
        "Austin,TX,Texas,30.3006,-97.7517,1633401,1840019590\n"
        "Nowhere,TX,Texas,31.0,-99.0,1200,1840000009\n"
    )
    (tmp_path / "us.csv").write_text(text, encoding="utf-8")
    plan = plan_official("US", [tmp_path])
    assert (plan.counts()["joined"], plan.counts()["left_out"]) == (1, 1)
    apply_official(plan, by=None, at=A_MOMENT)
    austin = of("1840019590", "US-SIMPLEMAPS")
    assert (austin.seat, austin.population) == (brazil["Austin"], None)
    assert not Entity.objects.filter(name="Nowhere").exists()


def test_what_only_links_is_dismissed_when_it_is_none_of_the_candidates(brazil, tmp_path):
    text = (
        "city,state_id,state_name,lat,lng,population,id\n"
        "Seattle,WA,Washington,47.76,-122.33,700000,1840021117\n"
    )
    (tmp_path / "us.csv").write_text(text, encoding="utf-8")
    doubt = apply_official(plan_official("US", [tmp_path]), by=None, at=A_MOMENT).doubts.get()
    before = register()
    assert settle_doubt(doubt, None, None).state == DoubtState.DISMISSED
    assert register() == before


def test_a_row_that_names_its_place_by_number_is_joined_whatever_it_is_called(world, tmp_path):
    (tmp_path / "districts.csv").write_text(
        "adm1_pcode,province,adm2_pcode,district,kind\n"
        "MZ06,Maputo City,MZ0601,KaMpfumo,district\n",
        encoding="utf-8",
    )
    (tmp_path / "autarquias.csv").write_text(
        "name,province,geonameid,source_urls\nLourenço Marques,Maputo Cidade,1040652,\n",
        encoding="utf-8",
    )
    apply_official(plan_official("MZ", [tmp_path]), by=None, at=A_MOMENT)
    body = of("maputo-cidade-lourenco-marques", "MZ-AUTARQUIA")
    assert body.seat == world["Maputo"]
    assert body.parent == of("MZ06", "MZ-PCODE") == of("MZ0601", "MZ-PCODE").parent


def test_the_number_of_questions_does_not_grow_with_the_rows(brazil, listed):
    asked = []

    def questions(*rows):
        asked.clear()
        with connection.execute_wrapper(lambda run, *a: (asked.append(a[0]), run(*a))[1]):
            run_(listed(*rows))
        return len(asked)

    def run_(sources):
        undo(run(sources).pk, by=None)

    many = [
        PINHAIS.replace("4119152", f"41{n:05}").replace("-25", f"-{n % 30}") for n in range(90)
    ]
    assert questions(*many) <= questions(*ROWS) + 5


@settings(max_examples=12, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.permutations([*ROWS, CAMPO_LARGO]))
def test_the_order_of_the_rows_makes_no_difference(brazil, listed, rows):
    batch = run(listed(*rows))
    seats = Identifier.objects.filter(scheme="BR-IBGE").order_by("value")
    assert list(seats.values_list("value", "entity__seat__slug")) == [
        ("3550308", "sao-paulo"),
        ("4106902", "curitiba"),
        ("4119152", "pinhais"),
    ]
    undo(batch.pk, by=None)


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
@given(
    st.integers(0, 400),
    st.integers(0, 9),
    st.sampled_from([b"", b"\x00", b"\xe9", b'"', b"\n", b",", b";", "é".encode(), b"99"]),
)
def test_a_mutilated_list_is_refused_or_read_but_never_half(brazil, listed, at, length, by):
    before = register()
    folder = listed(*ROWS, CAMPO_LARGO)[0]
    path = folder / "municipios.csv"
    raw = path.read_bytes()
    path.write_bytes(raw[:at] + by + raw[at + length :])
    plan = plan_official("BR", [folder])
    assert len([*plan.lines()]) == len([*plan.problems, *plan.remarks, *plan.doubtful])
    if plan.problems:
        with pytest.raises(CannotApply):
            apply_official(plan, by=None, at=A_MOMENT)
    else:
        undo(apply_official(plan, by=None, at=A_MOMENT).pk, by=None)
    assert register() == before
