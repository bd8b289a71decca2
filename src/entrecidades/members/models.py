"""Letters of an association to its members, the copy of each reader, and who wants none."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.kernel import ids
from entrecidades.kernel.text import TextsField, pick
from entrecidades.kernel.versions import Versioned
from entrecidades.members.choices import CircularState, CopyState
from entrecidades.network.models import Entity

PERSON = settings.AUTH_USER_MODEL


class Circular(Versioned):
    """One letter of an association to those of its members that fulfil a wish.

    ``asked`` is the wish as the list's address has it, ``wish`` the same as values. ``turn``
    counts how often sending was begun: a worker of an earlier turn sends nothing more.
    ``left_out`` tells how many members get none, by the reason.
    """

    EDITED = ("subject", "text")

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"by"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="circulars")
    subject = TextsField()
    text = TextsField()
    asked = models.CharField(max_length=2000, blank=True)
    wish = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=10, choices=CircularState.choices, default=CircularState.DRAFT
    )
    turn = models.PositiveSmallIntegerField(default=0, editable=False)
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    left_out = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("letter to the members")
        verbose_name_plural = _("letters to the members")
        constraints = [
            models.CheckConstraint(
                name="circular_is_sent_when_it_is_no_draft",
                condition=models.Q(state=CircularState.DRAFT, sent_at=None)
                | ~models.Q(state=CircularState.DRAFT) & models.Q(sent_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return pick(self.subject).words or str(_("letter without a subject"))

    def get_absolute_url(self) -> str:
        """The letter's permanent address."""
        return reverse("web:circular-detail", kwargs={"public_id": self.public_id})


class Copy(models.Model):
    """A letter for one person who speaks for one member; ``lacks`` is what it is told to lack."""

    personal_fields = frozenset({"person", "language"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    circular = models.ForeignKey(Circular, models.CASCADE, related_name="copies")
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    lacks = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=CopyState.choices, default=CopyState.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["circular", "pk"]
        verbose_name_plural = _("copies")
        indexes = [models.Index(fields=["circular", "state", "id"], name="copy_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["circular", "entity", "person"], name="copy_once_a_reader"
            )
        ]

    def __str__(self) -> str:
        return f"{self.circular}: {self.entity}"


class Decline(models.Model):
    """Somebody wants no more letters that an association writes to all its members."""

    personal_fields = frozenset({"person", "said_at"})

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="declines")
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["person", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "entity"], name="decline_once")]

    def __str__(self) -> str:
        return f"{self.entity}"
