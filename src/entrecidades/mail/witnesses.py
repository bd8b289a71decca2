"""The daily letter to mailboxes outside: where the chain of history ends.

Whoever has such a letter can find out later whether history was rewritten. A
witness is told by her place in the setting, so that no address is kept.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from entrecidades.audit.selectors.history import head
from entrecidades.mail.letters import hand_over, message_id
from entrecidades.queue.services import enqueue

#: What an operator types to have the whole chain checked.
CHECK = "entrecidades verify-audit"


def tell_witnesses(on: str) -> None:
    """Promise each witness a letter with the head of the day; none before anything was done."""
    now = head()
    if now.position:
        for witness in range(len(settings.AUDIT_WITNESSES)):
            enqueue("mail.write_to_witness", witness=witness, head=str(now), on=on)


def write_to_witness(key: str, witness: int, head: str, on: str) -> None:
    """Write to one witness, unless she is one no longer.

    Raises
    ------
    NeverAgain
        The server refused this mailbox for good.
    MailIsAway
        It refused for now.
    """
    if witness >= len(settings.AUDIT_WITNESSES):
        return
    facts = {
        "head": head,
        "on": on,
        "site": settings.PUBLIC_URL,
        "command": f"{CHECK} --head {head}",
    }
    subject = render_to_string("mail/witness_subject.txt", facts)
    body = render_to_string("mail/witness.txt", facts)
    headers = {"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"}
    to = [settings.AUDIT_WITNESSES[witness]]
    hand_over(EmailMessage(" ".join(subject.split()), body, None, to, headers=headers))
