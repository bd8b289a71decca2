"""What a merge does with each row, and what it refuses: no database, no clock, no request."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.duplicates.choices import Fate, Keep
from entrecidades.kernel.errors import Refusal

#: What the survivor may take over from the absorbed body, in the order of the page.
FIELDS = (
    "name",
    "acronym",
    "kind",
    "tier",
    "region",
    "seat",
    "parent",
    "population",
    "languages",
    "website",
    "valid_from",
)


class CannotMerge(Refusal):
    """The two entries cannot become one."""


class CannotUndoMerge(Refusal):
    """The merge is undone already, or somebody has built on it."""


def fate(*, ties_itself: bool, twin: bool, clashes: bool, holds: bool) -> Fate:
    """What becomes of a row that names the absorbed body.

    ``ties_itself``: moved, it would tie the survivor to itself. ``twin``: the
    survivor has a row that says the same, dates included. ``clashes``: the
    database lets the survivor have only one such row, and it says something
    else. ``holds``: it has an address, or other rows point to it. Only what is
    said elsewhere, or would say nothing, leaves its table.

    Examples
    --------
    >>> str(fate(ties_itself=False, twin=True, clashes=True, holds=False))
    'aside'
    >>> str(fate(ties_itself=False, twin=False, clashes=True, holds=False))
    'stay'
    """
    if ties_itself or twin:
        return Fate.STAY if holds else Fate.ASIDE
    return Fate.STAY if clashes else Fate.MOVE


def is_empty(value: object) -> bool:
    """Whether a field tells nothing."""
    return value in (None, "", []) or value == {}


def kept(name: str, mine: Any, yours: Any, choices: Mapping[str, str]) -> Any:
    """The value the survivor has afterwards: as chosen, else its own, else the other's.

    Raises
    ------
    CannotMerge
        When somebody chose what is no choice.
    """
    chosen = choices.get(name)
    if chosen is None:
        return yours if is_empty(mine) else mine
    if chosen not in Keep.values:
        raise CannotMerge(_("Choose for each field which of the two values stays."))
    return yours if chosen == Keep.ABSORBED else mine


def check_choices(choices: Mapping[str, str]) -> None:
    """Refuse choices of fields that a merge does not ask about.

    Raises
    ------
    CannotMerge
        Naming the fields, and those there are.
    """
    if strange := sorted(set(choices) - set(FIELDS)):
        said = {"strange": ", ".join(strange), "fields": ", ".join(FIELDS)}
        raise CannotMerge(_("There is no such field: %(strange)s. There are: %(fields)s.") % said)
