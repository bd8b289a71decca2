"""What the room keeps: relations and programmes, first contacts, and what is said in them."""

from entrecidades.cooperation.models.programmes import (
    Axis,
    Coordination,
    CoordinationOffer,
    Programme,
    ProgrammeQuerySet,
)
from entrecidades.cooperation.models.records import (
    Introduction,
    IntroductionQuerySet,
    Relation,
)
from entrecidades.cooperation.models.talk import Enclosure, Message, Thread, ThreadSide

__all__ = [
    "Axis",
    "Coordination",
    "CoordinationOffer",
    "Enclosure",
    "Introduction",
    "IntroductionQuerySet",
    "Message",
    "Programme",
    "ProgrammeQuerySet",
    "Relation",
    "Thread",
    "ThreadSide",
]
