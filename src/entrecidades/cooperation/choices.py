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


class MeetingState(models.TextChoices):
    """What has become of the dates proposed for a meeting."""

    PROPOSED = "proposed", pgettext_lazy("dates of a meeting", "proposed")
    ANSWERED = "answered", pgettext_lazy("dates of a meeting", "answered")
    REFUSED = "refused", pgettext_lazy("dates of a meeting", "none suits")
    AGREED = "agreed", pgettext_lazy("dates of a meeting", "agreed")
    CALLED_OFF = "called_off", pgettext_lazy("dates of a meeting", "called off")
    LAPSED = "lapsed", pgettext_lazy("dates of a meeting", "passed unagreed")
    PAST = "past", pgettext_lazy("dates of a meeting", "past")


class MeetingStep(models.TextChoices):
    """What may be done about the dates of a meeting."""

    ANSWER = "answer", _("say which dates suit")
    REFUSE = "refuse", _("say that none suits")
    AGREE = "agree", _("agree on a date")
    MOVE = "move", _("propose other dates")
    CALL_OFF = "call_off", _("call it off")
    PASS = "pass", _("let it pass")


class Fit(models.TextChoices):
    """How a proposed date suits a body."""

    SUITS = "suits", _("suits")
    IF_NEEDED = "if_needed", _("suits if need be")
    NOT = "not", _("does not suit")


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
    ANSWER_DATES = "cooperation:meeting:answer"
    STEP_MEETING = "cooperation:meeting:step"
    REMIND_MEETING = "cooperation:meeting:remind"
    LET_IN = "cooperation:thread:let-in"
    MAKE_PROGRAMME = "cooperation:programme:make"
    EDIT_PROGRAMME = "cooperation:programme:edit"
    STEP_PROGRAMME = "cooperation:programme:step"
    SET_AXIS = "cooperation:axis:set"
    DROP_AXIS = "cooperation:axis:drop"
    OFFER = "cooperation:coordination:offer"
    STEP_OFFER = "cooperation:coordination:step"
    LEAVE = "cooperation:coordination:leave"
