"""Conversations: what two or more bodies say to each other, each in its own language."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

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

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["thread", "token"], name="message_once")]

    def __str__(self) -> str:
        return f"{self.entity}, {self.written_at:%Y-%m-%d}"

    @property
    def proposed(self) -> list[datetime]:
        """The moments it proposes, each aware of its zone."""
        return [datetime.fromisoformat(one) for one in self.times]


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
