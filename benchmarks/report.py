"""What was measured, as a table for readers and as JSON for programs."""

import dataclasses
import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence

from benchmarks.measure import Finding, Spread


def in_time(spread: Spread | None) -> str:
    """The middle of some seconds, in the unit that reads best.

    Examples
    --------
    >>> in_time(Spread(0.1, 0.0042, 0.2)), in_time(Spread(1, 12.34, 20)), in_time(None)
    ('4.2 ms', '12.3 s', '')
    """
    if spread is None:
        return ""
    return f"{spread.middle:.1f} s" if spread.middle >= 1 else f"{spread.middle * 1000:.3g} ms"


def digits(value: float) -> str:
    """Three digits, or all of them where there are more.

    Examples
    --------
    >>> digits(0.01234), digits(12345.6)
    ('0.0123', '12,346')
    """
    return f"{value:.3g}" if value < 999.5 else f"{value:,.0f}"  # noqa: PLR2004 - rounds to 1000


def row(finding: Finding) -> list[str]:
    """The cells of one finding."""
    spread = finding.spread
    values = map(digits, (spread.least, spread.middle, spread.greatest))
    verdict = ""
    if finding.goal is not None:
        verdict = f"{finding.goal} {'MISSED' if finding.missed else 'reached'}"
    return [
        finding.work,
        f"{finding.size:,}",
        finding.told,
        f"{' / '.join(values)} {finding.unit}",
        "" if finding.wall is None else digits(finding.wall.middle),
        in_time(finding.here),
        in_time(finding.peer),
        verdict,
    ]


HEADS = [
    "work",
    "size",
    "measured",
    "least / middle / greatest",
    "on the wall",
    "here",
    "peer",
    "to reach",
]


def table(findings: Sequence[Finding]) -> str:
    """A table in Markdown, so that it can be pasted into a page."""
    rows = [HEADS, *map(row, findings)]
    widths = [max(len(cells[index]) for cells in rows) for index in range(len(HEADS))]
    lines = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        + " |"
        for cells in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def machine() -> dict[str, object]:
    """On what it was measured, and how busy that was."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "load": load,
    }


def as_json(findings: Iterable[Finding]) -> str:
    """Everything, for programs that plot or compare."""
    told = [
        {
            **dataclasses.asdict(finding),
            "goal": None if finding.goal is None else str(finding.goal),
            "missed": finding.missed,
        }
        for finding in findings
    ]
    return json.dumps({"machine": machine(), "findings": told}, ensure_ascii=False, indent=1)


def tell(finding: Finding) -> None:
    """Say at once what has been measured, to whoever waits."""
    print("  ".join(cell for cell in row(finding) if cell), file=sys.stderr, flush=True)
