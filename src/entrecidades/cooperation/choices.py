"""The closed vocabularies of cooperation."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """How far a relation between two countries has come."""

    EMERGING = "emerging", _("being formalised")
    FORMALISED = "formalised", _("formalised")
    CONSOLIDATED = "consolidated", _("consolidated")
    PROGRAMME = "programme", _("run through a programme")


class Modality(models.TextChoices):
    """Between which parts of the world cooperation goes."""

    NORTH_SOUTH = "north_south", _("North–South")
    SOUTH_SOUTH = "south_south", _("South–South")
    TRIANGULAR = "triangular", _("triangular")
    RECIPROCAL = "reciprocal", _("reciprocal")


class IntroductionState(models.TextChoices):
    """How far a first contact has come."""

    REQUESTED = "requested", pgettext_lazy("first contact", "requested")
    FORWARDED = "forwarded", pgettext_lazy("first contact", "forwarded")
    ACCEPTED = "accepted", pgettext_lazy("first contact", "accepted")
    TALKING = "talking", _("talking")
    AGREED = "agreed", pgettext_lazy("first contact", "agreed")
    DECLINED = "declined", pgettext_lazy("first contact", "declined")
    LAPSED = "lapsed", pgettext_lazy("first contact", "lapsed")


class IntroductionStep(models.TextChoices):
    """What may be done to a first contact."""

    FORWARD = "forward", _("forward to the counterpart")
    ACCEPT = "accept", _("accept")
    DECLINE = "decline", _("decline")
    TALK = "talk", _("begin the conversation")
    AGREE = "agree", _("record an agreement")
    LAPSE = "lapse", _("let lapse")


class ProgrammeState(models.TextChoices):
    """How far a programme has come."""

    DRAFT = "draft", _("draft")
    RUNNING = "running", _("running")
    OVER = "over", _("over")


class ProgrammeStep(models.TextChoices):
    """What may be done to a programme."""

    PUBLISH = "publish", _("publish")
    END = "end", _("declare it over")
    REOPEN = "reopen", _("take it up again")


class OfferState(models.TextChoices):
    """What has become of asking a body to coordinate a programme."""

    ASKED = "asked", pgettext_lazy("request to coordinate", "asked")
    ACCEPTED = "accepted", pgettext_lazy("request to coordinate", "accepted")
    DECLINED = "declined", pgettext_lazy("request to coordinate", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request to coordinate", "withdrawn")


class OfferStep(models.TextChoices):
    """What may be done about an offer to coordinate."""

    ACCEPT = "accept", _("accept")
    DECLINE = "decline", _("decline")
    WITHDRAW = "withdraw", _("withdraw")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    PROPOSE = "cooperation:introduction:propose"
    STEP = "cooperation:introduction:step"
    REMIND = "cooperation:introduction:remind"
    SAY = "cooperation:message:say"
    TAKE_BACK = "cooperation:message:take-back"
    LET_IN = "cooperation:thread:let-in"
    MAKE_PROGRAMME = "cooperation:programme:make"
    EDIT_PROGRAMME = "cooperation:programme:edit"
    STEP_PROGRAMME = "cooperation:programme:step"
    SET_AXIS = "cooperation:axis:set"
    DROP_AXIS = "cooperation:axis:drop"
    OFFER = "cooperation:coordination:offer"
    STEP_OFFER = "cooperation:coordination:step"
    LEAVE = "cooperation:coordination:leave"
