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
from entrecidades.cooperation.models.talk import (
    DateAnswer,
    Enclosure,
    Meeting,
    MeetingQuerySet,
    Message,
    Thread,
    ThreadSide,
)

__all__ = [
    "Axis",
    "Coordination",
    "CoordinationOffer",
    "DateAnswer",
    "Enclosure",
    "Introduction",
    "IntroductionQuerySet",
    "Meeting",
    "MeetingQuerySet",
    "Message",
    "Programme",
    "ProgrammeQuerySet",
    "Relation",
    "Thread",
    "ThreadSide",
]
