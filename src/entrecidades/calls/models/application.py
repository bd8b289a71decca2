"""Applications: what bodies of several countries ask for together, each with its own part."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.calls.choices import ApplicationState, Verdict
from entrecidades.calls.models.call import Call
from entrecidades.kernel import ids
from entrecidades.kernel.editing import Units, filled
from entrecidades.kernel.versions import Versioned
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity, Shared


class Answered(Versioned):
    """Something with answers that people write while it is saved for them, and often.

    ``told`` are the answers as history knows them: a draft that saves itself after each pause
    is told when somebody says “save”, when another goes on writing, and before every step
    (docs/adr/0038). ``saved_by`` wrote what is not told yet.
    """

    answers = models.JSONField(default=dict, blank=True)
    told = models.JSONField(default=dict, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)
    saved_by = models.BigIntegerField(null=True, editable=False)

    class Meta:
        abstract = True

    def units(self) -> dict[str, Any]:
        """Each answer by its question."""
        return filled(self.answers)

    def take(self, units: Units) -> None:
        """Answer these questions so instead; nothing is saved by it."""
        self.answers = filled({**self.answers, **units})


class ApplicationQuerySet(models.QuerySet["Application"]):
    """The words in which the rest of the house asks for applications."""

    def under_way(self) -> Self:
        """Those that are written, or wait for what becomes of them."""
        return self.filter(state__in=[ApplicationState.DRAFT, ApplicationState.SUBMITTED])

    def submitted(self) -> Self:
        """Those that wait to be read and decided."""
        return self.filter(state=ApplicationState.SUBMITTED)

    def handed_in(self) -> Self:
        """Those that were submitted, whatever became of them; what is taken back is not."""
        return self.exclude(state__in=[ApplicationState.DRAFT, ApplicationState.LAPSED]).exclude(
            submitted_at=None
        )

    def binding(self) -> Self:
        """Those that count towards how often a body may apply."""
        gone = [ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.LAPSED]
        return self.exclude(state__in=gone)

    def naming(self, entities: Collection[int]) -> Self:
        """Those in which one of these bodies, by their keys, takes part."""
        parts = Part.objects.filter(entity__in=entities, declined_at=None)
        return self.filter(pk__in=parts.values("application"))

    def whole(self) -> Self:
        """With what a page of an application says, in few queries."""
        return self.select_related("call__programme", "lead__country").prefetch_related(
            "parts__entity__country", "parts__entity__names", "parts__entity__seat"
        )


class Application(Shared, Answered):
    """What bodies ask for together under one call: written by all, submitted once by the lead.

    Partners see it from the first word: it is theirs as well.
    """

    OWNER = "lead"
    PARTIES = ("parts__entity",)

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"saved_by"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    lead = models.ForeignKey(Entity, models.PROTECT, related_name="applications_led")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=10)
    state = models.CharField(
        max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    is_listed = models.BooleanField(default=False)  # its bodies agree to be named in the results
    number = models.PositiveIntegerField(null=True, editable=False)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, editable=False)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    reason = models.TextField(max_length=4000, blank=True)  # of the decision, or of ruling it out
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "pk"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="application_number_once"),
            # All its bodies see every application that names them, and no other body does.
            models.CheckConstraint(
                name="application_is_seen_by_its_bodies",
                condition=Q(visibility=Visibility.PARTNER),
            ),
            models.CheckConstraint(
                name="application_verdict_has_a_reason",
                condition=Q(verdict="") | ~Q(reason=""),
                violation_error_message=_("A decision gives its reason."),
            ),
        ]
        indexes = [models.Index(fields=["call", "state"], name="application_call_state")]

    def __str__(self) -> str:
        return self.title

    def bodies(self) -> list[Entity]:
        """The bodies that take part, the lead first."""
        return [part.entity for part in self.parts.all() if part.declined_at is None]

    def get_absolute_url(self) -> str:
        """The application's permanent address."""
        return reverse("web:application-detail", kwargs={"public_id": self.public_id})


class Part(Answered):
    """One body's part in an application: what it answers for itself, and that it agrees."""

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"saved_by"})

    application = models.ForeignKey(Application, models.CASCADE, related_name="parts")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="application_parts")
    position = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["application", "position", "pk"]
        verbose_name = _("part of an application")
        verbose_name_plural = _("parts of applications")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "entity"],
                name="part_once",
                violation_error_message=_("This body takes part already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity}: {self.application}"

    @property
    def body(self) -> Entity:
        """The body whose part it is."""
        return self.entity

    @property
    def is_lead(self) -> bool:
        """Whether it is the part of the body that leads."""
        return self.position == 0
