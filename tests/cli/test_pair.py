"""``entrecidades pair``: two lists from files, paired with a proof, or told what to mend."""

import csv
import io
import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.cli.__main__ import main
from entrecidades.kernel import clock
from entrecidades.matching import snapshot
from entrecidades.matching.services import rebuild_snapshot

FIRST = "name,capacity,region\nTorino,1,North\nVerona,2,North\nBari,1,South\n"
SECOND = "name\nRecife\nNatal\nSalvador\n"
SCORES = (
    "first,second,score\nTorino,Recife,9\nTorino,Natal,8\nVerona,Salvador,5\nVerona,Natal,6\n"
    "Bari,Recife,7\nBari,Natal,3\n"
)


@pytest.fixture
def files(tmp_path):
    """Writes the three files and says how to ask about them."""

    def write(first=FIRST, second=SECOND, scores=SCORES):
        texts = {"first.csv": first, "second.csv": second, "scores.csv": scores}
        for name, text in texts.items():
            (tmp_path / name).write_text(text)
        first, second, scores = (str(tmp_path / name) for name in texts)
        return ["pair", first, second, "--scores", scores]

    return write


def answered(capsys, words):
    main([*words, "--format", "json"])
    return json.loads(capsys.readouterr().out)


def refused(capsys, words):
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


def links(answer):
    return {(one["first"], one["second"]) for one in answer["pairs"]}


def test_the_pairs_are_the_best_and_say_what_their_second_best_costs(files, capsys):
    answer = answered(capsys, files())
    assert answer["total"] == answer["bound"] == 20
    assert (answer["gap"], answer["proven"]) == (0, True)
    bari = next(one for one in answer["pairs"] if one["first"] == "Bari")
    assert (bari["second"], bari["regret"]) == ("Recife", 0)  # 9 + 6 + 5 is as good
    verona = [one for one in answer["pairs"] if one["first"] == "Verona"]
    assert {one["second"]: one["regret"] for one in verona}["Salvador"] == 5


def test_pins_forbidden_pairs_limits_and_capacities_are_kept(files, capsys):
    asked = files()
    pinned = answered(capsys, [*asked, "--pin", "Bari", "Natal", "--forbid", "Torino", "Recife"])
    assert links(pinned) == {("Bari", "Natal"), ("Verona", "Salvador")}
    assert next(one for one in pinned["pairs"] if one["first"] == "Bari")["pinned"]
    assert [one["name"] for one in pinned["left"]["first"]] == ["Torino"]
    one = answered(capsys, [*asked, "--limit", "1"])
    assert links(one) == {("Torino", "Recife")}
    south = answered(capsys, [*asked, "--most", "North", "1", "--least", "South", "1"])
    assert [region["pairs"] for region in south["regions"]["first"]] == [1, 1]


def test_csv_and_tables_keep_the_answer_apart_from_what_is_said_beside_it(files, capsys):
    main([*files(), "--format", "csv"])
    out, err = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["first"] for row in rows] == ["Torino", "Verona", "Bari"]
    assert "No pairing within these limits is worth more: proven." in err
    main([*files(), "--limit", "1"])
    out, err = capsys.readouterr()
    assert "Torino" in out
    assert "Bari: as many pairs are made as may be" in err


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_the_same_rows_in_any_order_give_the_same_pairs(files, capsys, chance):
    def shuffled(text):
        head, *rows = text.splitlines()
        chance.shuffle(rows)
        return "\n".join([head, *rows]) + "\n"

    ties = "first,second,score\n" + "".join(
        f"{one},{other},5\n" for one in ("Torino", "Verona", "Bari")
        for other in ("Recife", "Natal", "Salvador")
    )  # fmt: skip
    first = answered(capsys, files(scores=ties))
    again = answered(capsys, files(shuffled(FIRST), shuffled(SECOND), shuffled(ties)))
    assert links(first) == links(again)


def test_everything_that_is_wrong_is_named_at_once_with_row_column_and_remedy(files, capsys):
    told = refused(
        capsys,
        [
            *files(
                "name,capacity\nTorino,many\nTorino,1\n",
                "name,capacity\n,1\nRecife,2\n",
                "first,second,score\nTorino,Reciffe,9\nTorino,Recife,9,5\nTorino,Recife,nan\n",
            ),
            "--pin", "Torino", "Olinda",
        ],
    )  # fmt: skip
    for words in (
        "first.csv: row 2, column capacity: This is not a whole number from 0 to 1000 “many”.",
        "first.csv: row 3, column name: The name stands twice “Torino”. Row 2 has the same",
        "second.csv: row 2, column name: The cell is empty. Fill it in.",
        "scores.csv: row 2, column second: Nobody of this name stands in the list “Reciffe”.",
        "The nearest names are: Recife.",
        "scores.csv: row 3: The row has 4 cells instead of 3.",
        "scores.csv: row 4, column score: This is not a number between −1000000 and 1000000 “nan”",
    ):
        assert words in told
    told = refused(capsys, [*files(), "--pin", "Torino", "Olinda", "--most", "West", "1"])
    assert "second.csv has nobody called 'Olinda'" in told
    assert "No region is called 'West'" in told


def test_limits_that_cannot_hold_are_named_with_how_to_mend_them(files, capsys):
    told = refused(capsys, [*files(), "--least", "South", "2"])
    assert "“South” must have at least 2 pairs, and no more than 1 are possible." in told
    assert "Lower the number" in told
    both = ["--pin", "Bari", "Natal", "--forbid", "Bari", "Natal", "--limit", "0"]
    told = refused(capsys, [*files(), *both])
    assert "“Bari”, “Natal” must be paired and must not." in told
    assert "There are 1 pins, and there may be 0 pairs." in told


def test_an_empty_side_is_a_pairing_of_nobody(files, capsys):
    answer = answered(capsys, files("name\n", SECOND, "first,second,score\n"))
    assert answer["pairs"] == []
    assert len(answer["left"]["second"]) == 3


@pytest.fixture
def prepared(world, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.pairing.KEEPER", snapshot.Keeper())
    rebuild_snapshot(on=clock.today())
    return world


def test_places_are_looked_up_and_scored_with_reasons(prepared, files, capsys):
    asked = files('name\nMaputo\n"Beira, MZ"\n', "name\nTorino\nLyon\n")[:3]
    answer = answered(capsys, asked)
    assert answer["proven"]
    assert len(answer["pairs"]) == 2
    for one in answer["pairs"]:
        parts = sum(reason["weight"] * reason["score"] for reason in one["reasons"])
        assert parts == pytest.approx(one["score"], abs=0.01)
        assert one["regret"] is not None
    main([*asked, "--language", "fr"])
    out, _err = capsys.readouterr()
    assert "habitants" in out


def test_names_that_mean_nobody_or_the_same_are_told(prepared, files, capsys):
    told = refused(capsys, files("name\nMaptuo\nMaputo\nmz/maputo\n", "name\nMaputo\n")[:3])
    assert "row 2, column name: No place has this name “Maptuo”." in told
    assert "mz/maputo" in told
    assert "row 4, column name: The name means a place that stands in the list already" in told


def test_thousands_of_rows_are_read_and_paired(files, capsys):
    chance = np.random.default_rng(4)
    names = [f"c{number:03}" for number in range(300)]
    rows = [
        f"{one},{other},{chance.integers(1, 99)}"
        for one in names
        for other in chance.choice(names, 20, replace=False)
    ]
    side = "name\n" + "\n".join(names) + "\n"
    answer = answered(capsys, files(side, side, "first,second,score\n" + "\n".join(rows) + "\n"))
    assert answer["proven"]
    assert answer["candidates"] == 6000
