"""``entrecidades verify-audit``: whether history is as it was written, and where it is not."""

import argparse
import sys
from typing import Any

from entrecidades.audit.rules import read_head
from entrecidades.audit.selectors.chain import Verdict, verify
from entrecidades.audit.services import seal
from entrecidades.cli.output import add_format, print_json
from entrecidades.cli.progress import progress_bars

BROKEN = 1


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "verify-audit", help="check the whole chain of history, and name where it breaks"
    )
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        type=head,
        metavar="POSITION:HASH",
        help="a head that was published once and that the chain must pass; may be repeated",
    )
    add_format(parser, formats=("table", "json"))
    parser.set_defaults(run=run)


def head(raw: str) -> tuple[int, str]:
    """A published head as it was written down."""
    try:
        return read_head(raw)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{raw!r} is no head: write POSITION:HASH, as the letter to the witnesses does."
        ) from None


def run(asked: argparse.Namespace) -> None:
    """Seal what a crash left open, walk the chain, and say what was found; exit 1 if it breaks."""
    sealed = seal()
    with progress_bars() as progress:
        verdict = verify(heads=asked.head, progress=progress)
    if asked.format == "json":
        print_json(_told(verdict, sealed))
    else:
        sys.stdout.write(_said(verdict) + "\n")
    if verdict.broken:
        sys.exit(BROKEN)


def _told(verdict: Verdict, sealed: int) -> dict[str, Any]:
    """The verdict under stable English names."""
    broken = verdict.broken
    return {
        "whole": verdict.is_whole,
        "position": verdict.position,
        "hash": verdict.hash,
        "sealed_now": sealed,
        "waiting": verdict.waiting,
        "broken": {"position": broken.position, "kind": broken.kind.value} if broken else None,
    }


def _said(verdict: Verdict) -> str:
    """The verdict as a sentence."""
    if verdict.broken:
        where = f"{verdict.broken.position:,}"
        return f"History is broken at position {where}: {verdict.broken.kind.label}."
    if not verdict.position:
        return "History is whole: nothing has been done yet."
    return f"History is whole: {verdict.position:,} traces; head {verdict.position}:{verdict.hash}"
