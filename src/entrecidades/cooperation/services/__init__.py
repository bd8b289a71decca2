"""Everything that may happen to a first contact and in its conversation, one function per act."""

from entrecidades.cooperation.services.introductions import (
    let_lapse,
    propose_introduction,
    remind_of_silence,
    take_step,
)
from entrecidades.cooperation.services.talk import (
    begin_thread,
    let_in,
    note_read,
    say,
    take_back,
)

__all__ = [
    "begin_thread",
    "let_in",
    "let_lapse",
    "note_read",
    "propose_introduction",
    "remind_of_silence",
    "say",
    "take_back",
    "take_step",
]
