"""``entrecidades prepare``: everything an instance needs before it can serve; safe to repeat."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management import call_command

from entrecidades.cli.output import say
from entrecidades.cli.progress import progress_bars
from entrecidades.exchange.services.gazetteer import load_gazetteer
from entrecidades.exchange.services.reference import load_reference
from entrecidades.kernel import clock
from entrecidades.kernel.catalogues import compile_catalogues
from entrecidades.matching.services import ensure_snapshot
from entrecidades.web.presenters.world import draw_in


def register(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "prepare", help="create the database and load the world's cities and the reference data"
    )
    parser.set_defaults(run=run)


def run(_asked: argparse.Namespace) -> None:
    """Bring database, catalogues, static files, reference data and snapshot up to date."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    for root in settings.LOCALE_PATHS:
        compile_catalogues(root)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    with progress_bars() as progress:
        new = load_gazetteer(at=clock.now(), progress=progress)
        load_reference(at=clock.now(), progress=progress)
        ensure_snapshot(on=clock.today(), progress=progress)
        progress("pictures", 0, 1)
        draw_in([code for code, _name in settings.LANGUAGES])
        progress("pictures", 1, 1)
    if new:
        say(f"{new:,} places loaded.")
