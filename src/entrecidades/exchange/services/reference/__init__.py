"""Load the reference data: themes, bodies, relations, programmes, encounters, examples.

Each file is loaded whole or not at all. A file that has not changed since is
not read into the database again; one that has changed updates its records by
their keys. Examples that were removed stay removed.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from entrecidades.audit.services import record
from entrecidades.exchange.choices import Act
from entrecidades.exchange.models import Load
from entrecidades.exchange.progress import Progress, silently
from entrecidades.exchange.readers.reference import ReferenceFile, read_reference
from entrecidades.exchange.services.reference.bodies import load_bodies
from entrecidades.exchange.services.reference.examples import load_examples
from entrecidades.exchange.services.reference.stories import (
    load_encounters,
    load_programmes,
    load_relations,
)
from entrecidades.exchange.services.reference.themes import load_themes

# In this order: each may point to what the ones before it brought.
LOADERS: dict[str, Callable[[ReferenceFile], int]] = {
    "themes": load_themes,
    "bodies": load_bodies,
    "relations": load_relations,
    "programmes": load_programmes,
    "encounters": load_encounters,
    "examples": load_examples,
}


def load_reference(*, at: datetime, progress: Progress = silently) -> list[str]:
    """Bring the reference data up to date; returns the names of the files that were loaded.

    Countries and places must have been loaded before.
    """
    loaded = []
    for step, (name, load) in enumerate(LOADERS.items()):
        progress("reference", step, len(LOADERS))
        file = read_reference(name)
        if not Load.objects.filter(name=f"reference:{name}", version=file.digest).exists():
            _load(file, load, at=at)
            loaded.append(name)
    progress("reference", len(LOADERS), len(LOADERS))
    return loaded


@transaction.atomic
def _load(file: ReferenceFile, load: Callable[[ReferenceFile], int], *, at: datetime) -> None:
    """Load one file and remember that it was."""
    rows = load(file)
    load_of_it, _made = Load.objects.update_or_create(
        name=f"reference:{file.name}",
        defaults={"version": file.digest, "rows": rows, "at": at},
    )
    record(Act.LOAD, subject=load_of_it, by=None, name=file.name, version=file.digest)
