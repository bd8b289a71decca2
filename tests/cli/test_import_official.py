"""Official lists from the terminal: looked at, applied, decided row by row, taken back."""

import csv
import io
import json

import pytest

from entrecidades.cli.__main__ import main
from entrecidades.exchange.models import Batch, Doubt
from entrecidades.network.models import Entity, Identifier, Place
from tests.exchange.lists import CAMPO_LARGO, ROWS, write_brazil

pytestmark = pytest.mark.usefixtures("two_campo_largos")


@pytest.fixture
def folder(tmp_path):
    return str(write_brazil(tmp_path, *ROWS, CAMPO_LARGO))


def run(*words):
    main(["import", *words])


def refused(*words):
    with pytest.raises(SystemExit) as stop:
        run(*words)
    return stop.value.code


def rows(capsys, *words):
    capsys.readouterr()
    run(*words, "--format", "json")
    return json.loads(capsys.readouterr().out)


def test_without_apply_nothing_is_written(folder, capsys):
    run("official", "br", folder)
    told = capsys.readouterr()
    assert "Nothing was written" in told.err
    assert "Campo Largo (4104204)" in told.err
    assert "joined" in told.out
    assert not Batch.objects.exists()


def test_applied_it_is_there_and_a_second_time_changes_nothing(folder, capsys):
    run("official", "BR", folder, "--apply")
    assert "Imported as number" in capsys.readouterr().err
    assert Identifier.objects.filter(scheme="BR-IBGE").count() == 3
    run("official", "BR", folder, "--apply")
    assert "Nothing had changed" in capsys.readouterr().err
    assert Batch.objects.count() == 1


def test_the_answer_is_json_or_csv_and_nothing_else(folder, capsys):
    found = rows(capsys, "official", "BR", folder)
    assert (found["counts"]["doubtful"], found["import"]) == (1, None)
    (doubt,) = [one for one in found["findings"] if one["kind"] == "doubt"]
    assert (doubt["row"], "br/campo-largo-0 1.00" in doubt["candidates"]) == (5, True)
    run("official", "BR", folder, "--format", "csv")
    told = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [one["kind"] for one in told] == ["doubt"]


def test_every_problem_is_told_at_once_with_row_column_and_remedy(tmp_path, capsys):
    write_brazil(tmp_path, *ROWS, "41,Short,x,y,41,\n")
    assert refused("official", "BR", str(tmp_path), "--apply") == 2
    told = capsys.readouterr().err
    assert all(f"column {name}" in told for name in ("codigo_ibge", "latitude", "longitude"))
    assert "nothing was written" in told
    assert not Identifier.objects.filter(scheme="BR-IBGE").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("official", "XX", "."), "invalid choice"),
        (("official", "BR", "nowhere"), "there is no file or folder 'nowhere'"),
        (("official", "BR"), "FOLDER_OR_FILE"),
        (("settle", "1"), "--place"),
        (("settle", "1", "--new", "--dismiss"), "not allowed with"),
        (("settle", "1", "--new"), "no doubtful row number 1"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(words, said, capsys):
    assert refused(*words) == 2
    assert said in capsys.readouterr().err


def test_a_doubt_is_listed_and_settled_with_a_place(folder, capsys):
    run("official", "BR", folder, "--apply")
    (doubt,) = rows(capsys, "doubts")
    assert (doubt["name"], doubt["row"], doubt["state"]) == ("Campo Largo", 5, "open")
    number = str(doubt["number"])
    run("settle", number, "--place", "br/campo-largo-1")
    assert Entity.objects.get(identifiers__value="4104204").seat.slug == "campo-largo-1"
    assert refused("settle", number, "--new") == 2
    assert rows(capsys, "doubts") == []
    assert rows(capsys, "doubts", "--state", "all")[0]["state"] == "joined"
    assert rows(capsys, "doubts", "--batch", "999", "--state", "all") == []


@pytest.mark.parametrize(("answer", "made"), [("--new", 1), ("--dismiss", 0)])
def test_a_doubt_is_settled_as_new_or_left_aside_and_not_asked_again(folder, answer, made):
    run("official", "BR", folder, "--apply")
    doubt, places = Doubt.objects.get(), Place.objects.count()
    run("settle", str(doubt.pk), answer)
    assert Entity.objects.filter(identifiers__value="4104204").count() == made
    assert Place.objects.count() == places + made
    run("official", "BR", folder, "--apply")
    assert Batch.objects.count() == 1


def test_the_list_of_imports_counts_their_doubts(folder, capsys):
    run("official", "BR", folder, "--apply")
    (one,) = rows(capsys, "list")
    assert (one["kind"], one["state"], one["doubts"], one["open"]) == (
        "official:BR", "applied", 1, 1,
    )  # fmt: skip
    run("undo", str(one["number"]))
    assert rows(capsys, "list")[0]["state"] == "undone"
    assert rows(capsys, "doubts") == []


def test_undoing_shows_first_and_keeps_what_was_edited_only_when_told(folder, capsys):
    run("official", "BR", folder, "--apply")
    number = str(Batch.objects.get().pk)
    pinhais = Entity.objects.filter(identifiers__value="4119152")
    pinhais.update(website="https://pinhais.pr.gov.br")
    run("undo", number, "--dry-run")
    assert "stays: Pinhais" in capsys.readouterr().err
    assert refused("undo", number) == 2
    assert "Pinhais" in capsys.readouterr().err
    run("undo", number, "--keep-edited")
    assert "have stayed" in capsys.readouterr().err
    assert pinhais.exists()
    assert not Identifier.objects.filter(value="4106902").exists()
