"""How a command answers: as a table for people, as JSON or CSV for programs."""

import argparse
import csv
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

FORMATS = ("table", "json", "csv")


def add_format(parser: argparse.ArgumentParser, *, formats: Sequence[str] = FORMATS) -> None:
    """Let the person choose how she is answered."""
    parser.add_argument("--format", choices=formats, default=formats[0], help="how to answer")


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], format_: str) -> None:
    """Rows of the same columns in the chosen format; an empty list is still a valid answer."""
    if format_ == "json":
        print_json([{column: row.get(column) for column in columns} for row in rows])
    elif format_ == "csv":
        writer = csv.DictWriter(sys.stdout, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            numbers = bool(rows) and all(isinstance(row.get(column), int | float) for row in rows)
            table.add_column(column, justify="right" if numbers else "left")
        for row in rows:
            table.add_row(*(_cell(row.get(column)) for column in columns))
        Console(file=sys.stdout).print(table)


def _cell(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def say(line: str) -> None:
    """A line for the person, beside the answer: on stderr, so that stdout stays clean."""
    sys.stderr.write(line + "\n")
