"""The address to which one reader answers one message for one body, and no other.

It is the mailbox of the setting ``ANSWERS_AT`` with a ticket behind a plus sign (RFC 5233):
three numbers in base 36 and 80 bits of a keyed hash of them. Mail servers may write it in
capitals, and the part before the at sign has room for 64 letters (RFC 5321).
"""

import re
from base64 import b32encode
from dataclasses import astuple, dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

SALT = "entrecidades.mail.answers"
TICKET = re.compile(r"([0-9a-z]{1,12})-([0-9a-z]{1,12})-([0-9a-z]{1,12})-([a-z2-7]{16})")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What may be answered: a message, for which body, by whom; each by its key."""

    message: int
    entity: int
    person: int


def address_of(ticket: Ticket) -> str:
    """Where the answer goes; nowhere (``""``) where the instance takes no answers by mail."""
    if not settings.ANSWERS_AT:
        return ""
    mailbox, host = settings.ANSWERS_AT.rsplit("@", 1)
    told = "-".join(map(int_to_base36, astuple(ticket)))
    return f"{mailbox}+{told}-{_sign(told, settings.SECRET_KEY)}@{host}"


def ticket_at(address: str) -> Ticket | None:
    """The ticket in an address that this instance gave out; None for any other address."""
    if not settings.ANSWERS_AT:
        return None
    ours, host = settings.ANSWERS_AT.lower().rsplit("@", 1)
    mailbox, _at, at_host = address.strip().lower().rpartition("@")
    found = TICKET.fullmatch(mailbox.removeprefix(f"{ours}+"))
    if not found or not mailbox.startswith(f"{ours}+") or at_host != host:
        return None
    told, _dash, sign = found[0].rpartition("-")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(sign, _sign(told, key)) for key in keys):
        return None
    return Ticket(*(base36_to_int(one) for one in found.groups()[:3]))


def _sign(told: str, key: str | bytes) -> str:
    """Eighty bits that nobody makes without the key, in letters of one case."""
    digest = salted_hmac(SALT, told, secret=key, algorithm="sha256").digest()
    return b32encode(digest[:10]).decode().lower()
