"""Everything that may happen to an agreement, one function per act."""

from entrecidades.agreements.services.opening import open_addendum, open_agreement
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

__all__ = [
    "TITLE",
    "Written",
    "add_clause",
    "agree_to_text",
    "begin_text",
    "check_meaning",
    "move_clause",
    "number_clause",
    "number_version",
    "open_addendum",
    "open_agreement",
    "remark_on",
    "remove_clause",
    "reopen_text",
    "settle_remark",
    "take_check_back",
    "write_clause",
]
