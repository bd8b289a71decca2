"""``entrecidades serve``: the web server and the keeper of promised jobs, side by side."""

import argparse
import os
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from entrecidades.cli.errors import Stop
from entrecidades.cli.output import say

PORTS = range(1, 65536)


def port(words: str) -> int:
    """A port number, or a sentence on why it is none."""
    if not words.isdecimal() or int(words) not in PORTS:
        message = f"{words!r} is no port: give a number from 1 to 65535"
        raise argparse.ArgumentTypeError(message)
    return int(words)


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("serve", help="serve the pages until interrupted")
    parser.add_argument("--port", type=port, default=8000, help="where to listen (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="on which address (127.0.0.1)")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> None:
    """Start both processes; when one ends, or at a signal, end the other."""
    address = f"{asked.host}:{asked.port}"
    environment = os.environ | {"ENTRECIDADES_BIND": address}
    server = [sys.executable, "-m", "gunicorn", "-c", "python:entrecidades.config.gunicorn"]
    processes = [
        subprocess.Popen([*server, "entrecidades.config.wsgi"], env=environment),  # noqa: S603 - our own words
        subprocess.Popen([sys.executable, "-m", "entrecidades", "work"], env=environment),
    ]
    signal.signal(signal.SIGTERM, _leave)
    say(f"Entrecidades is at http://{address}/ – end it with Ctrl+C.")
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
        raise Stop(f"The server at {address} ended; the lines above say why.", code=1)
    except KeyboardInterrupt:
        say("Good-bye.")
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """End as at Ctrl+C."""
    raise KeyboardInterrupt
