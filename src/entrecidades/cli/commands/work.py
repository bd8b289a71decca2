"""``entrecidades work``: keep what was promised, until interrupted."""

import argparse
import logging
import time
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from entrecidades.audit.services import seal
from entrecidades.config.jobs import KEEPERS, RECURRING
from entrecidades.kernel import clock
from entrecidades.queue.services import keep_one, promise_recurring

PAUSE = 2.0
log = logging.getLogger(__name__)


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("work", help="keep promised jobs (letters) until interrupted")
    parser.add_argument("--once", action="store_true", help="stop when nothing is due")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Keep one promise after the other; when none is due, seal what is open, and rest."""
    while True:
        try:
            if _kept_one():
                continue
            seal()
        except (InterfaceError, OperationalError) as gone:
            if asked.once:
                raise
            # What was being kept is rolled back, or lent to nobody soon: it is kept later.
            log.warning("the database is away: %s", str(gone).strip())
            connection.close()
        if asked.once:
            return
        time.sleep(PAUSE)


def _kept_one() -> bool:
    """Promise what has its turn, and keep the oldest promise; whether there was one."""
    close_old_connections()
    promise_recurring(RECURRING, now=clock.now())
    return keep_one(KEEPERS, now=clock.now()) is not None
