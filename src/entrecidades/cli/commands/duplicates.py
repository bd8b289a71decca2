"""``entrecidades duplicates``: entries that may be one body, found, merged, and taken apart."""

import argparse
from typing import Any

from entrecidades.cli.errors import Stop
from entrecidades.cli.output import add_format, print_json, print_rows, say
from entrecidades.duplicates.choices import Fate, Keep
from entrecidades.duplicates.reasons import in_words
from entrecidades.duplicates.rules import FIELDS
from entrecidades.duplicates.selectors import Plan, duplicates_wished, plan_merge
from entrecidades.duplicates.services import (
    dismiss_duplicate,
    find_duplicates,
    merge_entities,
    plan_undo_merge,
    undo_merge,
)
from entrecidades.kernel import clock
from entrecidades.matching.services import rebuild_snapshot
from entrecidades.network.choices import DuplicateState
from entrecidades.network.models import Duplicate, Entity
from entrecidades.network.selectors import entity_with_id

LISTED = ("number", "one", "other", "names", "score", "state", "why")
HELP_IDS = "its id, as in its address: br/fnp"


def register(subparsers: Any) -> None:
    """Declare the command and its acts."""
    parser = subparsers.add_parser("duplicates", help="find and merge entries that are one body")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    finding = acts.add_parser("find", help="compare the register with itself, and fill the queue")
    add_format(finding, formats=("table", "json"))
    finding.set_defaults(run=run_find)
    listing = acts.add_parser("list", help="the queue of pairs, the likeliest first")
    listing.add_argument("--country", type=str.upper, default="", help="only of one country")
    listing.add_argument("--score", type=float, default=0.0, help="only from a score on, 0 to 1")
    listing.add_argument(
        "--state",
        choices=[*DuplicateState.values, "all"],
        default=DuplicateState.OPEN.value,
        help="which of them (default: open)",
    )
    add_format(listing)
    listing.set_defaults(run=run_list)
    _register_merge(acts)
    dismissing = acts.add_parser("dismiss", help="remember that the two of a pair are two bodies")
    dismissing.add_argument("pair", type=int, metavar="PAIR", help="its number in the queue")
    dismissing.set_defaults(run=run_dismiss)
    undoing = acts.add_parser("undo", help="take a merge back, exactly")
    undoing.add_argument("merge", type=int, metavar="NUMBER", help="the number of the merge")
    undoing.add_argument("--dry-run", action="store_true", help="only show what would change")
    undoing.add_argument(
        "--keep-edited",
        action="store_true",
        help="leave what somebody has edited since where it is, instead of refusing",
    )
    undoing.set_defaults(run=run_undo)


def _register_merge(acts: Any) -> None:
    """Declare ``duplicates merge``."""
    merging = acts.add_parser(
        "merge",
        help="merge one entry into another",
        description=(
            "Everything that names the absorbed entry names the survivor afterwards, with its "
            "dates. The absorbed entry ends and leads to the survivor. It can be undone."
        ),
    )
    merging.add_argument("survivor", metavar="SURVIVOR", help=f"what stays; {HELP_IDS}")
    merging.add_argument(
        "absorbed", metavar="ABSORBED", help=f"what is merged into it; {HELP_IDS}"
    )
    merging.add_argument(
        "--take",
        action="append",
        default=[],
        choices=FIELDS,
        metavar="FIELD",
        help=f"take this field from the absorbed entry; may be repeated: {', '.join(FIELDS)}",
    )
    merging.add_argument("--apply", action="store_true", help="carry it out (default: only show)")
    add_format(merging, formats=("table", "json"))
    merging.set_defaults(run=run_merge)


def run_find(asked: argparse.Namespace) -> None:
    """Fill the queue, and say what changed in it."""
    found = find_duplicates(at=clock.now())
    if asked.format == "json":
        print_json({"compared": found.compared, "new": found.new, "gone": found.gone})
        return
    say(f"{found.compared:,} entries compared; {found.new:,} new pairs, {found.gone:,} gone.")


def run_list(asked: argparse.Namespace) -> None:
    """The queue."""
    state = "" if asked.state == "all" else asked.state
    pairs = duplicates_wished(country=asked.country, least=asked.score, state=state)
    print_rows([_told(pair) for pair in pairs], LISTED, asked.format)


def _told(pair: Duplicate) -> dict[str, Any]:
    """One pair, for a screen and for programs."""
    return {
        "number": pair.pk,
        "one": _id(pair.one),
        "other": _id(pair.other),
        "names": f"{pair.one.name} | {pair.other.name}",
        "score": pair.score,
        "state": pair.state,
        "why": in_words(pair.reasons),
    }


def _id(entity: Entity) -> str:
    return f"{entity.country_id.lower()}/{entity.slug}"


def run_merge(asked: argparse.Namespace) -> None:
    """Show what a merge would do, and perhaps do it."""
    survivor, absorbed = _body(asked.survivor), _body(asked.absorbed)
    choices = dict.fromkeys(asked.take, Keep.ABSORBED.value)
    plan = plan_merge(survivor, absorbed, choices)
    number = None
    if asked.apply:
        number = merge_entities(
            survivor=survivor, absorbed=absorbed, by=None, at=clock.now(), choices=choices
        ).pk
        rebuild_snapshot(on=clock.today())
    _show(plan, asked.format, number)


def _show(plan: Plan, format_: str, number: int | None) -> None:
    """Every row that is concerned, counted by its table and what becomes of it."""
    counts: dict[tuple[str, str], int] = {}
    for row in plan.rows:
        key = (row.model._meta.label, row.fate.value)
        counts[key] = counts.get(key, 0) + 1
    rows = [{"table": one, "becomes": fate, "rows": n} for (one, fate), n in counts.items()]
    if format_ == "json":
        print_json({"survivor": _id(plan.survivor), "absorbed": _id(plan.absorbed),
                    "rows": rows, "merge": number})  # fmt: skip
    else:
        print_rows(rows, ("table", "becomes", "rows"), "table")
    for row in plan.rows:
        if row.fate is not Fate.MOVE:
            say(f"{row.fate.value}: {row.instance}")
    if number is None:
        say("Nothing was written; --apply carries it out.")
    else:
        say(f"Merged as number {number}; `entrecidades duplicates undo {number}` takes it back.")


def _body(words: str) -> Entity:
    """The entry with an id, merged away or not; names are not guessed."""
    entity = entity_with_id(words)
    if entity is None:
        raise Stop(
            f"No body has the id {words!r}.",
            hints=["Write it as in its address, such as br/fnp; `duplicates list` shows ids."],
        )
    return entity


def run_dismiss(asked: argparse.Namespace) -> None:
    """Remember that two entries are two bodies."""
    pair = Duplicate.objects.filter(pk=asked.pair).first()
    if pair is None:
        raise Stop(
            f"There is no pair number {asked.pair}.",
            hints=["`entrecidades duplicates list` shows them."],
        )
    dismiss_duplicate(pair=pair, by=None, at=clock.now())
    say(f"{pair.one.name} and {pair.other.name} are two bodies; nobody is asked again.")


def run_undo(asked: argparse.Namespace) -> None:
    """Show what taking a merge back would do, or do it."""
    plan = plan_undo_merge(asked.merge)
    for name, why in plan.stays:
        say(f"stays: {name} ({why})")
    if asked.dry_run:
        say(f"{len(plan.back)} changes would be given back, {len(plan.restored)} rows restored.")
        return
    undo_merge(asked.merge, by=None, at=clock.now(), keep_edited=asked.keep_edited)
    rebuild_snapshot(on=clock.today())
    say(f"Merge {asked.merge} was undone.")
