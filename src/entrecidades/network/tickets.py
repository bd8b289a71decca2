"""What links and codes of invitations and claims are made of: no copy of the database opens one.

A link is signed, not stored; a code is stored as a keyed hash. Whether either still holds is
said by the row it leads to.
"""

import secrets
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

# Letters that sound and look alike in none of our languages, read aloud or typed.
LETTERS = "ACDEFHJKLMNPRTUVWXYZ"
HALF = 4
INVITATION, INVITED, CLAIM = "invitation", "invited", "claim"


def ticket(kind: str, public_id: UUID, email: str = "") -> str:
    """The end of a link that leads to one row, and, with an address, proves who got it."""
    return signing.dumps([str(public_id), email], salt=f"entrecidades.{kind}")


def read_ticket(kind: str, text: str) -> tuple[UUID, str] | None:
    """The row and the address of a link; nothing when it was not made by this house."""
    try:
        public_id, email = signing.loads(text, salt=f"entrecidades.{kind}")
        return UUID(public_id), str(email)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def new_code() -> str:
    """Two groups of four letters, such as ``HKTW-AXMC``."""
    halves = ("".join(secrets.choice(LETTERS) for _ in range(HALF)) for _ in range(2))
    return "-".join(halves)


def hash_of(code: str) -> str:
    """What is kept of a code, however it was typed.

    Examples
    --------
    >>> hash_of(" hktw axmc ") == hash_of("HKTW-AXMC")
    True
    """
    letters = "".join(sign for sign in code.upper() if sign.isalpha())
    return salted_hmac("entrecidades.code", letters, algorithm="sha256").hexdigest()
