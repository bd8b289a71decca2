"""Everything that may happen in cooperation, one function per act."""

from entrecidades.cooperation.services.coordination import (
    answer_offer,
    ask_coordinator,
    leave_programme,
)
from entrecidades.cooperation.services.introductions import (
    convene_introduction,
    let_lapse,
    propose_introduction,
    remind_of_silence,
    take_step,
)
from entrecidades.cooperation.services.meetings import (
    agree_on_date,
    answer_dates,
    call_off,
    let_pass,
    move_meeting,
    remind_of_meeting,
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
    "agree_on_date",
    "answer_dates",
    "answer_offer",
    "ask_coordinator",
    "begin_thread",
    "call_off",
    "clone_programme",
    "convene_introduction",
    "drop_axis",
    "edit_axis",
    "edit_programme",
    "leave_programme",
    "let_in",
    "let_lapse",
    "let_pass",
    "make_programme",
    "move_meeting",
    "note_read",
    "propose_introduction",
    "remind_of_meeting",
    "remind_of_silence",
    "say",
    "take_back",
    "take_programme_step",
    "take_step",
]
