"""Questions about what was loaded and imported; nothing here writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from entrecidades.exchange.choices import BatchState, DoubtState
from entrecidades.exchange.models import Batch, Doubt, Load, Submission
from entrecidades.network.models import Entity, Partnership, Place


def data_as_of() -> date | None:
    """The day on which the places were loaded; none before they were."""
    load = Load.objects.filter(name="gazetteer").first()
    return load.at.date() if load else None


def data_version() -> str:
    """A word that changes whenever places, partnerships or reference data do; cheap to ask."""
    loaded = Load.objects.aggregate(at=Max("at"), count=Count("pk"))
    pairs = Partnership.objects.aggregate(last=Max("pk"), count=Count("pk"))
    at = loaded["at"].timestamp() if loaded["at"] else 0
    last = Place.objects.order_by("-pk").values_list("pk", flat=True).first()
    return "-".join(map(str, (at, loaded["count"], last, pairs["last"], pairs["count"])))


def loads() -> QuerySet[Load]:
    """Every reference data set that was loaded, with its version and its number of rows."""
    return Load.objects.all()


@dataclass(frozen=True, slots=True)
class Imported:
    """An import with its doubtful rows counted: all, and those that are still to be decided."""

    batch: Batch
    asked: int
    open: int


def imports() -> list[Imported]:
    """Every import, the newest first.

    The long lists of what each made and changed are left where they are.
    """
    doubts = Doubt.objects.order_by().values("batch")
    counted = doubts.annotate(asked=Count("pk"), open=Count("pk", filter=Q(state=DoubtState.OPEN)))
    by_batch = {row["batch"]: (row["asked"], row["open"]) for row in counted}
    batches = Batch.objects.defer("made", "changed").select_related("by")
    return [Imported(batch, *by_batch.get(batch.pk, (0, 0))) for batch in batches]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a doubtful row may be: how likely, from 0 to 1, and why."""

    place: Place
    score: float
    reasons: Sequence[Mapping[str, Any]]


def doubts_wished(
    *, country: str = "", batch: int | None = None, state: str = ""
) -> QuerySet[Doubt]:
    """The doubtful rows of the imports that stand: of a list's country, an import, in a state.

    What is empty narrows nothing.
    """
    rows = Doubt.objects.filter(batch__state=BatchState.APPLIED).select_related("batch")
    rows = rows.defer("batch__made", "batch__changed")
    if country:
        rows = rows.filter(batch__kind=f"official:{country}")
    if batch is not None:
        rows = rows.filter(batch=batch)
    return rows.filter(state=state) if state else rows


def candidates_of(doubts: Iterable[Doubt]) -> dict[int, list[Candidate]]:
    """The places that doubtful rows may be, as far as they are still there, the best first."""
    asked = {doubt.pk: doubt.candidates for doubt in doubts}
    keys = {one["place"] for candidates in asked.values() for one in candidates}
    places = Place.objects.select_related("country", "region").in_bulk(keys)
    return {
        pk: [
            Candidate(places[one["place"]], float(one["score"]), one["reasons"])
            for one in candidates
            if one["place"] in places
        ]
        for pk, candidates in asked.items()
    }


def submissions(association: Entity | None = None) -> QuerySet[Submission]:
    """The lists that were handed in and are kept, latest first: of an association, or of none."""
    rows = Submission.objects.filter(entity=association)
    return rows.defer("findings").select_related("by", "batch", "entity__country")
