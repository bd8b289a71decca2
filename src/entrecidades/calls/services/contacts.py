"""First contacts follow from published pairs: asked for in one act, opened piece by piece."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.services import record
from entrecidades.calls.choices import Act
from entrecidades.calls.models import Opening, Pair
from entrecidades.calls.rules.pairing import NothingToOpen
from entrecidades.calls.selectors.contacts import pairs_to_open, pairs_waiting
from entrecidades.calls.services.rounds import held
from entrecidades.cooperation.rules import NotACounterpart
from entrecidades.cooperation.services import convene_introduction
from entrecidades.network.models import Entity
from entrecidades.queue.services import enqueue
from entrecidades.themes.models import Theme


@transaction.atomic
def ask_contacts(
    *,
    round_id: int,
    pairs: Collection[int],
    message: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
) -> Opening:
    """Promise a first contact for each of some pairs, all in the same words.

    A pair for which somebody has done so meanwhile is passed over: its contact is opened once.

    Raises
    ------
    NotAllowed
        When the person does not run the round.
    NothingToOpen
        When each of them has its contact, or is a pair no longer.
    """
    row, body = held(round_id, by, at)
    chosen = list(pairs_to_open(row).filter(pk__in=pairs).values_list("pk", flat=True))
    if not chosen:
        raise NothingToOpen(_("The first contacts of these pairs are opened already."))
    opening = Opening(
        round=row,
        entity=body,
        message=message.strip(),
        language=language,
        count=len(chosen),
        by_id=by.pk,
        asked_at=at,
    )
    opening.full_clean()
    opening.save()
    Pair.objects.filter(pk__in=chosen).update(opening=opening)
    record(Act.OPEN_CONTACTS, subject=row, by=by, body=body, opening=opening.pk, count=len(chosen))
    enqueue("calls.open_contacts", opening_id=opening.pk)
    return opening


@transaction.atomic
def open_contacts(*, opening_id: int, themes: Mapping[int, Sequence[Theme]], at: datetime) -> None:
    """Open the first contacts of those pairs of which themes are told, and promise the rest.

    Whoever is interrupted has opened none of them, and whoever comes again finds those that are
    open already.
    """
    rows = Opening.objects.select_for_update(of=("self",)).select_related("entity", "by")
    opening = rows.filter(pk=opening_id, ended_at=None).first()
    if opening is None:
        return
    some = pairs_waiting(opening).filter(pk__in=themes)
    pairs = list(
        some.select_related("first__entity", "second__entity").select_for_update(of=("self",))
    )
    _hold_bodies(pairs)
    for pair in pairs:
        _open(opening, pair, themes[pair.pk], at)
    if pairs_waiting(opening).exists():
        enqueue("calls.open_contacts", opening_id=opening.pk)
    else:
        # Each contact has the words now: there is no reason to keep them a second time.
        opening.ended_at, opening.message = at, ""
        opening.save(update_fields=["ended_at", "message"])


def _hold_bodies(pairs: Sequence[Pair]) -> None:
    """Hold the bodies of all pairs at once, in the order in which officers who ask hold theirs."""
    keys = {key for one in pairs for key in (one.first.entity_id, one.second.entity_id)}
    list(Entity.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))


def _open(opening: Opening, pair: Pair, themes: Sequence[Theme], at: datetime) -> None:
    """Open the first contact of a pair, or note the one in which the two are already."""
    try:
        pair.introduction = convene_introduction(
            first=pair.first.entity,
            second=pair.second.entity,
            broker=opening.entity,
            themes=themes,
            message=opening.message,
            language=opening.language,
            by=opening.by,
            at=at,
        )
    except NotACounterpart:  # its country was corrected since it was chosen
        pair.opening = None
    pair.save(update_fields=["introduction", "opening"])
