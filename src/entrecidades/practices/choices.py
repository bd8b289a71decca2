"""The closed vocabularies of practices and of the board."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(models.TextChoices):
    """Which way knowledge and resources would go."""

    OFFER = "offer", _("offer")
    NEED = "need", _("need")


class Form(models.TextChoices):
    """In which form something is shared or wanted."""

    STUDY_VISIT = "study_visit", _("study visit")
    TECHNICIANS = "technicians", _("technicians sent")
    REMOTE_ADVICE = "remote_advice", _("remote advice")
    TRAINING = "training", _("training")
    DOCUMENTS = "documents", _("documents")
    EQUIPMENT = "equipment", _("equipment")
    CO_FUNDING = "co_funding", _("co-funding")


class PostingState(models.TextChoices):
    """How far a posting on the board has come."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", pgettext_lazy("offer or need", "published")
    MATCHED = "matched", pgettext_lazy("offer or need", "matched")
    FULFILLED = "fulfilled", pgettext_lazy("offer or need", "fulfilled")
    EXPIRED = "expired", pgettext_lazy("offer or need", "expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer or need", "withdrawn")


class PostingStep(models.TextChoices):
    """What may be done to a posting."""

    PUBLISH = "publish", _("publish")
    MATCH = "match", _("mark as matched")
    FULFIL = "fulfil", _("mark as fulfilled")
    EXPIRE = "expire", _("let expire")
    WITHDRAW = "withdraw", _("withdraw")
    RENEW = "renew", _("renew")


class PracticeState(models.TextChoices):
    """How far a practice has been looked at."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", pgettext_lazy("practice", "published")
    STALE = "stale", _("stale")
    VERIFIED = "verified", pgettext_lazy("practice", "re-verified")
    ARCHIVED = "archived", pgettext_lazy("practice", "archived")


class PracticeStep(models.TextChoices):
    """What a body may do to its practice."""

    PUBLISH = "publish", _("publish")
    ARCHIVE = "archive", _("archive")


#: States in which a posting is there for those it is shared with, though no longer open.
TOLD = (
    PostingState.PUBLISHED,
    PostingState.MATCHED,
    PostingState.FULFILLED,
    PostingState.EXPIRED,
)
#: States in which a practice is there for those it is shared with.
SHOWN = (PracticeState.PUBLISHED, PracticeState.STALE, PracticeState.VERIFIED)


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    POST = "practices:posting:post"
    STEP = "practices:posting:step"
    REMIND = "practices:posting:remind"
    WRITE = "practices:practice:write"
    STEP_PRACTICE = "practices:practice:step"
    SHOW = "practices:evidence:show"
    HIDE = "practices:evidence:hide"
    REMOVE_EXAMPLES = "practices:examples:remove"
