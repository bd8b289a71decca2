"""Who coordinates a programme: a body is asked, answers, and may leave; none does so unasked."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.cooperation.choices import Act, OfferState, OfferStep
from entrecidades.cooperation.models import Coordination, CoordinationOffer
from entrecidades.cooperation.rules import (
    ANSWERS,
    OFFER_LIFE,
    AlreadyCoordinates,
    LastCoordinator,
)
from entrecidades.cooperation.selectors import require_runner
from entrecidades.cooperation.services.programmes import held_programme
from entrecidades.kernel.lives import next_state
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require
from entrecidades.queue.services import enqueue


@transaction.atomic
def ask_coordinator(
    *, programme_id: int, entity: Entity, by: AbstractBaseUser, at: datetime
) -> CoordinationOffer:
    """Ask a body to coordinate a programme for its country, and promise it a letter.

    Raises
    ------
    ValidationError
        `NotAllowed`; `AlreadyCoordinates` when it coordinates the programme or is asked already.
    """
    programme = held_programme(programme_id)
    body = require_runner(by, programme, on=at.date())
    known = programme.offers.filter(entity=entity, state=OfferState.ASKED).exists()
    if known or programme.coordinations.filter(entity=entity).exists():
        told = _("%(name)s coordinates the programme, or is asked to already.")
        raise AlreadyCoordinates(told % {"name": entity.name_in()})
    offer = CoordinationOffer(programme=programme, entity=entity, asked_at=at)
    offer.full_clean()
    offer.save()
    record(Act.OFFER, subject=programme, by=by, body=body, offered=entity.pk)
    enqueue("cooperation.tell_of_offer", offer_id=offer.pk)
    return offer


@transaction.atomic
def answer_offer(
    *, offer_id: int, step: OfferStep, by: AbstractBaseUser, at: datetime
) -> CoordinationOffer:
    """Accept or decline to coordinate, or take the offer back.

    Raises
    ------
    ValidationError
        `NotAllowed`, or `IllegalStep` when it was answered already.
    """
    offer = CoordinationOffer.objects.select_related("entity").get(pk=offer_id)
    programme = held_programme(offer.programme_id)
    offer.refresh_from_db(fields=["state"])
    if step in ANSWERS:
        body = offer.entity
        require(by, Permission.CALL_RUN, body, on=at.date())
    else:
        body = require_runner(by, programme, on=at.date())
    before = snapshot(offer, "state")
    offer.state = next_state(OFFER_LIFE, OfferState(offer.state), step)
    offer.answered_at = at
    offer.save(update_fields=["state", "answered_at"])
    if step == OfferStep.ACCEPT:
        Coordination.objects.get_or_create(
            programme=programme, entity=offer.entity, country_id=offer.entity.country_id
        )
    changes = changes_since(before, offer)
    offered = offer.entity_id
    record(
        Act.STEP_OFFER,
        subject=programme,
        by=by,
        body=body,
        changes=changes,
        step=step,
        offered=offered,
    )
    return offer


@transaction.atomic
def leave_programme(*, programme_id: int, entity: Entity, by: AbstractBaseUser, on: date) -> None:
    """A body coordinates a programme no longer; the last one stays.

    Raises
    ------
    ValidationError
        `NotAllowed`; `LastCoordinator` when nobody else would be left.
    """
    require(by, Permission.CALL_RUN, entity, on=on)
    programme = held_programme(programme_id)
    mine = programme.coordinations.filter(entity=entity)
    if not mine.exists():
        return
    if not programme.coordinations.exclude(entity=entity).exists():
        raise LastCoordinator(_("Nobody else coordinates the programme: ask another body first."))
    mine.delete()
    record(Act.LEAVE, subject=programme, by=by, body=entity, left=entity.pk)
