"""The closed vocabularies of history."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What was found where the chain of traces breaks."""

    EDITED = "edited", _("a trace was edited")
    DELETED = "deleted", _("a trace was deleted")
    MOVED = "moved", _("a trace was inserted or moved")
    CUT = "cut", _("the end of the chain was cut off")
    REWRITTEN = "rewritten", _("the chain is not the one whose head was published")
    BLOTTED = "blotted", _("values or words were taken out without an act of erasure")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    FORGET = "audit:person:forget"
    FORGET_WORDS = "audit:words:forget"
