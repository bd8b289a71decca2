"""``entrecidades pair``: pair two lists of cities as well as can be, with a proof."""

import argparse
from typing import Any

from django.conf import settings
from django.utils.translation import override

from entrecidades.cli.commands.imports import existing_file
from entrecidades.cli.errors import Stop
from entrecidades.cli.output import add_format
from entrecidades.cli.pairing import asked_of, problem_of, scored
from entrecidades.cli.pairs_told import Told, print_answer
from entrecidades.cli.progress import progress_bars
from entrecidades.engines.pairing import Contradictory, pair
from entrecidades.matching.pairing_told import mending_of


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "pair",
        help="pair two lists of cities as well as can be, with a proof",
        description=(
            "Pair the cities of two lists so that the pairs are worth most together. Each list is "
            "a CSV file with the column name and, if wanted, capacity and region. Without "
            "--scores the names are looked up among the world's places, and scored as the page "
            "of suggestions does."
        ),
        epilog="Exit code 0 with a pairing; 2 when a file or the limits have to be mended.",
    )
    parser.add_argument("first", type=existing_file, metavar="FIRST", help="CSV: name, ...")
    parser.add_argument("second", type=existing_file, metavar="SECOND", help="CSV: name, ...")
    parser.add_argument(
        "--scores", type=existing_file, metavar="FILE", help="CSV: first, second, score"
    )
    _add_limits(parser)
    parser.add_argument(
        "--language", choices=[code for code, _ in settings.LANGUAGES], default="en"
    )
    add_format(parser)
    parser.set_defaults(run=run)


def _add_limits(parser: argparse.ArgumentParser) -> None:
    """Let the person say what must be, must not be, and what each region gets."""
    for name, what in (("pin", "these two must be paired"), ("forbid", "these two must not")):
        parser.add_argument(
            f"--{name}",
            nargs=2,
            action="append",
            default=[],
            metavar=("ONE", "OTHER"),
            help=f"{what}: a name of the first list and one of the second; may be repeated",
        )
    for name in ("least", "most"):
        parser.add_argument(
            f"--{name}",
            nargs=2,
            action="append",
            default=[],
            metavar=("REGION", "NUMBER"),
            help=f"a region's {name} number of pairs; may be repeated",
        )
    parser.add_argument("--limit", type=_number, help="no more pairs than this")


def _number(words: str) -> int:
    """A number of pairs, or a sentence on why it is none."""
    if not words.isascii() or not words.isdecimal() or len(words) > 9:  # noqa: PLR2004 - a billion
        message = f"{words!r} is no number of pairs"
        raise argparse.ArgumentTypeError(message)
    return int(words)


def run(asked: argparse.Namespace) -> None:
    """Read, score, pair, and tell."""
    with override(asked.language):
        known = asked_of(asked.first, asked.second)
        with progress_bars() as progress:
            problem = problem_of(asked, known)
            scores = scored(known, asked.scores, progress)
            try:
                answer = pair(problem, scores, told=progress)
            except Contradictory as contradiction:
                raise _impossible(contradiction) from None
        print_answer(Told.of(answer, known.names, known.subjects), asked.format)


def _impossible(contradiction: Contradictory) -> Stop:
    """Everything that contradicts itself, and how to mend it."""
    hints = [str(mending_of(one)) for one in contradiction.found]
    return Stop("The limits cannot hold together:", hints=hints)
