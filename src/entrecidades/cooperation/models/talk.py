"""Conversations: what two or more bodies say to each other, each in its own language."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entrecidades.cooperation.choices import Fit, MeetingState
from entrecidades.cooperation.dates import NOTICE, PASSING
from entrecidades.cooperation.models.records import Introduction
from entrecidades.documents.models import Document
from entrecidades.kernel import ids
from entrecidades.network.models import Entity


class Thread(models.Model):
    """A conversation, seen by those who act for one of its sides and by nobody else.

    It hangs on a first contact, or on a record of a room above, which points to it.
    """

    introduction = models.OneToOneField(
        Introduction, models.CASCADE, null=True, blank=True, related_name="thread"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return " – ".join(str(side.entity) for side in self.sides.select_related("entity"))


class ThreadSide(models.Model):
    """A body takes part in a conversation, and has read it up to a moment."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="sides")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["thread", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "entity"], name="thread_side_once")
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.entity}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """The words in which the rest of the house asks for meetings."""

    def begun(self, message: "Message") -> Self:
        """The one that a message proposes, if more was done about it than to propose it."""
        untouched = Q(state=MeetingState.PROPOSED, sequence=0)
        return self.filter(~untouched, message=message)

    def pending(self) -> Self:
        """Those that something is still to become of."""
        return self.filter(state__in=PASSING)

    def passed(self, at: datetime) -> Self:
        """Those in which time alone has decided, and nobody has noted it."""
        return self.pending().filter(due_at__lte=at)

    def near(self, at: datetime) -> Self:
        """Those on an agreed date within a day, of which the sides were not reminded yet."""
        soon = Q(begins_at__gt=at, begins_at__lte=at + NOTICE)
        return self.filter(soon, state=MeetingState.AGREED, reminded_at=None)


class Message(models.Model):
    """What somebody wrote for a body. It is not changed; unread, it can be taken back."""

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields: ClassVar = frozenset({"words", "written_by"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    words = models.TextField(_("message"), max_length=6000)
    language = models.CharField(max_length=10)
    times = models.JSONField(default=list, blank=True)
    # One form sends one message, however often it is sent.
    token = models.UUIDField(editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()
    is_by_mail = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["thread", "token"], name="message_once")]

    def __str__(self) -> str:
        return f"{self.entity}, {self.written_at:%Y-%m-%d}"

    @property
    def proposed(self) -> list[datetime]:
        """The moments it proposes, each aware of its zone."""
        return [datetime.fromisoformat(one) for one in self.times]


class Meeting(models.Model):
    """A meeting that a message proposes dates for: what was answered, and what is agreed.

    ``message`` is the one that proposes the present dates; another takes its place when they are
    moved. ``begins_at`` is the date that was agreed last, ``due_at`` the moment after which
    nothing is left to decide. ``sequence`` counts what calendars have to learn (RFC 5545).
    """

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    message = models.OneToOneField(Message, models.CASCADE, related_name="meeting")
    state = models.CharField(
        max_length=10, choices=MeetingState.choices, default=MeetingState.PROPOSED
    )
    begins_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)
    sequence = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_agreed_has_its_date",
                condition=~Q(state__in=[MeetingState.AGREED, MeetingState.PAST])
                | Q(begins_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.state}"


class DateAnswer(models.Model):
    """How one proposed date suits a body; it is said anew until a date is agreed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="answers")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    moment = models.DateTimeField()
    fit = models.CharField(max_length=10, choices=Fit.choices)

    class Meta:
        ordering = ["meeting", "moment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "entity", "moment"], name="date_answered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity}, {self.moment:%Y-%m-%d %H:%M}: {self.get_fit_display()}"


class Enclosure(models.Model):
    """A document goes with a message: who reads the one may read the other."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="enclosures")
    document = models.ForeignKey(Document, models.CASCADE, related_name="enclosures")

    class Meta:
        ordering = ["message", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "document"], name="enclosure_once")
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.document}"
