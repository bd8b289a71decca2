"""Leaving without a successor for the role: a colleague takes what waits in the same step."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.services import close_account as end_account
from entrecidades.handover.models import HandOver
from entrecidades.handover.rules import NobodyFollows
from entrecidades.handover.selectors.held import mandates_now_or_later
from entrecidades.handover.selectors.leaving import Left, bodies_left, left_by, left_with
from entrecidades.handover.services.desks import hand_over, tell_of_hand_over
from entrecidades.handover.services.moving import as_it_was, end_mandates, move_all
from entrecidades.network.models import Mandate
from entrecidades.network.selectors.rights import may
from entrecidades.network.services import end_mandate, note_unattended, take_turn


@transaction.atomic
def leave(*, mandate: Mandate, to: Person | None, by: Person, at: datetime) -> HandOver | None:
    """A mandate ends; if it was her last in the body, what waits for her goes to a colleague.

    The colleague keeps her own role and is given no other. Nobody is asked for when nothing
    waits, or when nobody stays who could take it.

    Raises
    ------
    NobodyFollows
        Something waits, and no colleague was chosen who can take it.
    NotAllowed
        It is not hers, and she may not invite for the body.
    LastAdmin
        Nobody would be left who can invite.
    """
    take_turn(mandate.entity)
    left = left_with(mandate, at=at)
    done = _give(left, to, by=by, at=at) if left and left.needs_heir else None
    end_mandate(mandate=mandate, by=by, at=at)
    return done


@transaction.atomic
def close_account(*, person: Person, heirs: Mapping[int, Person], at: datetime) -> list[HandOver]:
    """Somebody closes her account, and nothing that waits for her is left to nobody.

    ``heirs`` names a colleague for each body, by the body's key. Where she may hand over the
    desk, her roles go to the colleague too, as in a hand-over. A body in which no colleague
    is left is handed back: she cannot be kept, so its association and the operators are told.

    Raises
    ------
    NobodyFollows
        Something waits in a body, or she alone can invite for it, and no colleague was chosen.
    """
    done = []
    for body in bodies_left(person, at=at):
        take_turn(body)
        left = left_by(person, body, at=at)
        if not left.needs_successor:
            continue
        heir = _checked(left, heirs.get(body.pk))
        if may(person, Permission.HAND_OVER, body, on=at.date()):
            done.append(
                hand_over(body=body, leaver=person, to=heir, confirmed=True, by=person, at=at)
            )
        else:
            done.append(_give(left, heir, by=person, at=at))
            end_mandates(person=person, body=body, at=at)
    for body in note_unattended(person=person, by=person, at=at):
        end_mandates(person=person, body=body, at=at)
    end_account(person=person, by=person, at=at)
    return done


def _checked(left: Left, heir: Person | None) -> Person:
    """The colleague, if she is one who can take it."""
    if heir is None or heir not in left.colleagues:
        said = {"name": left.leaver, "body": left.body.name_in()}
        raise NobodyFollows(
            _("Choose who follows at %(body)s for what waits for %(name)s.") % said
        )
    return heir


def _give(left: Left, heir: Person | None, *, by: Person, at: datetime) -> HandOver:
    """All that waits for her in the body waits for the colleague; nothing else changes."""
    keeper = _checked(left, heir)
    ended = [as_it_was(one) for one in mandates_now_or_later(left.leaver, left.body, at=at)]
    moved = move_all(leaver=left.leaver, to=keeper, body=left.body, at=at)
    done = HandOver.objects.create(
        entity=left.body,
        leaver=left.leaver,
        kept_by=keeper,
        by=by,
        made_at=at,
        ended=ended,
        moved=moved,
    )
    tell_of_hand_over(done, by=by)
    return done
