"""Example practices, offers and needs: real experience from named sources, marked as examples."""

import uuid
from collections.abc import Mapping
from typing import Any

from entrecidades.exchange.models import Load
from entrecidades.exchange.readers.reference import ReferenceFile
from entrecidades.exchange.services.reference.sources import place_of, sourced
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.network.services import note_change, register_local_government
from entrecidades.practices.choices import PostingState, PracticeState, Side
from entrecidades.practices.models import Posting, Practice
from entrecidades.themes.models import Theme

# A posting has no key of its own: its public id is made from the example's key.
NAMESPACE = uuid.UUID("6f0c2a35-0c53-4b6f-9a32-3d0f8c2f5a11")
NAME = "reference:examples"


def load_examples(file: ReferenceFile) -> int:
    """Write the examples by their keys; where they were removed, they stay away."""
    if Load.objects.filter(name=NAME).exists() and not _present():
        return 0
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    practices = {
        record["key"]: practice
        for record in file.content["practice"]
        if (practice := _load_practice(record, themes))
    }
    for side in Side:
        for record in file.content[side.value]:
            _load_posting(record, side, practices, themes)
    return sum(len(file.content[kind]) for kind in ("practice", "offer", "need"))


def _present() -> bool:
    """Whether any example is there."""
    examples = {"is_example": True}
    return (
        Practice.every_row.filter(**examples).exists()
        or Posting.every_row.filter(**examples).exists()
    )


def _entity_of(record: Mapping[str, Any]) -> Entity | None:
    """The local government a record is about; None where its place is not loaded."""
    place = place_of(record.get("place"))
    return register_local_government(place=place, by=None) if place else None


def _load_practice(record: Mapping[str, Any], themes: Mapping[str, Theme]) -> Practice | None:
    """One practice, published as an example."""
    entity = _entity_of(record)
    if entity is None:
        return None
    practice, _made = Practice.every_row.update_or_create(
        key=record["key"],
        defaults={
            "entity": entity,
            "title": record["title"],
            "summary": record["summary"],
            "since_year": record.get("year"),
            "state": PracticeState.PUBLISHED,
            "visibility": Visibility.PUBLIC,
            "is_example": True,
            **sourced(record),
        },
    )
    practice.themes.set(themes[slug] for slug in record["themes"])
    if entity.seat:
        note_change(entity.seat)
    return practice


def _load_posting(
    record: Mapping[str, Any],
    side: Side,
    practices: Mapping[str, Practice],
    themes: Mapping[str, Theme],
) -> None:
    """One offer or need, published as an example; an offer's source is its practice's."""
    practice = practices.get(record.get("practice", ""))
    entity = practice.entity if practice else _entity_of(record)
    if entity is None:
        return
    source = (
        {
            "source_title": practice.source_title,
            "source_url": practice.source_url,
            "source_accessed_on": practice.source_accessed_on,
        }
        if practice
        else sourced(record)
    )
    posting, _made = Posting.every_row.update_or_create(
        public_id=uuid.uuid5(NAMESPACE, record["key"]),
        defaults={
            "side": side,
            "entity": entity,
            "practice": practice,
            "title": record["title"],
            "text": record["summary"],
            "forms": [record["modality"]],
            "languages": record["languages"],
            "state": PostingState.PUBLISHED,
            "visibility": Visibility.PUBLIC,
            "is_example": True,
            **source,
        },
    )
    posting.themes.set(themes[slug] for slug in record["themes"])
    if entity.seat:
        note_change(entity.seat)
