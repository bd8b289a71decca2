"""A list of members comes in whole or not at all, once, and goes out again without a trace."""

import datetime as dt
import random
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.exchange.models import Batch
from entrecidades.exchange.services.batches import OutOfDate
from entrecidades.exchange.services.member_lists import (
    Answers,
    CannotApply,
    apply_members,
    plan_members,
)
from entrecidades.exchange.services.undo import CannotUndo, undo
from entrecidades.network.choices import MembershipKind, Stance
from entrecidades.network.models import Entity, EntityName, Membership, Place, Statement
from entrecidades.network.selectors.joining import association_of
from entrecidades.network.services import say_of
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.network import EntityFactory, IdentifierFactory, MembershipFactory

pytestmark = pytest.mark.django_db
SINCE = dt.date(2001, 5, 1)


@pytest.fixture
def fnp(two_campo_largos):
    """An association of Brazilian cities, in a world with two places called Campo Largo."""
    return EntityFactory(
        name="Frente de Exemplo", slug="exemplo", country__code="BR", association=True
    )


@pytest.fixture
def listed(tmp_path):
    def write(*rows, name="members.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(("\n".join(rows) + "\n").encode(encoding))
        return path

    return write


def plan(entity, path, **answers):
    return plan_members(entity, path, on=A_DAY, answers=Answers(**answers))


def run(entity, path, by=None, **answers):
    return apply_members(plan(entity, path, **answers), by=by, at=A_MOMENT)


def known(entity):
    rows = Membership.objects.filter(group=entity)
    return sorted(rows.values_list("member__name", "kind", "valid_from", "valid_to"), key=str)


def state():
    """Everything that a list may write."""
    models = (Entity, EntityName, Membership, Statement)
    return [sorted(map(str, model.objects.values_list())) for model in models]


def test_a_plan_counts_and_writes_nothing(fnp, listed):
    before = state()
    found = plan(fnp, listed("nome;desde", "Curitiba;1998", "Porto Alegre;", "Campo Largo;", "X;"))
    counts = found.counts()
    assert (counts["rows"], counts["members"], counts["doubtful"]) == (4, 2, 2)
    assert state() == before
    campo = found.doubts[0]
    assert campo.fact.value == "Campo Largo, BR"
    assert len(campo.candidates) == len(campo.keys) == 2
    assert "same name" in campo.candidates[0]
    assert found.doubts[1].keys == ()


def test_members_are_found_and_registered_and_the_association_has_said_so(fnp, listed, officer):
    batch = run(fnp, listed("name,since", "Curitiba,1998-03-01", "Porto Alegre,"), by=officer)
    assert known(fnp) == [
        ("Curitiba", "member", dt.date(1998, 3, 1), None),
        ("Porto Alegre", "member", None, None),
    ]
    assert (batch.entity, batch.by) == (fnp, officer)
    assert Entity.objects.get(name="Porto Alegre", kind="local_government").seat.name
    one = Membership.objects.get(member__name="Curitiba", group=fnp)
    assert one.confirmation == "one_side"
    assert Statement.objects.get(subject=f"network.Membership:{one.pk}").entity == fnp
    trace = Trace.objects.latest("pk")
    assert (trace.act, trace.body_id) == ("exchange:batch:apply", fnp.pk)


def test_a_second_list_changes_nothing_and_leaves_no_trace(fnp, listed):
    path = listed("name,since,until", "Curitiba,1998,", "Porto Alegre,2001-02-03,2005-01-01")
    run(fnp, path)
    before, traces = state(), Trace.objects.count()
    again = plan(fnp, path)
    assert again.counts()["unchanged"] == 2
    assert apply_members(again, by=None, at=A_MOMENT) is None
    assert (state(), Trace.objects.count()) == (before, traces)


def test_undone_nothing_of_it_is_left(fnp, listed):
    MembershipFactory(member=EntityFactory(name="Old", country=fnp.country), group=fnp)
    before = state()
    batch = run(
        fnp, listed("name,since", "Curitiba,1998", "Porto Alegre,"), ending=None, ends_on=A_DAY
    )
    assert batch.counts["ended"] == 1
    assert state() != before
    undo(batch.pk, by=None)
    assert state() == before


def test_a_member_that_has_spoken_since_stays(fnp, listed, curitiba, counterpart):
    batch = run(fnp, listed("name", "Curitiba", "Porto Alegre"))
    about = Membership.objects.get(member=curitiba, group=fnp)
    say_of(about=about, entity=curitiba, stance=Stance.CONFIRMS, by=counterpart, on=A_DAY)
    with pytest.raises(CannotUndo):
        undo(batch.pk, by=None)
    undo(batch.pk, by=None, keep_edited=True)
    assert [row[0] for row in known(fnp)] == ["Curitiba"]


def test_a_body_with_people_is_announced_until_it_confirms(fnp, listed, curitiba, counterpart):
    entrusted(fnp, role="coordinator")
    run(fnp, listed("name", "Curitiba", "Porto Alegre"))
    about = Membership.objects.get(member=curitiba, group=fnp)
    assert about.kind == MembershipKind.ANNOUNCED
    assert association_of(curitiba, on=A_DAY) is None
    assert Job.objects.filter(name="network.tell_other_side").count() == 1
    say_of(about=about, entity=curitiba, stance=Stance.CONFIRMS, by=counterpart, on=A_DAY)
    about.refresh_from_db()
    assert (about.kind, about.confirmation) == (MembershipKind.MEMBER, "confirmed")
    assert association_of(curitiba, on=A_DAY) == fnp


def test_the_associations_own_word_does_not_make_a_member_of_whom_it_announced(
    fnp, listed, curitiba, counterpart
):
    run(fnp, listed("name", "Curitiba"))
    about = Membership.objects.get(member=curitiba, group=fnp)
    own = entrusted(fnp, role="coordinator")
    say_of(about=about, entity=fnp, stance=Stance.CONFIRMS, note="Sim.", by=own, on=A_DAY)
    about.refresh_from_db()
    assert about.kind == MembershipKind.ANNOUNCED


def test_a_body_abroad_is_announced(fnp, listed):
    run(fnp, listed("name,country", "Lyon,França", "Torino,IT"))
    assert {row[:2] for row in known(fnp)} == {("Lyon", "announced"), ("Turin", "announced")}


def test_an_official_number_decides_and_one_that_belongs_to_another_name_is_doubted(
    fnp, listed, curitiba
):
    IdentifierFactory(entity=curitiba, scheme="BR-IBGE", value="4106902")
    found = plan(fnp, listed("nome\tcódigo IBGE", "Prefeitura Municipal de Curitiba\t4106902"))
    assert found.counts()["announced"] + found.counts()["members"] == 1
    found = plan(fnp, listed("nome\tcódigo IBGE", "Santa Rita\t4106902"))
    assert (found.counts()["doubtful"], found.doubts[0].keys) == (1, (f"body:{curitiba.pk}",))


def test_a_body_is_found_by_what_its_seat_is_called(anci, world, listed):
    world.body("Turin")
    assert plan(anci, listed("nome", "Torino", "Comune di Genova")).counts()["members"] == 2


def test_a_region_tells_namesakes_apart(fnp, listed):
    Place.objects.filter(slug="campo-largo-1").update(
        region_id=Place.objects.exclude(region=None)
        .filter(country="BR")
        .exclude(region__name="Paraná")
        .values("region")[:1]
    )
    path = listed("name,region", "Campo Largo,Paraná")
    assert plan(fnp, path).counts()["members"] == 1
    run(fnp, path)
    assert Entity.objects.get(name="Campo Largo").seat.slug == "campo-largo-0"


def test_an_answer_settles_a_row_and_the_next_list_knows_it(fnp, listed):
    path = listed("name", "Campo Largo", "Curitiba")
    found = plan(fnp, path)
    key = found.doubts[0].keys[1]
    settled = plan(fnp, path, rows={2: key})
    assert settled.counts()["doubtful"] == 0
    run(fnp, path, rows={2: key})
    assert Entity.objects.get(name="Campo Largo").seat_id == int(key.partition(":")[2])
    assert plan(fnp, path).counts()["unchanged"] == 2


def test_an_answer_that_names_no_candidate_is_none(fnp, listed, maputo):
    path = listed("name", "Campo Largo")
    assert plan(fnp, path, rows={2: f"body:{maputo.pk}"}).counts()["doubtful"] == 1
    passed = plan(fnp, path, rows={2: "nobody"})
    assert (passed.counts()["doubtful"], passed.joiners) == (0, [])


def test_who_is_missing_is_shown_and_ended_only_where_asked(fnp, listed):
    old = [EntityFactory(name=name, country=fnp.country) for name in ("Old", "Older")]
    for one in old:
        MembershipFactory(member=one, group=fnp, valid_from=SINCE)
    path = listed("name", "Curitiba")
    found = plan(fnp, path)
    assert (found.missing, found.ending) == ({old[0].pk: "Old", old[1].pk: "Older"}, [])
    run(fnp, path, ending=[old[0].pk], ends_on=A_DAY)
    assert ("Old", "member", SINCE, A_DAY) in known(fnp)
    assert ("Older", "member", SINCE, None) in known(fnp)
    too_early = plan(fnp, path, ending=None, ends_on=dt.date(2000, 1, 1))
    assert too_early.problems


def test_a_member_that_a_doubtful_row_may_be_is_not_missing(fnp, listed):
    for number in range(2):
        city = EntityFactory(name="Santa Rita", slug=f"santa-rita-{number}", country=fnp.country)
        MembershipFactory(member=city, group=fnp)
    found = plan(fnp, listed("name", "Santa Rita"))
    assert (len(found.doubts), found.missing) == (1, {})


def test_every_problem_is_named_at_once_and_nothing_is_written(fnp, listed):
    before = state()
    found = plan(
        fnp,
        listed(
            "name,country,since,until,id",
            "Curitiba,ZZ,,,",
            "Curitiba,,31/02/2001,,",
            ",,,,",
            "Porto Alegre,,2010,2001,",
            "Porto Alegre,,,,nowhere",
            "Porto Alegre,,,,br/atlantis",
        ),
    )
    told = {(one.row, one.column) for one in found.problems}
    assert {(2, "country"), (3, "since"), (5, "until"), (6, "id"), (7, "id")} <= told
    with pytest.raises(CannotApply):
        apply_members(found, by=None, at=A_MOMENT)
    assert state() == before


def test_two_rows_about_one_body_are_told_unless_they_tell_of_two_times(fnp, listed):
    found = plan(fnp, listed("name", "Curitiba", "Prefeitura de Curitiba"))
    assert [one.row for one in found.problems] == [3]
    path = listed("name,since,until", "Curitiba,1990,1995", "Curitiba,2001,")
    run(fnp, path)
    assert len(known(fnp)) == 2
    assert plan(fnp, path).counts()["unchanged"] == 2


def test_other_days_are_brought_up_to_date_unless_both_sides_confirmed_them(fnp, listed, curitiba):
    one = MembershipFactory(member=curitiba, group=fnp, valid_from=SINCE)
    path = listed("name,since", "Curitiba,1998-01-01")
    run(fnp, path)
    one.refresh_from_db()
    assert one.valid_from == dt.date(1998, 1, 1)
    Membership.objects.update(confirmation="confirmed", valid_from=SINCE)
    assert (plan(fnp, path).counts()["doubtful"], plan(fnp, path).changes) == (1, [])


def test_who_has_ended_and_is_named_again_is_asked_since_when(fnp, listed, curitiba):
    MembershipFactory(member=curitiba, group=fnp, valid_from=SINCE, valid_to=dt.date(2005, 1, 1))
    assert plan(fnp, listed("name", "Curitiba")).counts()["doubtful"] == 1
    run(fnp, listed("name,since", "Curitiba,2008-01-01"))
    assert len(known(fnp)) == 2


def test_what_changed_since_the_plan_refuses_it(fnp, listed, curitiba):
    made = plan(fnp, listed("name", "Porto Alegre"))
    MembershipFactory(member=curitiba, group=fnp)
    with pytest.raises(OutOfDate):
        apply_members(made, by=None, at=A_MOMENT)
    assert not Batch.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_it_is_read_in_whatever_form(fnp, listed, encoding, separator):
    rows = [separator.join(cells) for cells in (("Município", "País"), ("São Paulo", "Brésil"))]
    found = plan(fnp, listed(*rows, encoding=encoding))
    assert not found.problems
    assert found.counts()["rows"] == 1


@pytest.mark.parametrize(
    "header",
    ["name,since", "nome,desde", "nom,depuis", "nome,dal", "nombre,desde", "MUNICÍPIO,Desde"],
)
def test_columns_are_called_as_lists_call_them(fnp, listed, header):
    run(fnp, listed(header, "Curitiba,01/05/2001"))
    assert known(fnp) == [("Curitiba", "member", SINCE, None)]


def workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_spreadsheet_is_read_as_its_text_would_be(fnp, tmp_path):
    rows = [["name", "since", "code"], ["Curitiba", SINCE, 4106902]]
    run(fnp, workbook(tmp_path / "list.xlsx", [*rows, [None, None, None]]))
    assert known(fnp) == [("Curitiba", "member", SINCE, None)]


def test_formulas_macros_and_what_is_no_list_are_refused_with_a_sentence(fnp, tmp_path):
    formula = workbook(tmp_path / "f.xlsx", [["name"], ['=HYPERLINK("http://x.example")']])
    assert "formula" in str(plan(fnp, formula).problems[0])
    zipped = tmp_path / "z.xlsx"
    zipped.write_bytes(b"PK\x03\x04" + bytes(100))
    (told,) = plan(fnp, zipped).problems
    assert "damaged" in str(told) or "two files" in str(told)
    (empty,) = plan(fnp, workbook(tmp_path / "e.xlsx", [])).problems
    assert empty.remedy


CITIES = ("Curitiba", "Porto Alegre", "Recife", "Lyon", "Maputo", "Campo Largo", "Nowhere")
DAYS = st.sampled_from(["", "1998", "2001-05-01", "31/12/2004"])
ROW = st.tuples(st.sampled_from(CITIES), st.sampled_from(["", "BR", "FR", "MZ"]), DAYS, DAYS)


@given(rows=st.lists(ROW, max_size=7), second=st.lists(ROW, max_size=4), end=st.booleans())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_list_comes_in_once_and_goes_out_without_a_trace(fnp, tmp_path, rows, second, end):
    Membership.objects.filter(group=fnp).delete()
    answers = {"ending": None, "ends_on": A_DAY} if end else {}
    undoing = []
    states = [state()]
    for number, some in enumerate((rows, second)):
        path = Path(tmp_path) / f"{number}.csv"
        lines = ["name,country,since,until", *map(",".join, some)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = plan(fnp, path, **answers)
        if found.problems:
            continue
        batch = apply_members(found, by=None, at=A_MOMENT)
        again = plan(fnp, path)
        assert not again.joiners
        assert [one for one in again.changes if one.pk not in again.missing] == []
        if batch:
            undoing.append(batch.pk)
            states.append(state())
    for pk in reversed(undoing):
        assert state() == states.pop()
        undo(pk, by=None)
    assert state() == states[0]


@given(seed=st.integers(0, 1000))
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_order_of_the_rows_does_not_matter(fnp, tmp_path, seed):
    rows = ["Curitiba,1998", "Porto Alegre,2001", "Campo Largo,", "Recife,", "Nowhere,"]
    found = []
    for number in range(2):
        path = Path(tmp_path) / f"{number}.csv"
        path.write_text("\n".join(["name,since", *rows]) + "\n", encoding="utf-8")
        counts = plan(fnp, path).counts()
        found.append(counts)
        random.Random(seed).shuffle(rows)  # noqa: S311 - repeatable
    assert found[0] == found[1]


def test_the_queries_of_a_plan_do_not_grow_with_its_rows(
    fnp, listed, django_assert_max_num_queries
):
    rows = [f"Santa {number:05}" for number in range(2000)]
    assert connection.vendor in {"sqlite", "postgresql"}
    with django_assert_max_num_queries(12):
        plan(fnp, listed("name", *rows))
