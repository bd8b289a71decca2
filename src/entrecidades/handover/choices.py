"""The closed vocabularies of the hand-over."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chapter(models.TextChoices):
    """The chapters of a dossier, in their order."""

    IN_FORCE = "in_force", _("In force")
    EXPIRING = "expiring", _("Running out within twelve months")
    OPEN = "open", _("Promised and open")
    PEOPLE = "people", _("People")
    SIGHT = "sight", _("Who sees what")
    HISTORY = "history", _("The last twelve months")
    PLACES = "places", _("Where things are")


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    HAND_OVER = "handover:desk:hand-over"
    PASS_ON = "handover:desk:pass-on"  # noqa: S105 - a desk, no password
    UNDO = "handover:desk:undo"
    PACK = "handover:pack:make"
