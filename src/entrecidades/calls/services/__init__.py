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
from entrecidades.calls.services.deciding import decide_application
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

__all__ = [
    "NotAPartner",
    "NotAsked",
    "Saved",
    "assign_reader",
    "assign_readers",
    "begin_application",
    "confirm_part",
    "confirm_profile",
    "decide_application",
    "edit_call",
    "extend_call",
    "invite_partner",
    "leave_application",
    "list_application",
    "make_call",
    "remind_of_deadline",
    "save_answers",
    "save_sheet",
    "take_application_step",
    "take_call_step",
    "take_reading_step",
    "turn_call",
]
