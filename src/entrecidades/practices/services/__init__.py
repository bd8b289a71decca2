"""Everything that may happen to practices and to the board, one function per act."""

from entrecidades.practices.services.board import (
    let_expire,
    post,
    remind_of_expiry,
    remove_examples,
    take_step,
)
from entrecidades.practices.services.evidence import hide_document, show_document
from entrecidades.practices.services.practices import take_practice_step, write_practice

__all__ = [
    "hide_document",
    "let_expire",
    "post",
    "remind_of_expiry",
    "remove_examples",
    "show_document",
    "take_practice_step",
    "take_step",
    "write_practice",
]
