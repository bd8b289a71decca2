"""The life of a record as a table: from which state which step leads where.

A room keeps its life as a mapping from (state, step) to state, which can be read aloud; what
is not in the table is refused with a sentence, here, in the same way for every room.
"""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from entrecidades.kernel.errors import Refusal

State = TypeVar("State", bound=TextChoices)
Step = TypeVar("Step", bound=TextChoices)


class IllegalStep(Refusal):
    """The step leads nowhere from the present state."""


def next_state(life: Mapping[tuple[State, Step], State], state: State, step: Step) -> State:
    """Where a step leads from a state.

    Raises
    ------
    IllegalStep
        When this life has no such step.

    Examples
    --------
    >>> Door = TextChoices("Door", "OPEN SHUT")
    >>> Push = TextChoices("Push", "PULL PUSH")
    >>> next_state({(Door.OPEN, Push.PUSH): Door.SHUT}, Door.OPEN, Push.PUSH).value
    'SHUT'
    """
    try:
        return life[state, step]
    except KeyError:
        message = _("Impossible while it is “%(state)s”: %(step)s.")
        raise IllegalStep(message % {"state": state.label, "step": step.label}) from None


def steps_from(life: Mapping[tuple[State, Step], State], state: State) -> list[Step]:
    """The steps that lead on from a state, in the order of their vocabulary."""
    found = {step for was, step in life if was == state}
    return [step for step in type(next(iter(found))) if step in found] if found else []
