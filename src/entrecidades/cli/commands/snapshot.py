"""``entrecidades snapshot``: make the matching snapshot anew from the database."""

import argparse
from typing import Any

from entrecidades.cli.output import say
from entrecidades.kernel import clock
from entrecidades.matching.services import rebuild_snapshot


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("snapshot", help="make the matching snapshot anew")
    parser.set_defaults(run=run)


def run(_asked: argparse.Namespace) -> None:
    """Write it; running workers follow with their next answer."""
    say(f"Snapshot {rebuild_snapshot(on=clock.today())} is in use.")
