"""What the room keeps."""

from entrecidades.calls.models.application import Answered, Application, ApplicationQuerySet, Part
from entrecidades.calls.models.call import Call, CallQuerySet
from entrecidades.calls.models.reading import Reading, ReadingQuerySet

__all__ = [
    "Answered",
    "Application",
    "ApplicationQuerySet",
    "Call",
    "CallQuerySet",
    "Part",
    "Reading",
    "ReadingQuerySet",
]
