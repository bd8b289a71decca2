"""What time does to the board, a bounded number of postings at once."""

import logging
from datetime import date

from django.core.exceptions import ValidationError

from entrecidades.practices.models import Posting, PostingQuerySet
from entrecidades.practices.services import let_expire, remind_of_expiry
from entrecidades.queue.services import enqueue

# So many keep a transaction well under a second.
BATCH = 100
log = logging.getLogger(__name__)


def expire_postings(on: str, after: int = 0) -> None:
    """Let postings expire whose last day lies before a day, from a key on; more of them later."""
    day = date.fromisoformat(on)
    keys = _behind(Posting.objects.over(day), after)
    for key in keys:
        try:
            let_expire(posting_id=key, on=day)
        except ValidationError as refusal:
            # One row that an older release wrote otherwise must not keep the others back.
            log.warning("posting %s cannot expire: %s", key, " ".join(refusal.messages))
    if len(keys) == BATCH:
        enqueue("practices.expire_postings", on=on, after=keys[-1])


def remind_of_expiries(on: str, after: int = 0) -> None:
    """Remind the bodies whose postings run out soon, from a key on; more of them later."""
    day = date.fromisoformat(on)
    keys = _behind(Posting.objects.soon_over(day), after)
    for key in keys:
        remind_of_expiry(posting_id=key, on=day)
    if len(keys) == BATCH:
        enqueue("practices.remind_of_expiries", on=on, after=keys[-1])


def _behind(postings: PostingQuerySet, after: int) -> list[int]:
    """The next keys, in their order."""
    rows = postings.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])
