"""Several people at once: threads that start together, each with its own connection."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event

from django.db import connection, transaction

PATIENCE = 10


def at_once(act, *, times):
    """Call ``act`` in so many threads at the same moment; what each returned or raised."""
    together = Barrier(times)

    def run(number):
        try:
            together.wait()
            return act(number)
        except Exception as refusal:  # noqa: BLE001 - the test looks at what was raised
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as people:
        return list(people.map(run, range(times)))


@contextmanager
def slowly(act, *, undone=False):
    """Another connection that has acted and not committed, until what this yields is called."""
    acted, end = Event(), Event()

    def run():
        try:
            with transaction.atomic():
                act()
                acted.set()
                end.wait(PATIENCE)
                transaction.set_rollback(undone)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as somebody:
        ending = somebody.submit(run)
        assert acted.wait(PATIENCE)

        def finish():
            end.set()
            ending.result(PATIENCE)

        yield finish


def somebody_waits():
    """Wait until a connection to this database waits for another's lock."""
    patience = Event()
    with connection.cursor() as cursor:
        for _try in range(500):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
            patience.wait(0.01)


def meanwhile(act, other):
    """What becomes of ``other``, begun while ``act`` is done and not committed (PostgreSQL)."""
    with slowly(act) as finish:

        def run(number):
            if number == 0:
                return other()
            somebody_waits()
            return finish()

        return at_once(run, times=2)[0]
