"""``entrecidades manage``: Django's own commands, for those who know them."""

import argparse
from typing import Any

from django.core.management import execute_from_command_line


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "manage", help="run one of Django's commands", add_help=False, prefix_chars="\0"
    )
    parser.add_argument("words", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Hand the words over."""
    execute_from_command_line(["entrecidades manage", *asked.words])
