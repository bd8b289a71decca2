"""History: how long it takes to walk a long chain of traces, and to seal one.

The database is the one of ``DATABASE_URL``, beside which a new one is made and dropped again.
"""

import argparse
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from typing import Any

import django

from benchmarks.measure import Finding, Goal, Spread, clocked

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 3
AT_ONCE = 20_000
WORDED = 4  # of so many traces one tells words
SEED = 11
WALK, HASH, SEAL = "walk along the chain", "hashing alone", "sealing"
COLUMNS = (
    "act, subject, by_id, body_id, at, sealed_facts, sealed_changes, commitment, apart,"
    " position, hash"
)


def findings(options: argparse.Namespace) -> Iterator[Finding]:
    """Walk chains of three lengths; then seal what acts left open."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entrecidades.config.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415 - Django is set up only now

    with new_database():
        for size in SIZES:
            if size <= options.up_to:
                lengthen(size)
                yield from walked(size, connection.display_name)
        yield sealing(AT_ONCE, connection.display_name)


@contextmanager
def new_database() -> Iterator[None]:
    """A database of its own, with the tables and guards of the house."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by now

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def content(chance: random.Random, number: int) -> tuple[list[Any], str]:
    """A trace as a step of a posting leaves it, its moment among the rest; and what is apart.

    Of four traces one tells words that were changed, which are kept apart.
    """
    from entrecidades.audit.rules import canonical, content_of  # noqa: PLC0415

    changes: dict[str, Any] = {
        "state": ("draft", "published"),
        "expires_on": (None, f"2027-01-{number % 28 + 1:02}"),
    }
    if number % WORDED == 0:
        changes["title.pt"] = (f"Praças vivas {number}", f"Praças vivas, com sombra {number}")
    told = content_of({"step": "publish"}, changes, frozenset())
    row = [
        *("practices:posting:step", f"practices.Posting:{chance.randrange(50_000)}"),
        *(chance.randrange(5_000), chance.randrange(2_000), None),
        f"2026-11-{number % 28 + 1:02} 12:00:{number % 60:02}.{number % 10**6:06}",
        *(canonical(told.facts), canonical(told.changes), told.commitment),
    ]
    return row, canonical(told.apart)


def lengthen(size: int) -> None:
    """Write sealed traces up to a length, past the guards and by many rows at once."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by now

    from entrecidades.audit.models import Head  # noqa: PLC0415
    from entrecidades.audit.rules import link  # noqa: PLC0415
    from entrecidades.audit.triggers import guards, lifts  # noqa: PLC0415

    head, _made = Head.objects.get_or_create(pk=1)
    chance = random.Random(SEED + head.position)
    marks = ", ".join(["%s"] * 11)
    query = f"INSERT INTO audit_trace ({COLUMNS}) VALUES ({marks})"  # noqa: S608 - our own words
    with connection.cursor() as cursor:
        for statement in lifts(connection.vendor):
            cursor.execute(statement)
        while head.position < size:
            rows = []
            for _number in range(min(AT_ONCE, size - head.position)):
                told, apart = content(chance, head.position)
                head.position += 1
                head.hash = link(head.hash, head.position, told)
                rows.append(
                    [
                        *told[:4],
                        f"{told[5]}+00:00" if connection.vendor == "postgresql" else told[5],
                        *(*told[6:], apart),
                        head.position,
                        head.hash,
                    ]
                )
            cursor.executemany(query, rows)
        head.save()
        for statement in guards(connection.vendor):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def walked(size: int, where: str) -> Iterator[Finding]:
    """Seconds for a walk along the whole chain, beside what hashing its texts takes by itself."""
    from entrecidades.audit.selectors.chain import sealed_rows, verify  # noqa: PLC0415

    verdicts: list[Any] = []
    worked = time.process_time()
    seconds = Spread.of(clocked(lambda: verdicts.append(verify())) for _round in range(ROUNDS))
    worked = (time.process_time() - worked) / ROUNDS
    assert all(verdict.is_whole and verdict.position == size for verdict in verdicts)
    goal = Goal(at_most=10) if size == SIZES[-1] else None
    yield Finding(WALK, size, f"to verify it on {where}", "s", seconds, goal)
    # On a machine that others use too, what the processor did says more than the clock.
    yield Finding(WALK, size, "of the processor", "s", Spread(worked, worked, worked))
    texts = [repr(row).encode() for row in islice(sealed_rows(), AT_ONCE)]
    hashed = clocked(lambda: [sha256(text).hexdigest() for text in texts]) * size / len(texts)
    yield Finding(HASH, size, "of its texts", "s", Spread(hashed, hashed, hashed))


def sealing(size: int, where: str) -> Finding:
    """Microseconds to seal one of many traces that were left open."""
    from entrecidades.audit.models import Trace  # noqa: PLC0415
    from entrecidades.audit.services import seal  # noqa: PLC0415

    Trace.objects.bulk_create(
        [Trace(act="a:b:c", subject="a.B:1", sealed_facts={"number": n}) for n in range(size)], 500
    )
    each = clocked(seal) / size * 1e6
    return Finding(SEAL, size, f"each trace on {where}", "µs", Spread(each, each, each))
