"""What may happen to calls, applications and readings."""

from entrecidades.calls.services.answers import NotAsked, Saved, save_answers
from entrecidades.calls.services.applications import take_application_step
from entrecidades.calls.services.building import edit_call, make_call
from entrecidades.calls.services.calls import (
    extend_call,
    remind_of_deadline,
    take_call_step,
    turn_call,
)
from entrecidades.calls.services.contacts import ask_contacts, open_contacts
from entrecidades.calls.services.deciding import decide_application
from entrecidades.calls.services.pairs import follow_pair, publish_round
from entrecidades.calls.services.partners import (
    NotAPartner,
    begin_application,
    confirm_part,
    confirm_profile,
    invite_partner,
    leave_application,
    list_application,
)
from entrecidades.calls.services.readings import (
    assign_reader,
    assign_readers,
    save_sheet,
    take_reading_step,
)
from entrecidades.calls.services.rounds import (
    leave_round,
    limit_round,
    make_round,
    tie_pair,
    untie_pair,
)
from entrecidades.calls.services.runs import (
    Stopped,
    ask_run,
    begin_run,
    end_run,
    fail_run,
    note_first,
    note_run,
    refuse_run,
    resume_run,
    stop_run,
)

__all__ = [
    "NotAPartner",
    "NotAsked",
    "Saved",
    "Stopped",
    "ask_contacts",
    "ask_run",
    "assign_reader",
    "assign_readers",
    "begin_application",
    "begin_run",
    "confirm_part",
    "confirm_profile",
    "decide_application",
    "edit_call",
    "end_run",
    "extend_call",
    "fail_run",
    "follow_pair",
    "invite_partner",
    "leave_application",
    "leave_round",
    "limit_round",
    "list_application",
    "make_call",
    "make_round",
    "note_first",
    "note_run",
    "open_contacts",
    "publish_round",
    "refuse_run",
    "remind_of_deadline",
    "resume_run",
    "save_answers",
    "save_sheet",
    "stop_run",
    "take_application_step",
    "take_call_step",
    "take_reading_step",
    "tie_pair",
    "turn_call",
    "untie_pair",
]
