"""Questions about meetings: who is asked of their dates, and what was answered."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.choices import Fit, MeetingState
from entrecidades.cooperation.models import DateAnswer, Meeting, ThreadSide
from entrecidades.cooperation.rules import OPEN_TO_TALK
from entrecidades.network.models import Entity
from entrecidades.network.selectors import entities_where

#: Where those who were asked have said how the dates suit them.
ANSWERED = (MeetingState.ANSWERED, MeetingState.REFUSED)
#: The contact in whose conversation a meeting is proposed, with the names that its page bears.
INTRODUCED = tuple(
    f"message__thread__introduction__{name}" for name in ("asker__country", "asked__country")
)


def asked_of(meeting: Meeting) -> frozenset[int]:
    """The keys of the bodies whom the dates have to suit: the ends, but who proposes.

    An association that takes part may say what suits it; nothing waits for its answer.
    """
    thread = meeting.message.thread
    contact = thread.introduction
    if contact:
        ends = {contact.asker_id, contact.asked_id}
    else:
        ends = set(thread.sides.values_list("entity", flat=True))
    return frozenset(ends - {meeting.message.entity_id})


def said_of(meeting: Meeting) -> dict[int, dict[datetime, Fit]]:
    """What each body has said of each date, by its key."""
    said: dict[int, dict[datetime, Fit]] = {}
    for one in meeting.answers.all():
        said.setdefault(one.entity_id, {})[one.moment] = Fit(one.fit)
    return said


def bodies_of(meeting: Meeting) -> list[Entity]:
    """The bodies that meet: the two ends of the contact, or all who take part."""
    contact = meeting.message.thread.introduction
    if contact:
        return [contact.asker, contact.asked]
    return [side.entity for side in meeting.message.thread.sides.select_related("entity__seat")]


def meetings_awaiting(person: AbstractBaseUser, *, at: datetime) -> QuerySet[Meeting]:
    """The meetings whose next word is a person's, the most urgent first.

    ``is_asked`` where one of her bodies has not said yet which dates suit it; where not, it has
    proposed them and the others have answered: she chooses one, or proposes others.
    """
    hers = entities_where(person, Permission.ANSWER, on=at.date()).order_by().values("pk")
    said = DateAnswer.objects.filter(meeting=OuterRef(OuterRef("pk"))).values("entity")
    ends = Q(entity=F("thread__introduction__asker")) | Q(entity=F("thread__introduction__asked"))
    asked = ThreadSide.objects.filter(thread=OuterRef("message__thread"), entity__in=hers)
    asked = asked.filter(Q(thread__introduction=None) | ends)
    asked = asked.exclude(entity=OuterRef("message__entity")).exclude(entity__in=said)
    rows = Meeting.objects.filter(state__in=(MeetingState.PROPOSED, *ANSWERED), due_at__gt=at)
    rows = rows.exclude(
        Q(message__thread__introduction__isnull=False)
        & ~Q(message__thread__introduction__state__in=OPEN_TO_TALK)
    )
    rows = rows.annotate(is_asked=Exists(asked))
    waits = Q(is_asked=True) | Q(state__in=ANSWERED, message__entity__in=hers)
    named = rows.select_related("message__entity", *INTRODUCED)
    return named.filter(waits).order_by("due_at", "pk")
