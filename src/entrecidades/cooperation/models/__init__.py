"""What the room keeps: relations and programmes, first contacts, and what is said in them."""

from entrecidades.cooperation.models.records import (
    Axis,
    Coordination,
    Introduction,
    IntroductionQuerySet,
    Programme,
    Relation,
)
from entrecidades.cooperation.models.talk import Enclosure, Message, Thread, ThreadSide

__all__ = [
    "Axis",
    "Coordination",
    "Enclosure",
    "Introduction",
    "IntroductionQuerySet",
    "Message",
    "Programme",
    "Relation",
    "Thread",
    "ThreadSide",
]
