"""What may happen to offers and needs, one function per act."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, made_with, snapshot
from entrecidades.audit.services import record
from entrecidades.kernel.lives import next_state
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require
from entrecidades.network.services import note_change
from entrecidades.practices.choices import Act, PostingState, PostingStep, Side
from entrecidades.practices.models import Posting, Practice
from entrecidades.practices.rules import LIFE, check_forms, check_title
from entrecidades.queue.services import enqueue
from entrecidades.themes.models import Theme

#: What history tells of a posting when it begins.
TOLD = (
    *("side", "title", "text", "themes", "forms", "languages", "opens_on", "expires_on"),
    *("visibility", "embargo_until"),
)


@transaction.atomic
def post(
    *,
    entity: Entity,
    side: Side,
    themes: Iterable[Theme],
    title: Mapping[str, str],
    text: Mapping[str, str],
    forms: Iterable[str],
    languages: Iterable[str],
    opens_on: date,
    expires_on: date | None,
    visibility: Visibility,
    by: AbstractBaseUser,
    on: date,
    embargo_until: date | None = None,
) -> Posting:
    """Draft an offer or a need of a body, to be shared as said once it is published.

    Raises
    ------
    ValidationError
        When the person may not draft for the body on the day (`NotAllowed`),
        the title is empty, a form of sharing unknown, or the dates contradict
        each other; the message is for the person who asked.
    """
    require(by, Permission.DRAFT, entity, on=on)
    forms = list(forms)
    check_title(title)
    check_forms(forms)
    posting = Posting(
        entity=entity,
        side=side,
        title=dict(title),
        text=dict(text),
        forms=forms,
        languages=list(languages),
        opens_on=opens_on,
        expires_on=expires_on,
        visibility=visibility,
        embargo_until=embargo_until,
    )
    posting.full_clean()
    posting.save()
    posting.themes.set(themes)
    told = made_with(posting, *TOLD)
    record(
        Act.POST, subject=posting, by=by, body=entity, changes=told, side=side, title=posting.title
    )
    return posting


@transaction.atomic
def take_step(
    *,
    posting_id: int,
    step: PostingStep,
    by: AbstractBaseUser | None,
    on: date,
    expires_on: date | None = None,
) -> Posting:
    """Lead a posting one step on; renewing it may set a new last day.

    ``by`` is None when the house itself acts: time alone lets a posting expire.

    The row is locked before it is read, so that of two people the second is
    refused and the posting keeps one history.

    Raises
    ------
    ValidationError
        When the person may not publish for the body on the day (`NotAllowed`),
        the step is impossible now (`IllegalStep`) or the dates contradict.
    """
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting_id)
    if by is not None:
        require(by, Permission.PUBLISH, posting.entity, on=on)
    was, before = posting.state, snapshot(posting, "state", "expires_on")
    posting.state = next_state(LIFE, PostingState(posting.state), step)
    if step == PostingStep.RENEW:
        posting.expires_on = expires_on
    posting.version += 1
    posting.full_clean()
    posting.save(update_fields=["state", "expires_on", "version"])
    if posting.entity.seat:
        note_change(posting.entity.seat)
    record(
        Act.STEP,
        subject=posting,
        by=by,
        body=posting.entity if by else None,
        changes=changes_since(before, posting),
        step=step,
        was=was,
        now=posting.state,
    )
    return posting


@transaction.atomic
def let_expire(*, posting_id: int, on: date) -> bool:
    """Let a posting expire if its last day is over; False when somebody was faster.

    The row is locked before it is asked: one that was renewed meanwhile stays.
    """
    over = Posting.objects.over(on).select_for_update(of=("self",))
    if over.filter(pk=posting_id).first() is None:
        return False
    take_step(posting_id=posting_id, step=PostingStep.EXPIRE, by=None, on=on)
    return True


@transaction.atomic
def remind_of_expiry(*, posting_id: int, on: date) -> bool:
    """Promise a posting's body a letter that its last day comes, once for each last day."""
    soon = Posting.objects.soon_over(on).select_for_update(of=("self",))
    posting = soon.filter(pk=posting_id).first()
    if posting is None or posting.expires_on is None:
        return False
    posting.reminded_of = posting.expires_on
    posting.save(update_fields=["reminded_of"])
    last_day = posting.expires_on.isoformat()
    record(Act.REMIND, subject=posting, by=None, last_day=last_day)
    enqueue("practices.tell_of_expiry", posting_id=posting.pk, last_day=last_day)
    return True


@transaction.atomic
def remove_examples(*, by: AbstractBaseUser | None) -> int:
    """Remove every example practice, offer and need at once; returns how many there were."""
    postings, practices = (
        Posting.every_row.filter(is_example=True),
        Practice.every_row.filter(is_example=True),
    )
    count = postings.count() + practices.count()
    seats = {p.entity.seat for p in postings.select_related("entity__seat") if p.entity.seat}
    for posting in postings:
        record(Act.REMOVE_EXAMPLES, subject=posting, by=by, title=posting.title)
    for practice in practices:
        record(Act.REMOVE_EXAMPLES, subject=practice, by=by, title=practice.title)
    postings.delete()
    practices.delete()
    for seat in seats:
        note_change(seat)
    return count
