"""Practices, and the board of offers and needs."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.permissions import Permission
from entrecidades.documents.models import Document
from entrecidades.kernel import ids
from entrecidades.kernel.editing import Units
from entrecidades.kernel.provenance import Sourced
from entrecidades.kernel.removal import Present
from entrecidades.kernel.text import TextsField, pick
from entrecidades.network.models import Entity, Kept, Shared
from entrecidades.practices.choices import SHOWN, TOLD, Form, PostingState, PracticeState, Side
from entrecidades.practices.rules import EXPIRING, NOTICE, check_forms, check_title
from entrecidades.themes.models import Theme


def speaking(is_out: bool) -> Permission:  # noqa: FBT001 (the one thing it asks)
    """What it takes to edit or remove a record that is out, or one that is still drafted."""
    return Permission.PUBLISH if is_out else Permission.DRAFT


class Practice(Shared, Sourced, Kept):
    """Something a body does well and is ready to show.

    An example is told from a public source and was not entered by the body
    itself; it is marked wherever it appears and can be removed with the others.
    """

    OUT = SHOWN
    EDITED = ("title", "summary", "themes", "since_year")

    key = models.SlugField(max_length=120, unique=True)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="practices")
    themes = models.ManyToManyField(Theme, related_name="practices")
    title = TextsField()
    summary = TextsField()
    since_year = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=PracticeState.choices, default=PracticeState.DRAFT
    )
    is_example = models.BooleanField(default=False)

    objects = Present()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return pick(self.title).words

    @property
    def edited_with(self) -> Permission:
        """What is out speaks for the body; a draft does not yet."""
        return speaking(self.is_out)

    def check_edit(self, changed: Units, *, by: int) -> None:  # noqa: ARG002 (all kinds are asked)
        """Refuse a practice without a title."""
        check_title(self.title)

    def get_absolute_url(self) -> str:
        """The practice's permanent address."""
        return reverse("web:practice-detail", kwargs={"key": self.key})


class Evidence(models.Model):
    """A document of a body, shown with one of its practices; who sees it is its own to say."""

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="evidence")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["practice", "-added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "document"], name="evidence_once_a_practice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.document}"


class PostingQuerySet(models.QuerySet["Posting"]):
    """The words in which the rest of the house asks for postings."""

    def open(self, on: date) -> Self:
        """Those that are published and have not run out on a day."""
        return self.filter(state=PostingState.PUBLISHED).filter(
            Q(expires_on=None) | Q(expires_on__gte=on)
        )

    def over(self, on: date) -> Self:
        """Those on the board whose last day lies before a day."""
        return self.filter(state__in=EXPIRING, expires_on__lt=on)

    def soon_over(self, on: date) -> Self:
        """Those whose last day comes so soon that their bodies are to be reminded, and are not.

        What was never meant to be open for longer than the notice needs none.
        """
        noticed_on = Cast(F("expires_on") - NOTICE, models.DateField())
        meant = Q(opens_on=None) | Q(opens_on__lt=noticed_on)
        soon = self.open(on).filter(meant, is_example=False, expires_on__lte=on + NOTICE)
        return soon.exclude(reminded_of=F("expires_on"))

    def offers(self) -> Self:
        """What bodies would give."""
        return self.filter(side=Side.OFFER)

    def needs(self) -> Self:
        """What bodies look for."""
        return self.filter(side=Side.NEED)


PresentPostings = Present.from_queryset(PostingQuerySet)


class Posting(Shared, Sourced, Kept):
    """One line on the board: an offer or a need of one body, under one or more themes."""

    OUT = TOLD
    EDITED = ("title", "text", "themes", "forms", "languages", "opens_on", "expires_on")

    side = models.CharField(max_length=5, choices=Side.choices)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="postings")
    themes = models.ManyToManyField(Theme, related_name="postings")
    practice = models.ForeignKey(
        Practice, models.SET_NULL, null=True, blank=True, related_name="postings"
    )
    title = TextsField()
    text = TextsField()
    forms = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=PostingState.choices, default=PostingState.DRAFT
    )
    opens_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    # The last day of which the body has been reminded: renewed, it is reminded again.
    reminded_of = models.DateField(null=True, blank=True, editable=False)
    is_example = models.BooleanField(default=False)

    objects = PresentPostings()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("offer or need")
        verbose_name_plural = _("offers and needs")
        constraints = [
            models.CheckConstraint(
                name="posting_expires_after_it_opens",
                condition=Q(opens_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("opens_on")),
                violation_error_message=_("It cannot run out before it opens."),
            )
        ]
        indexes = [models.Index(fields=["side", "state"], name="posting_side_state")]

    def __str__(self) -> str:
        return pick(self.title).words

    @property
    def edited_with(self) -> Permission:
        """What is out speaks for the body; a draft does not yet."""
        return speaking(self.is_out)

    def check_edit(self, changed: Units, *, by: int) -> None:  # noqa: ARG002 (all kinds are asked)
        """Refuse a posting without a title, and forms of sharing that there are not."""
        check_title(self.title)
        check_forms(self.forms)

    @property
    def form_labels(self) -> list[str]:
        """The forms of sharing, in the reader's language."""
        return [str(Form(form).label) for form in self.forms]

    def get_absolute_url(self) -> str:
        """The posting's permanent address."""
        return reverse("web:posting-detail", kwargs={"public_id": self.public_id})
