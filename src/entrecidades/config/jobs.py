"""Which function keeps which promise, and what is promised every day.

A house test checks that every promise has a keeper.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from entrecidades.agreements.jobs import (
    carry_addenda_over,
    expire_agreements,
    look_at_file,
    look_for_dormant,
    remind_of_ends,
)
from entrecidades.calls.jobs import keep_following, remind_of_deadlines, turn_calls
from entrecidades.cooperation.jobs import lapse_introductions, remind_of_silences, turn_meetings
from entrecidades.documents.jobs import let_go_of_documents, sweep_up
from entrecidades.duplicates.jobs import find_duplicates
from entrecidades.exchange.jobs import (
    apply_submission,
    forget_submissions,
    read_submission,
    undo_some,
)
from entrecidades.handover.jobs import build_pack, forget_old_packs, pass_on
from entrecidades.mail.accounts import tell_of_change, tell_of_look, tell_of_new_device
from entrecidades.mail.agreements import tell_of_agreement
from entrecidades.mail.calls import (
    tell_of_application,
    tell_of_call,
    tell_of_confirmation,
    tell_of_deadline,
    tell_of_pair,
    tell_of_part,
    tell_of_reading,
)
from entrecidades.mail.circulars import send_some
from entrecidades.mail.handover import (
    tell_of_hand_over,
    tell_of_undo,
    write_hand_over,
)
from entrecidades.mail.jobs import (
    tell_of_expiry,
    tell_of_introduction,
    tell_of_message,
    tell_of_silence,
    tell_other_side,
)
from entrecidades.mail.joining import (
    tell_of_claim,
    tell_of_decided_claim,
    tell_of_invitation,
    tell_of_unattended,
    tell_of_waiting_claim,
    write_unattended,
    write_waiting_claim,
)
from entrecidades.mail.letters import write
from entrecidades.mail.meetings import tell_of_meeting
from entrecidades.mail.privacy import (
    tell_of_dormancy,
    tell_of_erasure,
    tell_of_incident,
    tell_of_request,
)
from entrecidades.mail.programmes import tell_of_declaration, tell_of_offer
from entrecidades.mail.projects import tell_of_project
from entrecidades.mail.witnesses import tell_witnesses, write_to_witness
from entrecidades.matching.jobs import open_contacts, solve_round
from entrecidades.network.jobs import delete_what_was_removed
from entrecidades.practices.jobs import expire_postings, remind_of_expiries
from entrecidades.privacy.jobs import (
    carry_out,
    clear,
    erase_dormant,
    remind_of_clocks,
    warn_dormant,
)
from entrecidades.projects.jobs import remind_of_silences as remind_of_silences_of_projects
from entrecidades.queue.services import Keeper, Outward
from entrecidades.reporting.jobs import build_edition, remind_of_declarations
from entrecidades.web.presenters.history_told import deed

KEEPERS: Mapping[str, Keeper] = {
    "accounts.tell_of_change": Outward(tell_of_change),
    "accounts.tell_of_look": Outward(tell_of_look),
    "accounts.tell_of_new_device": Outward(tell_of_new_device),
    "network.delete_what_was_removed": delete_what_was_removed,
    "practices.expire_postings": expire_postings,
    "practices.remind_of_expiries": remind_of_expiries,
    "practices.tell_of_expiry": tell_of_expiry,
    "cooperation.lapse_introductions": lapse_introductions,
    "cooperation.remind_of_silences": remind_of_silences,
    "cooperation.tell_of_introduction": tell_of_introduction,
    "cooperation.tell_of_meeting": tell_of_meeting,
    "cooperation.tell_of_message": tell_of_message,
    "cooperation.tell_of_offer": tell_of_offer,
    "cooperation.tell_of_silence": tell_of_silence,
    "cooperation.turn_meetings": turn_meetings,
    "agreements.carry_addenda_over": carry_addenda_over,
    "agreements.expire_agreements": expire_agreements,
    "agreements.look_at_file": Outward(look_at_file),
    "agreements.look_for_dormant": look_for_dormant,
    "agreements.remind_of_ends": remind_of_ends,
    "agreements.tell_of_agreement": tell_of_agreement,
    "calls.turn_calls": turn_calls,
    "calls.remind_of_deadlines": remind_of_deadlines,
    "calls.follow_pair": keep_following,
    "calls.open_contacts": open_contacts,
    "calls.solve_round": Outward(solve_round),
    "calls.tell_of_application": tell_of_application,
    "calls.tell_of_call": tell_of_call,
    "calls.tell_of_confirmation": tell_of_confirmation,
    "calls.tell_of_deadline": tell_of_deadline,
    "calls.tell_of_pair": tell_of_pair,
    "calls.tell_of_part": tell_of_part,
    "calls.tell_of_reading": tell_of_reading,
    "members.send_some": Outward(send_some),
    "projects.remind_of_silences": remind_of_silences_of_projects,
    "projects.tell_of_project": tell_of_project,
    "documents.let_go": let_go_of_documents,
    "documents.sweep": Outward(sweep_up),
    "duplicates.find_duplicates": Outward(find_duplicates),
    "exchange.apply_submission": Outward(apply_submission),
    "exchange.forget_submissions": forget_submissions,
    "exchange.read_submission": Outward(read_submission),
    "exchange.undo_some": undo_some,
    "mail.tell_witnesses": tell_witnesses,
    "privacy.carry_out": carry_out,
    "privacy.clear": clear,
    "privacy.erase_dormant": erase_dormant,
    "privacy.remind_of_clocks": remind_of_clocks,
    "privacy.tell_of_dormancy": tell_of_dormancy,
    "privacy.tell_of_erasure": tell_of_erasure,
    "privacy.tell_of_incident": tell_of_incident,
    "privacy.tell_of_request": tell_of_request,
    "privacy.warn_dormant": warn_dormant,
    "reporting.build_edition": Outward(build_edition),
    "privacy.make_edition_anew": Outward(build_edition),
    "reporting.remind_of_declarations": remind_of_declarations,
    "reporting.tell_of_declaration": tell_of_declaration,
    "handover.build_pack": Outward(partial(build_pack, deed=deed)),
    "privacy.make_pack_anew": Outward(partial(build_pack, deed=deed)),
    "handover.forget_packs": forget_old_packs,
    "handover.tell_of_hand_over": tell_of_hand_over,
    "handover.tell_of_undo": tell_of_undo,
    "mail.write_hand_over": Outward(write_hand_over),
    "mail.write": Outward(write),
    "mail.write_to_witness": Outward(write_to_witness),
    "mail.write_unattended": Outward(write_unattended),
    "mail.write_waiting_claim": Outward(write_waiting_claim),
    "network.pass_on": pass_on,
    "network.tell_of_claim": Outward(tell_of_claim),
    "network.tell_of_decided_claim": Outward(tell_of_decided_claim),
    "network.tell_of_invitation": Outward(tell_of_invitation),
    "network.tell_of_unattended": tell_of_unattended,
    "network.tell_of_waiting_claim": tell_of_waiting_claim,
    "network.tell_other_side": tell_other_side,
}

MINUTES, HOUR, DAY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)
RECURRING: Mapping[str, timedelta] = {
    "network.delete_what_was_removed": DAY,
    "practices.expire_postings": DAY,
    "practices.remind_of_expiries": DAY,
    "cooperation.lapse_introductions": DAY,
    "cooperation.remind_of_silences": DAY,
    "cooperation.turn_meetings": HOUR,
    "agreements.carry_addenda_over": DAY,
    "agreements.expire_agreements": DAY,
    "agreements.look_for_dormant": DAY,
    "agreements.remind_of_ends": DAY,
    "calls.turn_calls": MINUTES,
    "calls.remind_of_deadlines": HOUR,
    "projects.remind_of_silences": DAY,
    "reporting.remind_of_declarations": DAY,
    "privacy.clear": DAY,
    "privacy.erase_dormant": DAY,
    "privacy.remind_of_clocks": HOUR,
    "privacy.warn_dormant": DAY,
    "documents.let_go": DAY,
    "documents.sweep": HOUR,
    "duplicates.find_duplicates": DAY,
    "exchange.forget_submissions": DAY,
    "mail.tell_witnesses": DAY,
    "handover.forget_packs": HOUR,
}
