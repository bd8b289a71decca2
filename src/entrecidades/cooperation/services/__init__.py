"""Everything that may happen in cooperation, one function per act."""

from entrecidades.cooperation.services.coordination import (
    answer_offer,
    ask_coordinator,
    leave_programme,
)
from entrecidades.cooperation.services.introductions import (
    let_lapse,
    propose_introduction,
    remind_of_silence,
    take_step,
)
from entrecidades.cooperation.services.programmes import (
    add_axis,
    clone_programme,
    drop_axis,
    edit_axis,
    edit_programme,
    make_programme,
    take_programme_step,
)
from entrecidades.cooperation.services.talk import (
    begin_thread,
    let_in,
    note_read,
    say,
    take_back,
)

__all__ = [
    "add_axis",
    "answer_offer",
    "ask_coordinator",
    "begin_thread",
    "clone_programme",
    "drop_axis",
    "edit_axis",
    "edit_programme",
    "leave_programme",
    "let_in",
    "let_lapse",
    "make_programme",
    "note_read",
    "propose_introduction",
    "remind_of_silence",
    "say",
    "take_back",
    "take_programme_step",
    "take_step",
]
