"""``entrecidades match``: the counterparts of a place or body, with every reason."""

import argparse
import csv
import sys
from typing import Any

from django.conf import settings
from django.utils.translation import override
from rich.console import Console

from entrecidades.cli.errors import Stop
from entrecidades.cli.output import add_format, print_json
from entrecidades.cli.places import found
from entrecidades.kernel import clock
from entrecidades.matching.selectors import MOST, Subject, Suggestion, Wish, suggestions_for
from entrecidades.matching.snapshot import NoSnapshot
from entrecidades.network.models import Country
from entrecidades.themes.models import Theme


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("match", help="suggest counterparts, with reasons")
    parser.add_argument("place", metavar="PLACE", help="a name, “Maputo, MZ”, or an id: mz/maputo")
    parser.add_argument(
        "--country", nargs="+", action="extend", default=[], help="only in these, such as BR FR"
    )
    parser.add_argument(
        "--theme", nargs="+", action="extend", default=[], help="only these themes count"
    )
    parser.add_argument("--limit", type=limit, default=20, help=f"how many, up to {MOST} (20)")
    parser.add_argument("--known", action="store_true", help="show present partners too")
    parser.add_argument(
        "--language", choices=[code for code, _ in settings.LANGUAGES], default="en"
    )
    add_format(parser)
    parser.set_defaults(run=run)


def limit(words: str) -> int:
    """A number of suggestions, or a sentence on why it is none."""
    if not words.isdecimal() or not 0 < int(words) <= MOST:
        message = f"{words!r} is no number from 1 to {MOST}"
        raise argparse.ArgumentTypeError(message)
    return int(words)


def run(asked: argparse.Namespace) -> None:
    """Print the suggestions."""
    wish = Wish(
        countries=_countries(asked.country),
        themes=_themes(asked.theme),
        known=asked.known,
        limit=asked.limit,
    )
    subject = found(asked.place)
    with override(asked.language):
        try:
            suggestions = suggestions_for(subject, wish, on=clock.today())
        except NoSnapshot:
            raise Stop("Nothing is prepared yet: run `entrecidades prepare` first.") from None
        if asked.format == "json":
            print_json({"place": _line(subject), "suggestions": [_full(s) for s in suggestions]})
        elif asked.format == "csv":
            _print_csv(suggestions)
        else:
            _print_people(subject, suggestions)


def _countries(codes: list[str]) -> tuple[str, ...]:
    """The country codes, if all exist."""
    wanted = tuple(code.upper() for code in codes)
    known = set(Country.objects.filter(code__in=wanted).values_list("code", flat=True))
    if strangers := [code for code in wanted if code not in known]:
        raise Stop(f"No country has the code {strangers[0]!r}: use ISO codes such as BR, FR, MZ.")
    return wanted


def _themes(slugs: list[str]) -> tuple[str, ...]:
    """The theme slugs, if all exist."""
    known = set(Theme.objects.values_list("slug", flat=True))
    if strangers := [slug for slug in slugs if slug not in known]:
        near = sorted(slug for slug in known if strangers[0][:4] in slug)[:8]
        raise Stop(f"No theme is called {strangers[0]!r}.", hints=near)
    return tuple(slugs)


def _line(subject: Subject) -> dict[str, Any]:
    """Who it is, as programs want it."""
    return {
        "id": f"{subject.country_id.lower()}/{subject.slug}",
        "name": subject.name,
        "country": subject.country_id,
    }


def _full(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion as programs want it."""
    reasons = [
        {"part": r.part, "weight": round(r.weight, 4), "score": round(r.score, 6), "text": r.text}
        for r in suggestion.reasons
    ]
    return _line(suggestion.subject) | {"score": round(suggestion.score, 4), "reasons": reasons}


def _print_csv(suggestions: list[Suggestion]) -> None:
    """One line a suggestion; the parts' scores as columns."""
    parts = [reason.part for reason in suggestions[0].reasons] if suggestions else []
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["rank", "id", "name", "country", "score", *parts])
    for rank, one in enumerate(suggestions, 1):
        line = _line(one.subject)
        scores = [round(reason.score, 6) for reason in one.reasons]
        writer.writerow(
            [rank, line["id"], line["name"], line["country"], round(one.score, 4), *scores]
        )


def _print_people(subject: Subject, suggestions: list[Suggestion]) -> None:
    """For a person: each suggestion with the reasons that carry it."""
    console = Console(highlight=False)
    console.print(f"[bold]{subject.name}[/bold] ({subject.country_id})")
    if not suggestions:
        console.print("No counterpart fits these filters.")
    for rank, one in enumerate(suggestions, 1):
        console.print(
            f"{rank:>3}. [bold]{one.subject.name}[/bold], {one.subject.country}  {one.score:.1f}"
        )
        carried = sorted(one.reasons, key=lambda reason: -reason.score * reason.weight)
        for reason in carried[:3]:
            console.print(f"       {reason.score * reason.weight:5.1f}  {reason.text}")
