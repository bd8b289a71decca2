"""What the room keeps."""

from entrecidades.calls.models.application import Answered, Application, ApplicationQuerySet, Part
from entrecidades.calls.models.call import Call, CallQuerySet
from entrecidades.calls.models.reading import Reading, ReadingQuerySet
from entrecidades.calls.models.round import (
    Member,
    Opening,
    Pair,
    PairQuerySet,
    Round,
    RoundQuerySet,
    Run,
    RunQuerySet,
    Tie,
)

__all__ = [
    "Answered",
    "Application",
    "ApplicationQuerySet",
    "Call",
    "CallQuerySet",
    "Member",
    "Opening",
    "Pair",
    "PairQuerySet",
    "Part",
    "Reading",
    "ReadingQuerySet",
    "Round",
    "RoundQuerySet",
    "Run",
    "RunQuerySet",
    "Tie",
]
