"""``entrecidades match-eval``: how well the suggestions agree with partnerships held back."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrecidades.cli.commands.imports import existing_file
from entrecidades.cli.errors import Stop
from entrecidades.cli.output import add_format, print_json, print_rows, say
from entrecidades.cli.progress import progress_bars
from entrecidades.exchange.readers.partnerships import PairRow, read_pairs
from entrecidades.kernel import clock
from entrecidades.matching.evaluation import coverage, evaluate
from entrecidades.matching.snapshot import KEEPER, NoSnapshot, Snapshot
from entrecidades.network.models import Place

COLUMNS = ("scorer", "queries", "auc", "recall_at_10", "recall_at_100", "mrr")


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "match-eval", help="measure the suggestions on a file of partnerships"
    )
    parser.add_argument("file", type=existing_file, metavar="FILE", help="pairs, plain or gzip")
    parser.add_argument(
        "--every",
        metavar="N",
        default=1,
        type=_from_one,
        help="ask about each N-th pair only, beginning with the first; all others stay known",
    )
    parser.add_argument(
        "--coverage",
        metavar="COUNTRY",
        action="append",
        default=[],
        type=str.upper,
        help="let every place of the world ask for this country, and say how many of its places "
        "are in anyone's first ten (minutes)",
    )
    add_format(parser)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Measure, with the file's own pairs never counted as known, and print."""
    try:
        held = KEEPER.snapshot(on=clock.today())
    except NoSnapshot:
        raise Stop("Nothing is prepared yet: run `entrecidades prepare` first.") from None
    if unknown := sorted(set(asked.coverage) - set(held.book.countries)):
        raise Stop(f"No country has the code {unknown[0]}; give two letters, as BR.")
    pairs = _pairs(asked.file, held, asked.every)
    with progress_bars() as progress:
        result = evaluate(held, pairs, progress=progress)
        if asked.coverage:
            result["coverage_of"] = {
                code: coverage(held, code, progress=progress) for code in asked.coverage
            }
    if asked.format == "json":
        print_json(result)
        return
    scorers = {"suggestions": result, **result["baselines"]}
    rows = [{"scorer": name, **found} for name, found in scorers.items()]
    print_rows(rows, COLUMNS, asked.format)
    for code, share in result.get("coverage_of", {}).items():
        say(f"{share:.0%} of the places of {code} are in anyone's first ten.")


def _from_one(given: str) -> int:
    """A whole number from 1."""
    if not (given.isascii() and given.isdigit() and int(given)):
        raise argparse.ArgumentTypeError(f"“{given}” is not a whole number from 1")
    return int(given)


def _pairs(path: Path, held: Snapshot, every: int) -> NDArray[np.int64]:
    """The rows of the pairs that the recipe asks about: bilateral, sure, both ends known."""
    file = read_pairs(path)
    if file.problems:
        hints = [str(one) for one in file.problems[:20]]
        raise Stop(f"{path.name} has {len(file.problems)} problems.", hints=hints)
    asked = [pair for pair in file.pairs if not pair.network and pair.confidence == "high"][
        ::every
    ]
    rows = _rows(asked, held)
    ends = [[rows.get(end.geonameid) for end in pair.ends] for pair in asked]
    found = [pair for pair in ends if None not in pair and pair[0] != pair[1]]
    if len(found) < len(ends):
        say(f"{len(ends) - len(found)} of {len(ends)} pairs name a place that is not loaded.")
    if not found:
        raise Stop(f"{path.name} has no pair to ask about: bilateral, of high confidence.")
    return np.array(found, np.int64)


def _rows(pairs: list[PairRow], held: Snapshot) -> dict[int | None, int]:
    """GeoNames number → row, for every end."""
    wanted = {end.geonameid for pair in pairs for end in pair.ends if end.geonameid}
    known = Place.objects.exclude(geonameid=None).values_list("geonameid", "pk").iterator()
    found = {number: held.rows.of_place(pk) for number, pk in known if number in wanted}
    return {number: row for number, row in found.items() if row is not None}
