"""The command, as somebody at a terminal sees it."""

import csv
import io
import json

import pytest

from entrecidades.accounts.models import Person
from entrecidades.audit.models import Trace
from entrecidades.cli.__main__ import main
from entrecidades.kernel import clock
from entrecidades.matching import snapshot
from entrecidades.matching.services import rebuild_snapshot
from entrecidades.network.models import Mandate
from entrecidades.network.selectors import entities_of
from tests.factories.practices import PracticeFactory


@pytest.fixture
def prepared(world, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.selectors.KEEPER", snapshot.Keeper())
    rebuild_snapshot(on=clock.today())
    return world


def refused(capsys, *words):
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code != 0
    return capsys.readouterr().err


def test_match_answers_in_json(prepared, capsys):
    main(["match", "Maputo", "--country", "BR", "--limit", "3", "--format", "json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["place"]["id"] == "mz/maputo"
    assert [one["country"] for one in answer["suggestions"]] == ["BR"] * 3
    assert set(answer["suggestions"][0]["reasons"][0]) == {"part", "weight", "score", "text"}


def test_match_answers_in_csv_with_a_column_a_part(prepared, capsys):
    main(["match", "Maputo", "--country", "BR", "FR", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["country"] for row in rows} == {"BR", "FR"}
    assert float(rows[0]["score"]) >= float(rows[-1]["score"])


def test_match_answers_people_in_their_language(prepared, capsys):
    main(["match", "Lyon", "--country", "IT", "--language", "fr"])
    assert "Turin" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["match", "Maptuo"], "mz/maputo"),
        (["match", "Xyzzy Qwrt"], "No place is called"),
        (["match", "Maputo", "--country", "XX"], "ISO codes"),
        (["match", "Maputo", "--theme", "nothing"], "No theme is called"),
        (["match", "Maputo", "--limit", "0"], "no number from 1"),
        (["serve", "--port", "99999"], "no port"),
        (["person", "add", "not-an-address", "--acts-for", "Maputo"], "no e-mail address"),
        (["unknown"], "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(prepared, capsys, words, told):
    assert told in refused(capsys, *words)


def test_every_command_has_its_help(capsys):
    for command in ("match", "person", "prepare", "serve", "work", "examples", "snapshot"):
        with pytest.raises(SystemExit) as stop:
            main([command, "--help"])
        assert stop.value.code == 0
        assert command in capsys.readouterr().out


def test_a_person_is_added_and_acts_for_the_city(prepared, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("a long enough password\n"))
    main(["person", "add", "Officer@Example.org", "--acts-for", "mz/beira"])
    person = Person.objects.get(email="officer@example.org")
    assert person.check_password("a long enough password")
    assert [str(one) for one in entities_of(person, on=clock.today())] == ["Beira"]


def test_a_weak_password_leaves_nobody_behind(prepared, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("123\n"))
    assert "password" in refused(capsys, "person", "add", "a@example.org", "--acts-for", "Beira")
    assert not Person.objects.exists()
    assert not Mandate.objects.exists()


def test_people_are_listed(officer, capsys):
    main(["person", "list", "--format", "csv"])
    assert "officer@maputo.example,Maputo,MZ" in capsys.readouterr().out


def test_examples_go_in_one_step(db, capsys):
    PracticeFactory(example=True)
    main(["examples", "remove"])
    assert "1 examples removed" in capsys.readouterr().err


def test_a_person_is_let_see_the_operators_pages_and_no_longer(officer, capsys):
    for words, sees in ((["--revoke"], False), ([], True), ([], True), (["--revoke"], False)):
        main(["person", "operator", "Officer@maputo.example", *words])
        officer.refresh_from_db()
        assert officer.is_staff is sees
    assert Trace.objects.filter(act="accounts:person:operate").count() == 2
    with pytest.raises(SystemExit):
        main(["person", "operator", "nobody@maputo.example"])
    assert "Nobody has an account" in capsys.readouterr().err
