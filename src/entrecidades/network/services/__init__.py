"""Everything that may happen to the bodies, their records, and those who act for them."""

from entrecidades.network.services.claims import (
    decide_claim,
    know_domain,
    prove_claim,
    start_claim,
)
from entrecidades.network.services.editing import Edited, Seen, brought_together, edit_record
from entrecidades.network.services.invitations import (
    accept_invitation,
    invite,
    name_invited,
    withdraw_invitation,
)
from entrecidades.network.services.posts import open_post
from entrecidades.network.services.register import (
    entrust,
    free_slug,
    government_of,
    name_entity,
    note_change,
    note_changes,
    register_local_government,
    share,
    take_turn,
)
from entrecidades.network.services.removing import bring_back, delete_removed, remove
from entrecidades.network.services.statements import (
    declare_partnership,
    say_of,
    tell_other_side,
)
from entrecidades.network.services.team import change_role, end_mandate
from entrecidades.network.services.unattended import note_unattended

__all__ = [
    "Edited",
    "Seen",
    "accept_invitation",
    "bring_back",
    "brought_together",
    "change_role",
    "decide_claim",
    "declare_partnership",
    "delete_removed",
    "edit_record",
    "end_mandate",
    "entrust",
    "free_slug",
    "government_of",
    "invite",
    "know_domain",
    "name_entity",
    "name_invited",
    "note_change",
    "note_changes",
    "note_unattended",
    "open_post",
    "prove_claim",
    "register_local_government",
    "remove",
    "say_of",
    "share",
    "start_claim",
    "take_turn",
    "tell_other_side",
    "withdraw_invitation",
]
