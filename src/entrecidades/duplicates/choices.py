"""The closed vocabularies of duplicates."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Keep(models.TextChoices):
    """Whose value of a field the survivor of a merge has afterwards."""

    SURVIVOR = "survivor", _("of the body that stays")
    ABSORBED = "absorbed", _("of the body that is merged into it")


class Fate(StrEnum):
    """What a merge does with a row that names the absorbed body."""

    MOVE = "move"
    """It names the survivor from now on."""
    ASIDE = "aside"
    """It would say the same twice or tie the body to itself: it is kept in the merge only."""
    STAY = "stay"
    """It has an address or dates of its own and cannot be moved: it stays with the absorbed."""


class Act(StrEnum):
    """What this room leaves traces of, as ``room:thing:verb``."""

    PROPOSE = "duplicates:pair:propose"
    DISMISS = "duplicates:pair:dismiss"
    MERGE = "duplicates:entity:merge"
    UNDO = "duplicates:entity:undo"
