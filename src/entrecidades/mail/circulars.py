"""Letters of an association to its members: some at a time, each handed over once.

One promise is a piece: so many letters over one connection, then a pause, so that the mail server
is not flooded and others' letters have their turn between. That a copy is on its way is noted
before it is handed over (docs/adr/0046).
"""

from datetime import timedelta

from django.core.mail import EmailMessage, get_connection

from entrecidades.kernel import clock
from entrecidades.mail.letters import MailIsAway, hand_over, message_id
from entrecidades.members.choices import CopyState
from entrecidades.members.models import Copy
from entrecidades.members.services import promise_more, settle_copy, take_copy
from entrecidades.members.tickets import stop_address, stop_ticket
from entrecidades.members.wording import composed
from entrecidades.queue.rules import NeverAgain

#: So many letters in one piece, and so long until the next: at most 120 in a minute.
PIECE, PAUSE = 20, timedelta(seconds=10)


def send_some(key: str, circular_id: int, turn: int) -> None:  # noqa: ARG001 - copies have keys
    """Send the next piece of a letter; nothing when it was stopped, or all of it has left.

    Raises
    ------
    MailIsAway
        The server took no letter now; the copy that met it waits again.
    """
    # What fails here fails before any copy is touched: the promise is tried again later.
    with get_connection() as connection:
        for _number in range(PIECE):
            copy = take_copy(circular_id=circular_id, turn=turn, at=clock.now())
            if copy is None:
                return
            state = CopyState.ON_ITS_WAY
            try:
                letter = letter_of(copy)
                letter.connection = connection
                hand_over(letter)
                state = CopyState.SENT
            except NeverAgain:
                state = CopyState.REFUSED
            except MailIsAway:
                state = CopyState.WAITING
                raise
            finally:
                # An end in mid-air (no answer to the last word) stays on its way.
                settle_copy(copy=copy, state=state, at=clock.now())
    promise_more(circular_id=circular_id, turn=turn, at=clock.now(), pause=PAUSE)


def letter_of(copy: Copy) -> EmailMessage:
    """The copy of one reader, with the door out of such letters that mail programmes show."""
    circular, reader = copy.circular, copy.person
    stop_at = stop_address(stop_ticket(circular.entity_id, reader.pk), copy.language)
    said = composed(
        subject=circular.subject,
        text=circular.text,
        association=circular.entity,
        body=copy.entity,
        lacks=copy.lacks,
        language=copy.language,
        stop_at=stop_at,
    )
    headers = {
        "Message-ID": message_id(str(copy.public_id)),
        "List-Unsubscribe": f"<{stop_at}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }
    return EmailMessage(said.subject, said.text, None, [reader.email], headers=headers)
