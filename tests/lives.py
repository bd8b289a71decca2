"""What every table of a life promises, state by state and step by step."""

import pytest

from entrecidades.kernel.lives import IllegalStep, next_state


def assert_leads_or_refuses(life, state, step):
    """A step leads where the table says, or is refused with a sentence that names both."""
    if (state, step) in life:
        assert next_state(life, state, step) == life[state, step]
        return
    with pytest.raises(IllegalStep) as refusal:
        next_state(life, state, step)
    assert str(state.label) in refusal.value.messages[0]
    assert str(step.label) in refusal.value.messages[0]
