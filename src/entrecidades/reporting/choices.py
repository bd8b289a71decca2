"""The closed vocabularies of reports."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportState(models.TextChoices):
    """Whether the report of a year is out."""

    DRAFT = "draft", pgettext_lazy("report", "draft")
    PUBLISHED = "published", pgettext_lazy("report", "published")


class DeclarationState(models.TextChoices):
    """What a party has said of what is recorded of a project in a year."""

    AWAITED = "awaited", pgettext_lazy("declaration", "awaited")
    CONFIRMED = "confirmed", pgettext_lazy("declaration", "confirmed")
    CORRECTED = "corrected", pgettext_lazy("declaration", "corrected")


class DeclarationStep(models.TextChoices):
    """What a party may do with its declaration."""

    CONFIRM = "confirm", _("confirm")
    CORRECT = "correct", _("correct")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    BEGIN = "reporting:year:begin"
    PUBLISH = "reporting:year:publish"
    WITHDRAW = "reporting:year:withdraw"
    REMIND = "reporting:year:remind"
    OPEN_CAMPAIGN = "reporting:campaign:open"
    CHASE = "reporting:campaign:chase"
    NOTICE = "reporting:campaign:remind"
    DECLARE = "reporting:declaration:step"
