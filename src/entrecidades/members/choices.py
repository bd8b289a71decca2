"""The closed vocabularies of an association's members."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Fact(models.TextChoices):
    """What a complete profile says; all of it can be put there by the body's own people."""

    PEOPLE = "people", pgettext_lazy("part of a profile", "people")
    FRESH = "fresh", pgettext_lazy("part of a profile", "a recent look")
    WEBSITE = "website", pgettext_lazy("part of a profile", "website")
    LANGUAGES = "languages", pgettext_lazy("part of a profile", "languages")
    OFFICE = "office", pgettext_lazy("part of a profile", "an office")
    POSTING = "posting", pgettext_lazy("part of a profile", "offer or need")
    PRACTICE = "practice", pgettext_lazy("part of a profile", "good practice")


#: The same in words that say when a profile has it.
SAYS = {
    Fact.PEOPLE: _("somebody acts for the body and may edit its profile"),
    Fact.FRESH: _("its people have written or confirmed the profile within a year"),
    Fact.WEBSITE: _("it names its website"),
    Fact.LANGUAGES: _("it names the languages the body works in"),
    Fact.OFFICE: _("it names an office of today with an e-mail address"),
    Fact.POSTING: _("an offer or a need is open on the board"),
    Fact.PRACTICE: _("a good practice is told"),
}


class CircularState(models.TextChoices):
    """How far a letter to the members has come."""

    DRAFT = "draft", pgettext_lazy("letter", "draft")
    SENDING = "sending", pgettext_lazy("letter", "being sent")
    STOPPED = "stopped", pgettext_lazy("letter", "stopped")
    SENT = "sent", pgettext_lazy("letter", "sent")


class CircularStep(models.TextChoices):
    """What may be done with a letter to the members."""

    SEND = "send", pgettext_lazy("letter", "send")
    STOP = "stop", pgettext_lazy("letter", "stop")
    RESUME = "resume", pgettext_lazy("letter", "go on sending")
    END = "end", pgettext_lazy("letter", "end")


class CopyState(models.TextChoices):
    """What became of the copy for one reader.

    A copy is handed to the mail server once. What is on its way when a worker dies stays so:
    nobody knows whether it left, and it is not sent a second time.
    """

    WAITING = "waiting", pgettext_lazy("copy of a letter", "waits")
    ON_ITS_WAY = "on_its_way", pgettext_lazy("copy of a letter", "not known whether it left")
    SENT = "sent", pgettext_lazy("copy of a letter", "sent")
    REFUSED = "refused", _("refused by the mail server")
    DECLINED = "declined", _("its reader wants no more letters")
    GONE = "gone", _("its reader no longer acts for the body")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    BEGIN = "members:circular:begin"
    WRITE = "members:circular:write"
    DROP = "members:circular:drop"
    SEND = "members:circular:send"
    STOP = "members:circular:stop"
    RESUME = "members:circular:resume"
    DECLINE = "members:letters:decline"
    ACCEPT = "members:letters:accept"
