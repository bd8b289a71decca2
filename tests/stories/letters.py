"""The letters of a house: kept as promised, and the links they hold."""

import re

from django.core import mail

from entrecidades.config.jobs import KEEPERS
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one

LINK = re.compile(r"https?://[\w.:-]+(/\S+)")


def kept():
    """Keep every promise that waits."""
    while waiting := Job.objects.filter(state=Job.State.WAITING).order_by("due_at").first():
        keep_one(KEEPERS, now=waiting.due_at)


def last_to(address):
    """The last letter to an address."""
    kept()
    return next(one for one in reversed(mail.outbox) if one.to == [address])


def link_to(address):
    """The link in the last letter to an address."""
    return LINK.search(last_to(address).body)[1]
