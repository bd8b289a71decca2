"""``entrecidades import doubts`` and ``settle``: the rows that wait for a person's decision."""

import argparse
from collections.abc import Sequence
from typing import Any

from entrecidades.cli.errors import Stop
from entrecidades.cli.output import add_format, print_rows, say
from entrecidades.exchange.choices import DoubtState
from entrecidades.exchange.models import Doubt
from entrecidades.exchange.reasons import in_words
from entrecidades.exchange.selectors import Candidate, candidates_of, doubts_wished
from entrecidades.exchange.services.official_lists import dismiss_doubt, settle_doubt
from entrecidades.network.models import Place
from entrecidades.network.selectors import place_with_id

SHOWN = ("number", "import", "list", "row", "name", "division", "state", "candidates")
ON_SCREEN = ("number", "list", "row", "name", "division", "state", "likeliest", "score", "others")


def register_in(acts: Any) -> None:
    """Declare both acts."""
    listing = acts.add_parser("doubts", help="rows that wait for a person's decision")
    listing.add_argument("--batch", type=int, metavar="NUMBER", help="only those of one import")
    listing.add_argument(
        "--state",
        choices=[*DoubtState.values, "all"],
        default=DoubtState.OPEN.value,
        help="which of them (default: open)",
    )
    add_format(listing)
    listing.set_defaults(run=run_doubts)
    settling = acts.add_parser("settle", help="decide what a doubtful row is")
    settling.add_argument(
        "doubt", type=int, metavar="DOUBT", help="its number, as `import doubts` shows"
    )
    answer = settling.add_mutually_exclusive_group(required=True)
    answer.add_argument("--place", metavar="ID", help="it is this place, such as br/campo-largo")
    answer.add_argument("--new", action="store_true", help="it is none of them: make it new")
    answer.add_argument("--dismiss", action="store_true", help="leave the row aside for good")
    settling.set_defaults(run=run_settle)


def run_doubts(asked: argparse.Namespace) -> None:
    """The doubtful rows of the imports that stand, each with its candidates."""
    state = "" if asked.state == "all" else asked.state
    doubts = list(doubts_wished(batch=asked.batch, state=state))
    candidates = candidates_of(doubts)
    rows = [_told(doubt, candidates[doubt.pk]) for doubt in doubts]
    print_rows(rows, ON_SCREEN if asked.format == "table" else SHOWN, asked.format)


def _told(doubt: Doubt, candidates: Sequence[Candidate]) -> dict[str, Any]:
    """One row, for a screen and for programs."""
    best = candidates[0] if candidates else None
    return {
        "number": doubt.pk,
        "import": doubt.batch_id,
        "list": doubt.batch.kind.removeprefix("official:"),
        "row": doubt.line,
        "name": doubt.name,
        "division": doubt.row.get("division", ""),
        "state": doubt.state,
        "likeliest": best.place.public_id if best else "",
        "score": best.score if best else None,
        "others": max(0, len(candidates) - 1),
        "candidates": " | ".join(
            f"{one.place.public_id} {one.score:.2f}: {in_words(one.reasons)}" for one in candidates
        ),
    }


def run_settle(asked: argparse.Namespace) -> None:
    """Carry out one decision."""
    doubt = Doubt.objects.filter(pk=asked.doubt).first()
    if doubt is None:
        raise Stop(
            f"There is no doubtful row number {asked.doubt}.",
            hints=["`entrecidades import doubts` lists them."],
        )
    if asked.dismiss:
        doubt = dismiss_doubt(doubt, None)
    else:
        doubt = settle_doubt(doubt, _place(asked.place) if asked.place else None, None)
    say(f"{doubt.name}: {doubt.get_state_display()}.")


def _place(words: str) -> Place:
    """The place with an id; names are not guessed, for several places may share one."""
    place = place_with_id(words)
    if place is None:
        raise Stop(
            f"No place has the id {words!r}.",
            hints=["`entrecidades import doubts --format json` shows the candidates' ids."],
        )
    return place
