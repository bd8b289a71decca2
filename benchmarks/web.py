"""Pages: what each costs beside an empty Django view, and how soon it comes when fifty ask.

``cost``: requests one after the other to a worker of ours and to one of the peer, both under the
server of the product; what their processes used of the processor counts. ``one`` and ``fifty``:
how long the slowest twentieth waits, alone and among fifty who ask again without a pause, of the
product's two workers. The house is a new one with all the world's places, or a copy of ``--home``.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from socket import create_server
from typing import Any, Self

from benchmarks.measure import Finding, Goal, Spread, compared, race

COST, ONE, FIFTY, QUERIES = "cost of", "one asks for", "fifty ask for", "queries of"
ROUNDS, REQUESTS = 6, 60
CROWD, EACH = 50, 6
PEER = "an empty view"
#: Of the rate of an empty view, a list is to reach at least a fifth, a city an eighth.
SHARES = {"list of 50 cities, filtered": 1 / 5, "city page": 1 / 8}
SLOWEST_MS, MOST_QUERIES = 200, 40
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """Our server with some site in it, at a free port of this machine, until it is left."""

    def __init__(self, site: str, *, workers: int, home: Path) -> None:
        with create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        own = {name: told for name, told in os.environ.items() if name != "DATABASE_URL"}
        environment = own | {
            "ENTRECIDADES_BIND": f"127.0.0.1:{self.port}",
            "ENTRECIDADES_WORKERS": str(workers),
            "ENTRECIDADES_HOME": str(home),
        }
        config = ["-c", "python:entrecidades.config.gunicorn", "--log-level", "warning"]
        command = [sys.executable, "-m", "gunicorn", *config, site]
        self.process = subprocess.Popen(command, env=environment)  # noqa: S603 - our own words

    def __enter__(self) -> Self:
        for _try in range(300):
            try:
                self.asker().request("GET", "/")
            except ConnectionRefusedError:
                time.sleep(0.1)
            else:
                return self
        raise TimeoutError

    def __exit__(self, *_told: object) -> None:
        self.process.terminate()
        self.process.wait()

    def asker(self, cookie: str = "") -> "Asker":
        """Somebody with a connection of her own."""
        return Asker(self.port, cookie)

    def processor(self) -> float:
        """Seconds of the processor that its processes have used."""
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii")
        return sum(used(int(pid)) for pid in [master, *children.split()])


class Asker(HTTPConnection):
    """One who asks again and again over one connection."""

    def __init__(self, port: int, cookie: str) -> None:
        super().__init__("127.0.0.1", port, timeout=60)
        self.sent = {"Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}

    def ask(self, address: str) -> None:
        """Read a page to its end."""
        self.request("GET", address, headers=self.sent)
        answer = self.getresponse()
        answer.read()
        assert answer.status == 200, (address, answer.status)  # noqa: PLR2004


def used(pid: int) -> float:
    """Seconds of the processor that a process has used."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS


def findings(options: argparse.Namespace) -> Iterator[Finding]:
    """Ask a house of its own for its pages."""
    with tempfile.TemporaryDirectory(prefix="bench-web-") as folder:
        home = Path(folder) / "home"
        if options.home:
            shutil.copytree(options.home, home)
        command = [sys.executable, "-m", "benchmarks.web_house", str(home)]
        house = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603 - ourselves
        yield from counted(house)
        yield from costs(house, home, options.only)
        yield from waits(house, home, options.only)


def counted(house: dict[str, Any]) -> Iterator[Finding]:
    """How many queries a page costs."""
    for page, count in house["queries"].items():
        spread = Spread(count, count, count)
        goal = Goal(at_most=MOST_QUERIES)
        yield Finding(f"{QUERIES} {page}", house["places"], "at the most", "", spread, goal)


def costs(house: dict[str, Any], home: Path, only: str) -> Iterator[Finding]:
    """Each page beside an empty view, in processor time of the two servers."""
    with ExitStack() as servers:
        ours = servers.enter_context(Server("entrecidades.config.wsgi", workers=1, home=home))
        peer = servers.enter_context(Server("benchmarks.hello", workers=1, home=home))

        def both() -> float:
            # They take turns: what one uses while the other is asked is next to nothing.
            return ours.processor() + peer.processor()

        empty = asking(peer.asker(), cycle(["/"]))
        for page, addresses in house["pages"].items():
            if not f"{COST} {page}".startswith(only):
                continue
            here = asking(ours.asker(house["cookie"]), cycle(addresses))
            here()
            told = race([{"here": here, PEER: empty}] * ROUNDS, clock=both)
            share = SHARES.get(page)
            goals = {PEER: Goal(at_least=share) if share else None}
            for one in compared(told, f"{COST} {page}", house["places"], goals):
                yield each(one)


def asking(asker: Asker, addresses: Iterator[str]) -> Callable[[], None]:
    """An act that asks for the next addresses, one after the other."""

    def ask() -> None:
        asker.close()  # the server has hung up while another was asked
        for address in islice(addresses, REQUESTS):
            asker.ask(address)

    return ask


def each(finding: Finding) -> Finding:
    """The same, with seconds of one request instead of a round."""

    def one(spread: Spread | None) -> Spread | None:
        if spread is None:
            return None
        return Spread(
            *(value / REQUESTS for value in (spread.least, spread.middle, spread.greatest))
        )

    return replace(finding, here=one(finding.here), peer=one(finding.peer))


def waits(house: dict[str, Any], home: Path, only: str) -> Iterator[Finding]:
    """How long the slowest twentieth waits, alone and among fifty."""
    with Server("entrecidades.config.wsgi", workers=2, home=home) as ours:
        for page, addresses in house["pages"].items():
            for work, people, goal in ((ONE, 1, None), (FIFTY, CROWD, Goal(at_most=SLOWEST_MS))):
                if not f"{work} {page}".startswith(only):
                    continue
                askers = [ours.asker(house["cookie"]) for _person in range(people)]
                times = EACH if people > 1 else REQUESTS
                rounds = [slowest(askers, addresses, times) for _round in range(ROUNDS // 2)]
                told = "until the slowest twentieth has it"
                yield Finding(
                    f"{work} {page}", house["places"], told, "ms", Spread.of(rounds), goal
                )


def slowest(askers: list[Asker], addresses: list[str], times: int) -> float:
    """Milliseconds within which 95 of 100 answers came, when all ask at once."""

    def sit(number: int) -> list[float]:
        seconds = []
        askers[number].close()
        for address in islice(cycle(addresses), number, number + times):
            begun = time.perf_counter()
            askers[number].ask(address)
            seconds.append(time.perf_counter() - begun)
        return seconds

    with ThreadPoolExecutor(len(askers)) as crowd:
        waited = sorted(second for sat in crowd.map(sit, range(len(askers))) for second in sat)
    return waited[int(len(waited) * 0.95)] * 1000
