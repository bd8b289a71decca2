"""The closed vocabularies of exchange."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BatchState(models.TextChoices):
    """How far an import has come."""

    APPLIED = "applied", pgettext_lazy("import", "applied")
    UNDOING = "undoing", _("being undone")
    HALTED = "halted", _("undoing halted")
    UNDONE = "undone", pgettext_lazy("import", "undone")


class DoubtState(models.TextChoices):
    """What became of a row that could not be joined with certainty."""

    OPEN = "open", pgettext_lazy("doubtful row", "open")
    JOINED = "joined", pgettext_lazy("doubtful row", "joined")
    CREATED = "created", _("created as new")
    DISMISSED = "dismissed", pgettext_lazy("doubtful row", "dismissed")


class SubmissionState(models.TextChoices):
    """How far a list that was handed in has come."""

    READING = "reading", _("being read")
    STAGED = "staged", _("ready to be applied")
    FAULTY = "faulty", _("has problems")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", pgettext_lazy("handed-in list", "applied")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    APPLY = "exchange:batch:apply"
    UNDO = "exchange:batch:undo"
    BEGIN_UNDO = "exchange:batch:begin-undo"
    HALT_UNDO = "exchange:batch:halt-undo"
    HAND_IN = "exchange:submission:hand-in"
    ANSWER = "exchange:submission:answer"
    DROP = "exchange:submission:drop"
    SETTLE = "exchange:doubt:settle"
    LOAD = "exchange:reference:load"
