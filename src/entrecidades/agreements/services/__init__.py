"""Everything that may happen to an agreement, one function per act."""

from entrecidades.agreements.services.adhering import adhere
from entrecidades.agreements.services.amending import carry_over_by_now
from entrecidades.agreements.services.approving import (
    give_approval,
    reconsider_approval,
    waive_approval,
)
from entrecidades.agreements.services.bringing_in import (
    Brought,
    bring_in,
    brought_of,
    look_into,
    plan_for,
)
from entrecidades.agreements.services.looking import look_in_turn
from entrecidades.agreements.services.moving import take_agreement_step, undo_agreement_step
from entrecidades.agreements.services.opening import open_addendum, open_agreement
from entrecidades.agreements.services.papers import hand_in_paper
from entrecidades.agreements.services.preparing import (
    agree_for_party,
    drop_signatory,
    name_signatory,
    set_term,
)
from entrecidades.agreements.services.signed_files import (
    give_out,
    hand_in_signed,
    look_again,
    sign_file,
)
from entrecidades.agreements.services.signing import record_signature, take_signature_back
from entrecidades.agreements.services.text_checks import (
    agree_to_text,
    check_meaning,
    number_version,
    remark_on,
    reopen_text,
    settle_remark,
    take_check_back,
)
from entrecidades.agreements.services.texts import (
    TITLE,
    Written,
    add_clause,
    begin_text,
    move_clause,
    number_clause,
    remove_clause,
    write_clause,
)
from entrecidades.agreements.services.time import (
    call_dormant,
    hear_of_work,
    let_expire,
    reconfirm,
    remind_of_end,
)

__all__ = [
    "TITLE",
    "Brought",
    "Written",
    "add_clause",
    "adhere",
    "agree_for_party",
    "agree_to_text",
    "begin_text",
    "bring_in",
    "brought_of",
    "call_dormant",
    "carry_over_by_now",
    "check_meaning",
    "drop_signatory",
    "give_approval",
    "give_out",
    "hand_in_paper",
    "hand_in_signed",
    "hear_of_work",
    "let_expire",
    "look_again",
    "look_in_turn",
    "look_into",
    "move_clause",
    "name_signatory",
    "number_clause",
    "number_version",
    "open_addendum",
    "open_agreement",
    "plan_for",
    "reconfirm",
    "reconsider_approval",
    "record_signature",
    "remark_on",
    "remind_of_end",
    "remove_clause",
    "reopen_text",
    "set_term",
    "settle_remark",
    "sign_file",
    "take_agreement_step",
    "take_check_back",
    "take_signature_back",
    "undo_agreement_step",
    "waive_approval",
    "write_clause",
]
