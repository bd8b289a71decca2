"""A list of partnerships is read whole, and all that is wrong with it is told at once."""

import gzip
from pathlib import Path

import pytest

from entrecidades.exchange.readers.partnerships import COLUMNS, End, read_pairs

HEADER = (
    "pair_id,country_a,name_a,geonameid_a,link_a,country_b,name_b,geonameid_b,link_b,"
    "same_country,sources,n_sources,first_year,network,confidence\n"
)
REAL = (
    "pff16794b55,ZA,George,1002145,name+geo,US,Tacoma,5812944,name+geo,False,"
    "wikipedia_2023;wikipedia_2026,2,,,high\n"
    "p88a2133e9e,AT,Alberndorf,,none,DE,Hainburg,,none,False,rgre_2015,1,1972,,unlinked\n"
)
SHARED = Path(__file__).parents[3] / "shared/data/partnerships/pairs.csv.gz"


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, name="pairs.csv"):
        path = tmp_path / name
        raw = text.encode()
        path.write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)
        return read_pairs(path)

    return write_and_read


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.csv.gz"])
def test_rows_are_read_with_their_ends_and_sources(read, name):
    file = read(HEADER + REAL, name)
    assert not file.problems
    first, second = file.pairs
    assert first.ends == (End("ZA", "George", 1002145), End("US", "Tacoma", 5812944))
    assert first.sources == ("wikipedia_2023", "wikipedia_2026")
    assert (second.first_year, second.confidence) == (1972, "unlinked")
    assert second.ends[0].geonameid is None


def test_only_the_columns_that_are_used_are_asked_for(read):
    assert not read(",".join(COLUMNS) + "\n").problems
    file = read(",".join(COLUMNS[:-2]) + "\n")
    assert [problem.column for problem in file.problems] == ["network", "confidence"]


def test_every_problem_of_every_row_is_told_at_once(read):
    rows = (
        "p1,XX,George,12a,,US,Tacoma,5812944,,,w,1,,,high\n"
        "p2,za,,1,,US,Tacoma,5,,,w,1,12,,sure\n"
        "p1,ZA,George,7,,US,Tacoma,7,,,,1,,,\n"
        "p4,ZA,George,8,,US,Tacoma,9,,,w,1,1999,,low\n"
    )
    file = read(HEADER + rows)
    assert [(problem.row, problem.column) for problem in file.problems] == [
        (2, "country_a"), (2, "geonameid_a"),
        (3, "country_a"), (3, "name_a"), (3, "first_year"), (3, "confidence"),
        (4, "pair_id"), (4, "geonameid_b"), (4, "confidence"), (4, "sources"),
    ]  # fmt: skip
    assert all(problem.problem and problem.remedy for problem in file.problems)
    assert [pair.pair_id for pair in file.pairs] == ["p4"]


def test_a_problem_reads_as_where_what_and_how_to_fix_it(read):
    (problem,) = read(HEADER + REAL.replace("ZA", "South Africa")).problems
    assert str(problem) == (
        "row 2, column country_a: This is not a country's code “South Africa”. "
        "Use the two capital letters of ISO 3166, such as BR."
    )


def test_the_real_file_has_no_problem():
    if not SHARED.exists():
        pytest.skip(f"the real list is not at {SHARED}")
    file = read_pairs(SHARED)
    assert (len(file.pairs), file.problems) == (19_508, ())
