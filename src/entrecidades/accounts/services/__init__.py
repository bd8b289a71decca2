"""Everything that may happen to an account: how it begins, what opens it, how it ends."""

from entrecidades.accounts.services.credentials import (
    change_password,
    close_account,
    deactivate,
    revoke_credentials,
    tell_of_change,
)
from entrecidades.accounts.services.looking import begin_look, end_look
from entrecidades.accounts.services.operators import (
    ask_to_remove_proofs,
    decide_nomination,
    nominate,
    require_operator,
    reset,
)
from entrecidades.accounts.services.people import (
    add_person,
    keep_address,
    set_operator,
    welcome,
)
from entrecidades.accounts.services.sign_ins import begin_sign_in, end_sign_in, note_seen

__all__ = [
    "add_person",
    "ask_to_remove_proofs",
    "begin_look",
    "begin_sign_in",
    "change_password",
    "close_account",
    "deactivate",
    "decide_nomination",
    "end_look",
    "end_sign_in",
    "keep_address",
    "nominate",
    "note_seen",
    "require_operator",
    "reset",
    "revoke_credentials",
    "set_operator",
    "tell_of_change",
    "welcome",
]
