"""``entrecidades person``: accounts of people who act for a body."""

import argparse
import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from entrecidades.accounts.models import Person
from entrecidades.accounts.roles import MandateRole
from entrecidades.accounts.services import add_person, close_account, set_operator
from entrecidades.cli.errors import Stop
from entrecidades.cli.output import add_format, print_rows, say
from entrecidades.cli.places import found_entity
from entrecidades.kernel import clock
from entrecidades.network.models import Mandate, holding
from entrecidades.network.services import entrust, note_unattended


def register(subparsers: Any) -> None:
    """Declare the command and its acts."""
    parser = subparsers.add_parser("person", help="add or list people who act for a body")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    adding = acts.add_parser("add", help="let a person log in and act for a body")
    adding.add_argument("email")
    adding.add_argument(
        "--acts-for", required=True, metavar="BODY", help="such as mz/maputo or br/fnp"
    )
    adding.add_argument(
        "--role",
        choices=MandateRole.values,
        default=MandateRole.ADMIN.value,
        help="what she is there (default: %(default)s, who may invite the others)",
    )
    adding.add_argument("--name", default="", help="how she is called")
    adding.add_argument("--language", default="", help="in which language letters are written")
    adding.set_defaults(run=run_add)
    operating = acts.add_parser("operator", help="let a person see the operators' pages")
    operating.add_argument("email")
    operating.add_argument("--revoke", action="store_true", help="take it back")
    operating.set_defaults(run=run_operator)
    closing = acts.add_parser("close", help="close an account and end all that opens it")
    closing.add_argument("email")
    closing.set_defaults(run=run_close)
    listing = acts.add_parser("list", help="who acts for which body today")
    add_format(listing)
    listing.set_defaults(run=run_list)


def run_add(asked: argparse.Namespace) -> None:
    """Make the account, ask for its password, and entrust it with the body."""
    try:
        validate_email(asked.email)
    except ValidationError:
        raise Stop(f"{asked.email!r} is no e-mail address.") from None
    entity = found_entity(asked.acts_for)
    known = Person.objects.filter(email=asked.email.lower()).first()
    person = known or add_person(
        email=asked.email, name=asked.name, language=asked.language, password=_password()
    )
    role = MandateRole(asked.role)
    entrust(entity=entity, person=person, role=role, since=clock.today(), by=None)
    say(f"{person.email} acts for {entity}, as {role.label}.")


def run_operator(asked: argparse.Namespace) -> None:
    """Open the operators' pages to somebody who has an account, or close them."""
    person = Person.objects.filter(email=asked.email.lower()).first()
    if person is None:
        raise Stop(
            f"Nobody has an account with the address {asked.email!r}.",
            hints=["`entrecidades person add` makes one."],
        )
    set_operator(person=person, is_operator=not asked.revoke)
    said = "no longer sees" if asked.revoke else "sees"
    say(f"{person.email} {said} the operators' pages.")


def run_close(asked: argparse.Namespace) -> None:
    """Close the account: sessions, letters, passkeys and password end at once."""
    person = Person.objects.filter(email=asked.email.lower()).first()
    if person is None:
        raise Stop(f"Nobody has the address {asked.email!r}.")
    at = clock.now()
    note_unattended(person=person, by=None, at=at)
    close_account(person=person, by=None, at=at)
    say(f"{person.email} can no longer log in.")


def run_list(asked: argparse.Namespace) -> None:
    """Everybody with a mandate that holds today."""
    mandates = Mandate.objects.filter(holding(clock.today())).exclude(person=None)
    rows = [
        {
            "email": mandate.person.email if mandate.person else "",
            "entity": mandate.entity.name,
            "country": mandate.entity.country_id,
            "role": mandate.role,
            "since": mandate.valid_from.isoformat() if mandate.valid_from else "",
        }
        for mandate in mandates.select_related("person", "entity").order_by("person__email")
    ]
    print_rows(rows, ("email", "entity", "country", "role", "since"), asked.format)


def _password() -> str:
    """A password typed at the terminal, or the first line of what is piped in."""
    given = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not given:
        raise Stop("A password is needed: type it, or pipe it in as one line.")
    return given
