"""``entrecidades import``: bring files in, look before writing, take an import back."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from entrecidades.cli.commands import import_doubts, import_members
from entrecidades.cli.errors import Stop
from entrecidades.cli.output import add_format, print_json, print_rows, say
from entrecidades.cli.progress import progress_bars
from entrecidades.exchange.readers.official import COUNTRIES
from entrecidades.exchange.readers.problems import Finding
from entrecidades.exchange.selectors import imports
from entrecidades.exchange.services.member_lists import apply_members, plan_members
from entrecidades.exchange.services.official_lists import (
    OfficialPlan,
    apply_official,
    plan_official,
)
from entrecidades.exchange.services.partnerships import apply_partnerships, plan_partnerships
from entrecidades.exchange.services.undo import UndoPlan, plan_undo, undo
from entrecidades.kernel import clock
from entrecidades.matching.services import rebuild_snapshot

SHOWN = 20
KINDS = {"!": "problem", "?": "doubt", "~": "remark"}
FINDING = ("kind", "row", "column", "value", "problem", "remedy", "candidates")
LISTED = ("number", "kind", "file", "state", "at", "doubts", "open")


def existing_file(words: str) -> Path:
    """A file that is there, or a sentence on why it is not."""
    path = Path(words)
    if not path.is_file():
        message = f"there is no file {words!r}"
        raise argparse.ArgumentTypeError(message)
    return path


def existing_source(words: str) -> Path:
    """A file or a folder that is there, or a sentence on why it is not."""
    path = Path(words)
    if not path.exists():
        message = f"there is no file or folder {words!r}"
        raise argparse.ArgumentTypeError(message)
    return path


def register(subparsers: Any) -> None:
    """Declare the command and its acts."""
    parser = subparsers.add_parser("import", help="bring files in, or take an import back")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    pairs = acts.add_parser("partnerships", help="known partnerships (twin towns)")
    pairs.add_argument("file", type=existing_file, metavar="FILE", help="CSV, plain or gzip")
    _add_mode(pairs)
    pairs.set_defaults(run=run_partnerships)
    _register_official(acts)
    members = import_members.register_in(acts, existing_file=existing_file, add_mode=_add_mode)
    members.set_defaults(run=run_members)
    undoing = acts.add_parser("undo", help="take an import back, exactly")
    undoing.add_argument(
        "batch", type=int, metavar="NUMBER", help="its number, as `import list` shows"
    )
    undoing.add_argument("--dry-run", action="store_true", help="only show what would go and stay")
    undoing.add_argument(
        "--keep-edited",
        action="store_true",
        help="leave what somebody has edited or built on since, instead of refusing",
    )
    undoing.set_defaults(run=run_undo)
    listing = acts.add_parser("list", help="what has been imported")
    add_format(listing)
    listing.set_defaults(run=run_list)
    import_doubts.register_in(acts)


def _register_official(acts: Any) -> None:
    """Declare ``import official``."""
    official = acts.add_parser(
        "official",
        help="a country's official list of local governments",
        description=(
            "Compare a country's official list with the register: rows that are a known place "
            "are joined to it, others become new, and what is not certain waits for a person."
        ),
        epilog="Exit code 0 when all went well, 2 when nothing could be written.",
    )
    official.add_argument(
        "country",
        type=str.upper,
        choices=COUNTRIES,
        metavar="COUNTRY",
        help=f"whose list: {', '.join(COUNTRIES)}",
    )
    official.add_argument(
        "sources",
        type=existing_source,
        nargs="+",
        metavar="FOLDER_OR_FILE",
        help="where the list's files are; each is known by its columns",
    )
    _add_mode(official)
    add_format(official)
    official.set_defaults(run=run_official)


def _add_mode(parser: argparse.ArgumentParser) -> None:
    """Let the person look first; nothing is written unless she says so."""
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--dry-run", action="store_true", help="only show what would change (default)"
    )
    mode.add_argument("--apply", action="store_true", help="carry it out")


def run_partnerships(asked: argparse.Namespace) -> None:
    """Plan, show, and perhaps apply."""
    with progress_bars() as progress:
        plan = plan_partnerships(asked.file, progress=progress)
        lines = list(plan.lines())
        batch = (
            apply_partnerships(plan, by=None, at=clock.now(), progress=progress)
            if asked.apply and not plan.problems
            else None
        )
    _show_lines(lines)
    _show_counts(plan.counts())
    _conclude(len(plan.problems), batch.pk if batch else None, applied=asked.apply)


def run_members(asked: argparse.Namespace) -> None:
    """Plan, show, and perhaps apply."""
    association = import_members.association_named(asked.entity)
    answers = import_members.answers_of(asked)
    with progress_bars() as progress:
        plan = plan_members(
            association, asked.file, on=clock.today(), answers=answers, progress=progress
        )
        lines = [_with_keys(one) for one in plan.findings()]
        batch = (
            apply_members(plan, by=None, at=clock.now(), progress=progress)
            if asked.apply and not plan.problems
            else None
        )
    _show_lines(lines)
    _show_counts(plan.counts())
    _conclude(len(plan.problems), batch.pk if batch else None, applied=asked.apply)


def _with_keys(one: Finding) -> str:
    """A finding in one line, each candidate by the word with which --is names it."""
    if one.sign != "?" or not one.keys:
        return str(one)
    named = " | ".join(
        f"{key} {words}" for key, words in zip(one.keys, one.candidates, strict=True)
    )
    return f"? {one.fact} {named}"


def run_official(asked: argparse.Namespace) -> None:
    """Plan, show, and perhaps apply."""
    with progress_bars() as progress:
        plan = plan_official(asked.country, asked.sources, progress=progress)
        findings = list(plan.findings())
        batch = (
            apply_official(plan, by=None, at=clock.now(), progress=progress)
            if asked.apply and not plan.problems
            else None
        )
    number = batch.pk if batch else None
    if asked.format == "table":
        _show_lines([str(one) for one in findings])
        _show_counts(plan.counts())
    elif asked.format == "csv":
        print_rows(_told(plan), FINDING, "csv")
    else:
        print_json({"counts": plan.counts(), "findings": _told(plan), "import": number})
    _conclude(len(plan.problems), number, applied=asked.apply)


def _told(plan: OfficialPlan) -> list[dict[str, Any]]:
    """The findings as rows for programs."""
    return [
        {
            "kind": KINDS[one.sign],
            "row": one.fact.row,
            "column": one.fact.column,
            "value": one.fact.value,
            "problem": one.fact.problem,
            "remedy": one.fact.remedy,
            "candidates": " | ".join(one.candidates),
        }
        for one in plan.findings()
    ]


def _conclude(problems: int, number: int | None, *, applied: bool) -> None:
    """Say what became of it; a list with problems ends the command with code 2."""
    if problems:
        raise Stop("The file has problems: nothing was written. Mend them and import it again.")
    if number is not None:
        rebuild_snapshot(on=clock.today())
        say(f"Imported as number {number}; `entrecidades import undo {number}` takes it back.")
    elif applied:
        say("Nothing had changed: nothing was written.")
    else:
        say("Nothing was written; --apply carries it out.")


def run_undo(asked: argparse.Namespace) -> None:
    """Show what taking one import back would do, or do it."""
    if asked.dry_run:
        _show_undo(plan_undo(asked.batch))
        return
    batch = undo(asked.batch, by=None, keep_edited=asked.keep_edited)
    rebuild_snapshot(on=clock.today())
    say(f"Import {batch.pk} ({batch.file_name}) was taken back.")
    if batch.counts["kept"]:
        say(f"{batch.counts['kept']} rows that were edited or built on since have stayed.")


def _show_undo(plan: UndoPlan) -> None:
    """What would go, and by name what would stay."""
    for name, why in plan.stays:
        say(f"stays: {name} ({why})")
    counts = {str(model._meta.verbose_name_plural): count for model, count in plan.deleted}
    _show_counts({**counts, "given their old values": plan.given_back, "stay": plan.stay})
    say("Nothing was written." if not plan.stay else "Nothing was written; see --keep-edited.")


def run_list(asked: argparse.Namespace) -> None:
    """Every import, the newest first."""
    rows = [
        {
            "number": one.batch.pk,
            "kind": one.batch.kind,
            "file": one.batch.file_name,
            "state": one.batch.state,
            "at": one.batch.at.isoformat(timespec="seconds"),
            "doubts": one.asked,
            "open": one.open,
        }
        for one in imports()
    ]
    print_rows(rows, LISTED, asked.format)


def _show_lines(lines: Sequence[str]) -> None:
    """The findings, the first few of each kind."""
    for sign in "!?-+~":
        ours = [line for line in lines if line.startswith(sign)]
        for line in ours[:SHOWN]:
            say(line)
        if len(ours) > SHOWN:
            say(f"{sign} … and {len(ours) - SHOWN} more")


def _show_counts(counts: dict[str, int]) -> None:
    """How many there are of everything."""
    rows = [{"what": name, "rows": count} for name, count in counts.items()]
    print_rows(rows, ("what", "rows"), "table")
