"""The closed vocabularies of an association's members."""

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
