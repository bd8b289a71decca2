"""The closed vocabularies of calls, applications and their reading."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallState(models.TextChoices):
    """How far a call has come."""

    DRAFT = "draft", pgettext_lazy("call", "draft")
    PUBLISHED = "published", pgettext_lazy("call", "published")
    OPEN = "open", pgettext_lazy("call", "open")
    CLOSED = "closed", pgettext_lazy("call", "closed")
    EVALUATED = "evaluated", pgettext_lazy("call", "evaluated")
    DECIDED = "decided", pgettext_lazy("call", "decided")
    CANCELLED = "cancelled", pgettext_lazy("call", "cancelled")


class CallStep(models.TextChoices):
    """What may be done to a call."""

    PUBLISH = "publish", _("publish")
    OPEN = "open", pgettext_lazy("what is done to a call", "open")
    CLOSE = "close", _("close")
    EVALUATE = "evaluate", _("end the evaluation")
    DECIDE = "decide", _("publish the decisions")
    CANCEL = "cancel", _("cancel")


class ApplicationState(models.TextChoices):
    """How far an application has come."""

    DRAFT = "draft", pgettext_lazy("application", "draft")
    SUBMITTED = "submitted", pgettext_lazy("application", "submitted")
    BARRED = "barred", pgettext_lazy("application", "not eligible")
    ACCEPTED = "accepted", pgettext_lazy("application", "accepted")
    RESERVE = "reserve", pgettext_lazy("application", "on the reserve list")
    REFUSED = "refused", pgettext_lazy("application", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")
    LAPSED = "lapsed", pgettext_lazy("application", "not submitted in time")


class ApplicationStep(models.TextChoices):
    """What may be done to an application."""

    SUBMIT = "submit", _("submit")
    REOPEN = "reopen", _("take back to change it")
    WITHDRAW = "withdraw", _("withdraw")
    BAR = "bar", _("rule out")
    READMIT = "readmit", _("admit again")
    ACCEPT = "accept", _("accept")
    RESERVE = "reserve", _("put on the reserve list")
    REFUSE = "refuse", _("refuse")
    PROMOTE = "promote", _("accept from the reserve list")
    LAPSE = "lapse", _("let lapse")


class Verdict(models.TextChoices):
    """What is decided of an application."""

    ACCEPTED = "accepted", pgettext_lazy("application", "accepted")
    RESERVE = "reserve", pgettext_lazy("application", "on the reserve list")
    REFUSED = "refused", pgettext_lazy("application", "refused")


class ReadingState(models.TextChoices):
    """How far a reader has come with one application."""

    ASKED = "asked", _("waits for the reader’s word on conflicts")
    READING = "reading", _("is being read")
    HANDED_IN = "handed_in", _("handed in")
    CONFLICTED = "conflicted", _("conflict of interest")
    RELEASED = "released", _("taken from the reader")


class ReadingStep(models.TextChoices):
    """What may be done to a reading."""

    CLEAR = "clear", _("declare that there is no conflict")
    CONFLICT = "conflict", _("declare a conflict of interest")
    HAND_IN = "hand_in", _("hand in")
    RELEASE = "release", _("take it from the reader")


class QuestionKind(models.TextChoices):
    """What a question asks for."""

    TEXT = "text", _("text")
    CHOICE = "choice", _("one of a list")
    NUMBER = "number", _("number")
    THEMES = "themes", _("themes")
    PARTNER = "partner", _("what the partner contributes")
    BUDGET = "budget", _("amount of money")


class AskedOf(models.TextChoices):
    """Who answers a question."""

    WHOLE = "whole", _("all together, once")
    SIDE = "side", _("each body for itself")


class PairSide(models.TextChoices):
    """On which side of a pairing a body stands."""

    FIRST = "first", _("first side")
    SECOND = "second", _("second side")


class TieKind(models.TextChoices):
    """What is said of two before anything is computed."""

    PIN = "pin", _("must be a pair")
    FORBID = "forbid", _("must not be a pair")


class RoundState(models.TextChoices):
    """How far a round of pairing has come."""

    DRAFT = "draft", _("being prepared")
    PUBLISHED = "published", pgettext_lazy("round of pairing", "published")


class Follow(models.TextChoices):
    """What follows for a pair that is published."""

    PROJECT = "project", _("open a project for each pair, and write to both")
    LETTER = "letter", _("only write to both")


class RunState(models.TextChoices):
    """How far the computing of a round has come."""

    ASKED = "asked", _("waits for its turn")
    WORKING = "working", _("is being computed")
    DONE = "done", pgettext_lazy("computation", "done")
    IMPOSSIBLE = "impossible", _("impossible as asked")
    FAILED = "failed", _("broken off")
    STOPPED = "stopped", pgettext_lazy("computation", "stopped")


class RunStep(models.TextChoices):
    """What may happen to the computing of a round."""

    BEGIN = "begin", _("begin")
    END = "end", _("end")
    REFUSE = "refuse", _("find that it is impossible")
    FAIL = "fail", _("break off")
    STOP = "stop", _("stop")
    RESUME = "resume", _("go on")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    MAKE_CALL = "calls:call:make"
    EDIT_CALL = "calls:call:edit"
    STEP_CALL = "calls:call:step"
    EXTEND_CALL = "calls:call:extend"
    REMIND = "calls:call:remind"
    BEGIN = "calls:application:begin"
    ANSWER = "calls:application:answer"
    CONFIRM = "calls:application:confirm"
    JOIN = "calls:application:join"
    LEAVE = "calls:application:leave"
    STEP = "calls:application:step"
    DECIDE = "calls:application:decide"
    LIST = "calls:application:list"
    FRESH = "calls:profile:confirm"
    ASSIGN = "calls:reading:assign"
    STEP_READING = "calls:reading:step"
    MAKE_ROUND = "calls:round:make"
    LIMIT = "calls:round:limit"
    TIE = "calls:round:tie"
    UNTIE = "calls:round:untie"
    SOLVE = "calls:round:solve"
    STOP = "calls:round:stop"
    PUBLISH_ROUND = "calls:round:publish"
    LEAVE_ROUND = "calls:round:leave"
    OPEN_CONTACTS = "calls:round:open-contacts"
    FOLLOW = "calls:pair:follow"
