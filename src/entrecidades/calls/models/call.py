"""Calls: who may apply, by when, with what, and by which criteria it is judged."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.permissions import Permission
from entrecidades.calls.choices import AskedOf, CallState
from entrecidades.calls.rules.answers import questions_of
from entrecidades.calls.rules.building import Draft
from entrecidades.calls.rules.life import GRACE, takes_applications
from entrecidades.cooperation.models import Programme
from entrecidades.kernel.clock import zone_named
from entrecidades.kernel.text import TextsField, pick
from entrecidades.kernel.versions import Versioned
from entrecidades.network.models import Entity


class CallQuerySet(models.QuerySet["Call"]):
    """The words in which the rest of the house asks for calls."""

    def told(self) -> Self:
        """Those that everybody may read of."""
        return self.exclude(state=CallState.DRAFT)

    def taking(self, at: datetime) -> Self:
        """Those that take applications at a moment."""
        states = [CallState.PUBLISHED, CallState.OPEN]
        return self.filter(state__in=states, opens_at__lte=at, closes_at__gt=at)

    def due_to_open(self, at: datetime) -> Self:
        """Those whose window has begun and that do not say so yet."""
        return self.filter(state=CallState.PUBLISHED, opens_at__lte=at)

    def due_to_close(self, at: datetime) -> Self:
        """Those whose window is over and that do not say so yet; who came in time has passed."""
        return self.filter(state=CallState.OPEN, closes_at__lte=at - GRACE)


class Call(Versioned):
    """A programme asks bodies to apply, in a window of time, under rules that everybody can read.

    Criteria and questions are lists of objects with a ``key`` of their own; the keys are what
    answers and scores are kept under, so neither changes any more once the call is out.
    """

    EDITED = (
        *("title", "summary", "text", "languages", "checked", "opens_at", "closes_at", "zone"),
        *("reads_until", "decides_on", "is_joint", "per_body", "eligibility", "criteria"),
        *("questions", "scale", "readers", "spread", "bars_country", "hides_bodies"),
        *("ceiling_amount", "ceiling_currency", "ceiling_pairs"),
    )
    #: What may still be said differently once a call is out: words, and days that are no promise.
    STILL = ("title", "summary", "text", "checked", "reads_until", "decides_on")

    slug = models.SlugField(max_length=120, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="calls")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    title = TextsField(verbose_name=_("title"))
    summary = TextsField(verbose_name=_("summary"))
    text = TextsField(verbose_name=_("text"))
    languages = models.JSONField(_("languages"), default=list, blank=True)
    checked = models.JSONField(_("languages that were read over"), default=list, blank=True)
    state = models.CharField(
        max_length=10, choices=CallState.choices, default=CallState.DRAFT, db_index=True
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="UTC")
    reads_until = models.DateField(_("read until"), null=True, blank=True)
    decides_on = models.DateField(_("decided on"), null=True, blank=True)
    is_joint = models.BooleanField(_("bodies of different countries apply together"), default=True)
    per_body = models.PositiveSmallIntegerField(_("applications of one body"), default=1)
    eligibility = models.JSONField(_("who may apply"), default=dict, blank=True)
    criteria = models.JSONField(_("criteria"), default=list, blank=True)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    scale = models.PositiveSmallIntegerField(_("highest score"), default=10)
    readers = models.PositiveSmallIntegerField(_("readers of each application"), default=2)
    spread = models.DecimalField(
        _("spread that calls a third reader"), max_digits=5, decimal_places=2, default=Decimal(2)
    )
    bars_country = models.BooleanField(_("nobody reads what is of her own country"), default=False)
    hides_bodies = models.BooleanField(_("readers do not see who applies"), default=False)
    ceiling_amount = models.DecimalField(
        _("most money"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    ceiling_currency = models.CharField(_("currency"), max_length=3, blank=True)
    ceiling_pairs = models.PositiveSmallIntegerField(
        _("most applications accepted"), null=True, blank=True
    )
    reason = models.TextField(max_length=2000, blank=True)  # why it was cancelled
    last_number = models.PositiveIntegerField(default=0, editable=False)
    #: Of which end of the window, and how many days before, drafts were reminded.
    reminded = models.JSONField(default=list, editable=False)
    moved_at = models.DateTimeField()

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = [F("closes_at").desc(nulls_last=True), "pk"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                name="call_out_has_a_window",
                condition=Q(state__in=[CallState.DRAFT, CallState.CANCELLED])
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                violation_error_message=_("A call that is out has a window."),
            ),
            models.CheckConstraint(
                name="call_out_closes_after_it_opens",
                condition=Q(state=CallState.DRAFT) | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("The call closes before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self.title).words or self.slug

    @property
    def edited_with(self) -> Permission:
        """What it takes to build the call."""
        return Permission.CALL_RUN

    @property
    def clock(self) -> ZoneInfo:
        """The time zone in which its days are told."""
        return zone_named(self.zone) or ZoneInfo("UTC")

    def is_taking(self, at: datetime) -> bool:
        """Whether it takes applications at a moment."""
        return takes_applications(CallState(self.state), self.opens_at, self.closes_at, at)

    def questions_of(self, asked_of: AskedOf) -> list[dict[str, Any]]:
        """The questions that are asked of the whole, or of each side."""
        return [dict(one) for one in questions_of(self.questions, asked_of)]

    def units(self) -> dict[str, Any]:
        """What the call says; amounts are told as text, so that every day they are the same."""
        told = super().units()
        return {
            unit: f"{value.normalize():f}" if isinstance(value, Decimal) else value
            for unit, value in told.items()
        }

    def as_draft(self) -> Draft:
        """What the call says, as the rules of building read it."""
        return Draft(
            texts={name: getattr(self, name) for name in ("title", "summary", "text")},
            **{
                name: getattr(self, name) for name in Draft.__dataclass_fields__ if name != "texts"
            },
        )

    def get_absolute_url(self) -> str:
        """The call's permanent address."""
        return reverse("web:call-detail", kwargs={"slug": self.slug})
