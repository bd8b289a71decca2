"""Bringing partnerships in from the terminal, taking them back, and measuring on them."""

import json

import pytest

from entrecidades.cli.__main__ import main
from entrecidades.exchange.models import Batch
from entrecidades.kernel import clock
from entrecidades.matching import snapshot
from entrecidades.matching.services import rebuild_snapshot
from entrecidades.network.models import Membership, Partnership
from tests.factories.network import EntityFactory, MembershipFactory

HEADER = (
    "pair_id,country_a,name_a,geonameid_a,link_a,country_b,name_b,geonameid_b,link_b,"
    "same_country,sources,n_sources,first_year,network,confidence"
)
MAPUTO_CURITIBA = "p1,MZ,Maputo,1040652,x,BR,Curitiba,3464975,x,False,a;b,2,2001,,high"
LYON_TURIN = "p2,FR,Lyon,2996944,x,IT,Turin,3165524,x,False,a;b,2,,,high"
UNLINKED = "p3,US,Nowhere,,none,BR,Curitiba,3464975,x,False,a,1,,,unlinked"


@pytest.fixture
def prepared(world, monkeypatch):
    keeper = snapshot.Keeper()
    monkeypatch.setattr("entrecidades.matching.selectors.KEEPER", keeper)
    monkeypatch.setattr("entrecidades.cli.commands.match_eval.KEEPER", keeper)
    rebuild_snapshot(on=clock.today())
    return world


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text(f"{HEADER}\n{MAPUTO_CURITIBA}\n{LYON_TURIN}\n{UNLINKED}\n")
    return str(path)


def test_without_apply_nothing_is_written(prepared, pairs, capsys):
    main(["import", "partnerships", pairs])
    assert "Nothing was written" in capsys.readouterr().err
    assert Partnership.objects.count() == 1


def test_applied_it_is_there_and_the_unlinked_row_is_named(prepared, pairs, capsys):
    main(["import", "partnerships", pairs, "--apply"])
    assert "Nowhere" in capsys.readouterr().err
    assert Partnership.objects.between("MZ", "BR").get().first_year == 2001
    assert Partnership.objects.count() == 3


def test_taken_back_it_is_as_before(prepared, pairs, capsys):
    before = list(Partnership.objects.values())
    main(["import", "partnerships", pairs, "--apply"])
    capsys.readouterr()
    main(["import", "list", "--format", "json"])
    number = json.loads(capsys.readouterr().out)[0]["number"]
    main(["import", "undo", str(number)])
    assert list(Partnership.objects.values()) == before


def test_a_file_with_problems_is_refused_whole_and_each_is_named(prepared, tmp_path, capsys):
    path = tmp_path / "bad.csv"
    bad = MAPUTO_CURITIBA.replace("1040652", "many").replace("p1", "p9")
    path.write_text(f"{HEADER}\n{MAPUTO_CURITIBA}\n{bad}\n")
    with pytest.raises(SystemExit) as stop:
        main(["import", "partnerships", str(path), "--apply"])
    told = capsys.readouterr().err
    assert stop.value.code != 0
    assert "row 3" in told
    assert "many" in told
    assert Partnership.objects.count() == 1


def test_an_import_that_never_was_cannot_be_taken_back(prepared, capsys):
    with pytest.raises(SystemExit):
        main(["import", "undo", "999"])
    assert "no import number 999" in capsys.readouterr().err


def test_the_match_is_measured_on_a_file(prepared, pairs, capsys):
    main(["match-eval", pairs, "--format", "json"])
    result = json.loads(capsys.readouterr().out)
    assert (result["pairs"], result["queries"]) == (2, 4)
    assert set(result) >= {"auc", "recall_at_10", "recall_at_100", "mrr", "coverage",
                           "by_country_pair", "by_size", "baselines"}  # fmt: skip
    assert set(result["baselines"]) == {
        "random",
        "population",
        "population_similarity",
        "partners",
    }


def test_each_second_pair_is_asked_about_alone(prepared, pairs, capsys):
    main(["match-eval", pairs, "--every", "2", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["pairs"] == 1


@pytest.mark.parametrize("every", ["0", "-1", "two", "1.5", "²"])
def test_each_n_th_pair_wants_a_whole_number(prepared, pairs, capsys, every):
    with pytest.raises(SystemExit):
        main(["match-eval", pairs, f"--every={every}"])
    assert "not a whole number from 1" in capsys.readouterr().err


def test_measuring_on_a_file_without_pairs_is_refused(prepared, tmp_path, capsys):
    path = tmp_path / "none.csv"
    path.write_text(HEADER + "\n" + UNLINKED + "\n")
    with pytest.raises(SystemExit):
        main(["match-eval", str(path)])
    assert "no pair to ask about" in capsys.readouterr().err


@pytest.fixture
def fnp(prepared):
    return EntityFactory(name="Exemplo", slug="exemplo", country__code="BR", association=True)


@pytest.fixture
def members(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text("nome;desde\nCuritiba;1998\nNenhures;\n", encoding="latin-1")
    return str(path)


def test_a_list_of_members_is_shown_applied_and_taken_back(fnp, members, capsys):
    main(["import", "members", "br/exemplo", members])
    told = capsys.readouterr()
    assert "Nothing was written" in told.err
    assert "Nenhures" in told.err
    main(["import", "members", "br/exemplo", members, "--apply"])
    one = Membership.objects.get(group=fnp)
    assert (one.member.name, one.valid_from.year) == ("Curitiba", 1998)
    number = Batch.objects.get().pk
    assert f"undo {number}" in capsys.readouterr().err
    main(["import", "undo", str(number)])
    assert not Membership.objects.filter(group=fnp).exists()


def test_missing_members_end_and_doubtful_rows_are_answered_where_it_is_said(
    fnp, members, tmp_path, curitiba
):
    old = MembershipFactory(member=EntityFactory(name="Old", country=fnp.country), group=fnp)
    asked = ["import", "members", "br/exemplo", members, "--apply", "--end-missing", "2030-01-31"]
    main([*asked, "--is", "2=nobody"])
    old.refresh_from_db()
    assert str(old.valid_to) == "2030-01-31"


@pytest.mark.parametrize("more", [["--is", "x"], ["--end-missing", "soon"]])
def test_what_makes_no_sense_is_told_on_the_command_line(fnp, members, more, capsys):
    with pytest.raises(SystemExit):
        main(["import", "members", "br/exemplo", members, *more])
    assert "error" in capsys.readouterr().err


def test_an_association_that_is_none_is_told(prepared, members, capsys):
    with pytest.raises(SystemExit):
        main(["import", "members", "br/curitiba", members])
    assert "No association" in capsys.readouterr().err
