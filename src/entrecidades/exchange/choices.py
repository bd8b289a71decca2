"""The closed vocabularies of exchange."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """How far an import has come."""

    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")


class DoubtState(models.TextChoices):
    """What became of a row that could not be joined with certainty."""

    OPEN = "open", _("open")
    JOINED = "joined", _("joined")
    CREATED = "created", _("created as new")
    DISMISSED = "dismissed", _("dismissed")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    APPLY = "exchange:batch:apply"
    UNDO = "exchange:batch:undo"
    SETTLE = "exchange:doubt:settle"
    LOAD = "exchange:reference:load"
