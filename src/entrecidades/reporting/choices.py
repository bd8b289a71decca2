"""The closed vocabularies of reports."""

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class ReportState(models.TextChoices):
    """Whether the report of a year is out."""

    DRAFT = "draft", pgettext_lazy("report", "draft")
    PUBLISHED = "published", pgettext_lazy("report", "published")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    BEGIN = "reporting:year:begin"
    PUBLISH = "reporting:year:publish"
    WITHDRAW = "reporting:year:withdraw"
    REMIND = "reporting:year:remind"
