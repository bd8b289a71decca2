"""Everything that may happen to a desk, and to the packs made of it."""

from entrecidades.handover.services.desks import hand_over, pass_on, undo_hand_over
from entrecidades.handover.services.leaving import close_account, leave
from entrecidades.handover.services.packs import (
    ask_for_pack,
    fill_pack,
    forget_packs,
    note_pack,
    note_progress,
)

__all__ = [
    "ask_for_pack",
    "close_account",
    "fill_pack",
    "forget_packs",
    "hand_over",
    "leave",
    "note_pack",
    "note_progress",
    "pass_on",
    "undo_hand_over",
]
