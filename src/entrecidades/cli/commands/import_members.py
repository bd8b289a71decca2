"""``entrecidades import members``: an association's list of its members."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from entrecidades.cli.errors import Stop
from entrecidades.exchange.services.member_lists import Answers
from entrecidades.network.choices import Kind
from entrecidades.network.models import Entity


def register_in(
    acts: Any, *, existing_file: Callable[[str], Path], add_mode: Callable[[Any], None]
) -> argparse.ArgumentParser:
    """Declare the act; whoever declares it says what runs."""
    members: argparse.ArgumentParser = acts.add_parser(
        "members",
        help="an association's list of its members",
        description=(
            "Compare a list of members with those the register knows: rows that are somebody for "
            "certain are joined, the others are shown with those they may be."
        ),
    )
    members.add_argument("entity", metavar="ENTITY", help="the association, such as br/fnp")
    members.add_argument("file", type=existing_file, metavar="FILE", help="CSV or XLSX")
    members.add_argument(
        "--is",
        dest="rows",
        action="append",
        default=[],
        type=_answer,
        metavar="ROW=WHO",
        help="a doubtful row is this one of its candidates (body:7, place:9), or nobody",
    )
    members.add_argument(
        "--end-missing",
        type=date.fromisoformat,
        metavar="DAY",
        help="end the memberships that the list does not name on this day",
    )
    add_mode(members)
    return members


def _answer(words: str) -> tuple[int, str]:
    """A row's number and who it is."""
    number, _is, key = words.partition("=")
    if not (number.isdecimal() and key):
        message = f"{words!r} is not ROW=WHO, such as 7=body:12"
        raise argparse.ArgumentTypeError(message)
    return int(number), key


def association_named(words: str) -> Entity:
    """The association with an id such as br/fnp."""
    country, _slash, slug = words.casefold().partition("/")
    rows = Entity.objects.filter(kind=Kind.ASSOCIATION, country=country.upper(), slug=slug)
    found = rows.first()
    if found is None:
        raise Stop(f"No association has the id {words!r}.", hints=["Take it from its address."])
    return found


def answers_of(asked: argparse.Namespace) -> Answers:
    """What the command line decides."""
    ending = () if asked.end_missing is None else None
    return Answers(dict(asked.rows), ending, asked.end_missing)
