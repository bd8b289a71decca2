"""``entrecidades examples``: the example practices, offers and needs."""

import argparse
from typing import Any

from entrecidades.cli.output import say
from entrecidades.practices.services import remove_examples


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("examples", help="remove the example content in one step")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    removing = acts.add_parser("remove", help="remove every example; they do not come back")
    removing.set_defaults(run=run)


def run(_asked: argparse.Namespace) -> None:
    """Remove them."""
    say(f"{remove_examples(by=None)} examples removed.")
