"""``entrecidades receive``: take an answer by mail, as a mail server hands it on."""

import argparse
import os
import sys
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from entrecidades.cli.errors import Stop
from entrecidades.kernel import clock
from entrecidades.mail.answers.taking import AnotherWrote, NobodyThere, take
from entrecidades.mail.letters import MailIsAway

#: A letter may weigh so much, with all its files.
MOST = 30_000_000


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "receive", help="take an answer to a letter, from a mail server, on standard input"
    )
    parser.add_argument("--to", default="", metavar="ADDRESS", help="where it arrived")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Take the letter; the exit code tells a mail server what to do with it (sysexits.h)."""
    if not settings.ANSWERS_AT:
        hint = "Set ENTRECIDADES_ANSWERS_AT to the mailbox that answers go to."
        raise Stop("This instance takes no answers by mail.", hints=[hint], code=os.EX_CONFIG)
    raw = sys.stdin.buffer.read(MOST + 1)
    if len(raw) > MOST:
        raise Stop(f"The letter is larger than {MOST // 1_000_000} MB.", code=os.EX_DATAERR)
    try:
        outcome = take(raw, at=clock.now(), to=asked.to)
    except NobodyThere:
        raise Stop("Nobody is answered at this address.", code=os.EX_NOUSER) from None
    except AnotherWrote:
        told = "This address takes answers from the mailbox that was written to, and no other."
        raise Stop(told, code=os.EX_NOPERM) from None
    except (MailIsAway, DatabaseError) as away:
        raise Stop(f"It cannot be taken now: {away}", code=os.EX_TEMPFAIL) from away
    sys.stderr.write(f"{outcome.value}\n")
