"""Rounds of pairing: two sides of bodies, what is said of them, and the pairs that came of it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.calls.choices import PairSide, RoundState, RunState, TieKind
from entrecidades.calls.models.call import Call
from entrecidades.cooperation.models import Introduction, Programme
from entrecidades.kernel import ids
from entrecidades.network.models import Entity
from entrecidades.projects.models import Project


class RoundQuerySet(models.QuerySet["Round"]):
    """The words in which the rest of the house asks for rounds."""

    def published(self) -> Self:
        """Those whose pairs everybody may read of."""
        return self.filter(state=RoundState.PUBLISHED)


class Round(models.Model):
    """Bodies of two sides that are to be paired, within limits.

    ``version`` counts every change of what is asked; an answer to an older version is not
    published. A round without a call pairs bodies of a programme that need not have applied.
    ``shares`` are the numbers of pairs that regions must or may have: a list of
    (side, region, least, most).
    """

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="rounds")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="rounds")
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(
        max_length=10, choices=RoundState.choices, default=RoundState.DRAFT, db_index=True
    )
    most = models.PositiveIntegerField(_("most pairs"), null=True, blank=True)
    shares = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("round of pairing")
        verbose_name_plural = _("rounds of pairing")
        constraints = [
            models.CheckConstraint(
                name="round_published_has_its_day",
                condition=Q(state=RoundState.DRAFT) | Q(published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The round's permanent address."""
        return reverse("web:round-detail", kwargs={"public_id": self.public_id})


class Member(models.Model):
    """A body on one side of a round, with how many it may be paired."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="members")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="rounds_joined")
    side = models.CharField(max_length=6, choices=PairSide.choices)
    region = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(default=1)
    left_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(max_length=500, blank=True)  # why it left

    class Meta:
        ordering = ["round", "side", "entity__name", "pk"]
        verbose_name = _("body in a round")
        verbose_name_plural = _("bodies in rounds")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "entity"],
                name="round_member_once",
                violation_error_message=_("A body stands on one side of a round only."),
            )
        ]

    def __str__(self) -> str:
        return str(self.entity)


class Tie(models.Model):
    """Two bodies of a round that must, or must not, be a pair."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="ties")
    first = models.ForeignKey(Member, models.CASCADE, related_name="ties_as_first")
    second = models.ForeignKey(Member, models.CASCADE, related_name="ties_as_second")
    kind = models.CharField(max_length=6, choices=TieKind.choices)

    class Meta:
        ordering = ["round", "pk"]
        verbose_name = _("pinned or forbidden pair")
        verbose_name_plural = _("pinned and forbidden pairs")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "first", "second"],
                name="round_tie_once",
                violation_error_message=_("These two are pinned or forbidden already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}: {self.get_kind_display()}"


class RunQuerySet(models.QuerySet["Run"]):
    """The words in which the rest of the house asks for runs."""

    def under_way(self) -> Self:
        """Those that wait or are being computed."""
        return self.filter(state__in=[RunState.ASKED, RunState.WORKING])

    def done(self) -> Self:
        """Those with an answer."""
        return self.filter(state=RunState.DONE)


class Run(models.Model):
    """One computing of a round, and what it found.

    ``kept`` are the pairs that it was told to leave as they are. ``answer`` is the engine's
    answer by the keys of members; ``problems`` say why there is none.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()  # of the round, when it was asked
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.ASKED)
    kept = models.JSONField(default=list, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    first_worth = models.FloatField(null=True)
    worth = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    answer = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["round", "-number"]
        verbose_name = _("computing of a round")
        verbose_name_plural = _("computings of rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="round_run_number_once"),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(state__in=[RunState.ASKED, RunState.WORKING]),
                name="round_run_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} № {self.number}"

    @property
    def gap(self) -> float | None:
        """By what share of its worth the bound is above it; 0 is a proof."""
        if self.bound is None or self.worth is None:
            return None
        return (self.bound - self.worth) / max(abs(self.worth), 1e-9)

    @property
    def pairs(self) -> list[dict[str, Any]]:
        """The pairs of the answer, by the keys of members."""
        return list(self.answer.get("pairs", []))


class Opening(models.Model):
    """First contacts that a coordinator has asked for, one for each of some published pairs.

    ``count`` is of how many pairs; a pair that waits for its contact names its opening and no
    introduction. The message is kept until the last contact has it.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"message", "by"})

    round = models.ForeignKey(Round, models.CASCADE, related_name="openings")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    message = models.TextField(max_length=4000, blank=True)
    language = models.CharField(max_length=10)
    count = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["round", "pk"]
        verbose_name = _("opening of first contacts")
        verbose_name_plural = _("openings of first contacts")

    def __str__(self) -> str:
        return f"{self.round}: {self.count}"


class PairQuerySet(models.QuerySet["Pair"]):
    """The words in which the rest of the house asks for pairs."""

    def standing(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at=None)

    def whole(self) -> Self:
        """With what a page says of a pair, in few queries."""
        sides = ("first__entity", "second__entity")
        rows = [f"{side}__{what}" for side in sides for what in ("country", "region", "seat")]
        names = [f"{side}__names" for side in sides]
        return self.select_related(
            "project", "introduction", "round__programme", "round__call", *rows
        ).prefetch_related(*names)


class Pair(models.Model):
    """Two bodies that a published round has paired."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="pairs")
    run = models.ForeignKey(Run, models.PROTECT, related_name="published")
    first = models.ForeignKey(Member, models.PROTECT, related_name="pairs_as_first")
    second = models.ForeignKey(Member, models.PROTECT, related_name="pairs_as_second")
    score = models.FloatField()
    reason = models.CharField(max_length=1000, blank=True)  # what those who decide say of it
    project = models.OneToOneField(Project, models.SET_NULL, null=True, related_name="pair")
    opening = models.ForeignKey(Opening, models.SET_NULL, null=True, related_name="pairs")
    introduction = models.ForeignKey(
        Introduction, models.SET_NULL, null=True, related_name="pairs"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["round", "first__entity__name", "pk"]
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "first", "second"],
                condition=Q(ended_at=None),
                name="pair_stands_once",
                violation_error_message=_("These two are a pair already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"
