"""The closed vocabularies of projects."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectKind(models.TextChoices):
    """How much work it is."""

    PROJECT = "project", _("project")
    ACTION = "action", _("one-off action")


class Role(models.TextChoices):
    """What a body does in a project."""

    COORDINATOR = "coordinator", _("coordinator")
    FIRST_PROVIDER = "first_provider", _("first provider")
    SECOND_PROVIDER = "second_provider", _("second provider")
    RECEIVER = "receiver", _("receiver")
    FUNDER = "funder", _("funder")


class ProjectState(models.TextChoices):
    """How far a project has come."""

    IDENTIFIED = "identified", pgettext_lazy("project", "identified")
    DIAGNOSIS = "diagnosis", pgettext_lazy("project", "in diagnosis")
    FORMULATED = "formulated", pgettext_lazy("project", "formulated")
    APPROVED = "approved", pgettext_lazy("project", "approved")
    IMPLEMENTING = "implementing", pgettext_lazy("project", "being carried out")
    FINALISING = "finalising", pgettext_lazy("project", "being finished")
    CLOSED = "closed", pgettext_lazy("project", "closed")
    CANCELLED = "cancelled", pgettext_lazy("project", "cancelled")
    SUSPENDED = "suspended", pgettext_lazy("project", "suspended")


class ProjectStep(models.TextChoices):
    """What may be done to a project."""

    DIAGNOSE = "diagnose", _("begin the diagnosis")
    FORMULATE = "formulate", _("say that it is formulated")
    APPROVE = "approve", _("record the approval")
    IMPLEMENT = "implement", _("begin to carry it out")
    FINALISE = "finalise", _("begin to finish it")
    CLOSE = "close", _("close")
    SUSPEND = "suspend", _("suspend")
    RESUME = "resume", _("resume")
    CANCEL = "cancel", _("cancel")


class Direction(models.TextChoices):
    """Which way an indicator is to go."""

    ASCENDING = "ascending", _("more is better")
    DESCENDING = "descending", _("less is better")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    BEGIN = "projects:project:begin"
    STEP = "projects:project:step"
    UNDO = "projects:project:undo"
    NAME = "projects:role:name"
    RELEASE = "projects:role:release"
    SHARE_OUT = "projects:theme:share-out"
    PLAN = "projects:part:plan"
    FINISH = "projects:milestone:finish"
    EVIDENCE = "projects:evidence:add"
    MEASURE = "projects:indicator:measure"
    REPORT = "projects:report:make"
    ASK_HELP = "projects:help:ask"
    ANSWER_HELP = "projects:help:answer"
    REMIND = "projects:project:remind"
