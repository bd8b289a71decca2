"""What may happen to a letter to the members, and to who wants none."""

from entrecidades.members.services.sending import (
    promise_more,
    resume_circular,
    send_circular,
    settle_copy,
    stop_circular,
    take_copy,
)
from entrecidades.members.services.writing import (
    accept_letters,
    begin_circular,
    decline_letters,
    drop_circular,
    write_circular,
)

__all__ = [
    "accept_letters",
    "begin_circular",
    "decline_letters",
    "drop_circular",
    "promise_more",
    "resume_circular",
    "send_circular",
    "settle_copy",
    "stop_circular",
    "take_copy",
    "write_circular",
]
