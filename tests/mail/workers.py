"""Worker processes that a test can really kill: one process imports the house, then forks.

``python workers.py`` forks a worker for each line it reads and says its process number.
"""

import os
import signal
import subprocess
import sys
from argparse import Namespace
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]


def serve():
    """Fork a worker for each line; each is the real command, only less patient."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "entrecidades.config.settings"
    import django  # noqa: PLC0415 - in this process, after the settings were named

    django.setup()
    from django.core.mail import get_connection  # noqa: PLC0415 - likewise
    from django.urls import reverse  # noqa: PLC0415 - likewise
    from django.utils.translation import override  # noqa: PLC0415 - likewise

    from entrecidades.cli.commands import work  # noqa: PLC0415 - likewise
    from entrecidades.queue.services import keeping  # noqa: PLC0415 - likewise

    keeping.LEASE, work.PAUSE = timedelta(seconds=0.3), 0.02
    # What a worker would load at its first letter is loaded once, before it forks.
    get_connection()
    for language in ("en", "pt-br"):
        with override(language):
            reverse("web:home")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        if child := os.fork():
            sys.stdout.write(f"{child}\n")
            sys.stdout.flush()
        else:
            work.run(Namespace(once=False))


def address_of(database):
    """The DATABASE_URL of the database under test."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    who = (
        f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    )
    where = f"{database['HOST']}:{database['PORT'] or 5432}"
    return f"postgres://{who}@{where}/{database['NAME']}"


@contextmanager
def workers(database, home, **environment):
    """A function that starts a worker and says its process number; none is left at the end."""
    environment |= {
        "DATABASE_URL": address_of(database),
        "ENTRECIDADES_HOME": str(home),
        "PYTHONPATH": str(ROOT / "src"),
    }
    started = []
    nursery = subprocess.Popen(  # noqa: S603 - this very file
        [sys.executable, __file__],
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def start():
        nursery.stdin.write("\n")
        nursery.stdin.flush()
        started.append(int(nursery.stdout.readline()))
        return started[-1]

    try:
        yield start
    finally:
        for number in started:
            kill(number)
        nursery.stdin.close()
        nursery.wait(10)
        nursery.stdout.close()


def kill(number):
    """End a process as a power cut does."""
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


if __name__ == "__main__":
    serve()
