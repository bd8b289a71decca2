"""``./scripts/bench [AREA] [--format json] [--check]``: measure beside the peers.

An area is a module of this package with ``findings(options)``; a new one needs a line in
``AREAS`` and nothing else.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.report import as_json, table, tell

AREAS = {
    "audit": "benchmarks.audit",
    "matching": "benchmarks.matching",
    "pairing": "benchmarks.pairing",
    "web": "benchmarks.web",
}
EVERYTHING = 1_000_000


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("area", nargs="?", choices=sorted(AREAS), help="all when left out")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--check", action="store_true", help="fail when a goal is missed")
    parser.add_argument("--only", default="", help="only works whose name begins so")
    parser.add_argument("--up-to", type=int, default=EVERYTHING, help="leave out larger sizes")
    parser.add_argument(
        "--pairs",
        type=Path,
        default=Path("../shared/data/partnerships/pairs.csv.gz"),
        help="known partnerships; without the file the world knows none",
    )
    parser.add_argument(
        "--home", type=Path, help="of web: a prepared house to copy; else one is prepared anew"
    )
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Measure, tell, and return 1 when ``--check`` finds a goal missed."""
    options = arguments(given)
    findings = []
    for area in [options.area] if options.area else sorted(AREAS):
        for finding in import_module(AREAS[area]).findings(options):
            tell(finding)
            findings.append(finding)
    print(as_json(findings) if options.format == "json" else table(findings))
    missed = [finding for finding in findings if finding.missed]
    for finding in missed:
        print(f"missed: {finding.work}, {finding.size:,}: {finding.told}", file=sys.stderr)
    return int(options.check and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
