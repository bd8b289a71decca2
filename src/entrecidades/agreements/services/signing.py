"""Signatures are recorded one by one; with the last one an agreement is signed."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import Act, AgreementState, AgreementStep, Stage
from entrecidades.agreements.life import (
    NotDecided,
    NotNow,
    check_missing,
)
from entrecidades.agreements.models import Agreement, Signatory
from entrecidades.agreements.selectors.life import missing_approvals, unsigned_parties
from entrecidades.agreements.services.holding import (
    hear_of,
    held_signatory,
    tell,
    tie,
    unsign,
)
from entrecidades.agreements.services.moves import SAVED, move
from entrecidades.agreements.services.moving import come_into_force
from entrecidades.audit.services import record
from entrecidades.documents.models import Document


@transaction.atomic
def record_signature(
    *,
    signatory_id: int,
    signed_on: date,
    place: str,
    by: AbstractBaseUser,
    at: datetime,
    document: Document | None = None,
) -> Agreement:
    """Record that somebody signed, when and where. The last one signs the agreement.

    With that, and with nothing else missing, it is in force.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep`, `NotNow`, `NotDecided` (a day to come, no place), or
        `NotReady` while the party's own approvals are missing.
    """
    agreement, signatory = held_signatory(signatory_id, Permission.SIGN_AGREEMENT, by, at)
    _check_may_sign(agreement, signatory, signed_on, place, on=at.date())
    tie(document)
    signatory.signed_on, signatory.place, signatory.document = signed_on, place.strip(), document
    signatory.save(update_fields=["signed_on", "place", "document"])
    record(
        Act.SIGN,
        subject=agreement,
        by=by,
        body=signatory.party.entity,
        post=signatory.post,
        signed_on=signed_on.isoformat(),
        place=signatory.place,
        document=document.pk if document else "",
    )
    event = "signature"
    # A party all of whose people have signed had its approvals; so the last one finds all there.
    if not unsigned_parties(agreement):
        party = signatory.party
        move(agreement, AgreementStep.SIGN, party=party, by=by, at=at, signatory=signatory)
        come_into_force(agreement, party=party, by=by, at=at)
        event = f"moved:{agreement.state}"
    hear_of(agreement, at, *SAVED)
    tell(agreement, event)
    return agreement


def _check_may_sign(
    agreement: Agreement, signatory: Signatory, signed_on: date, place: str, *, on: date
) -> None:
    """Refuse a signature out of time, twice, without its day or place, or without approvals."""
    if agreement.state != AgreementState.APPROVALS:
        message = _("Impossible while the agreement is “%(state)s”: %(step)s.")
        told = {"state": agreement.get_state_display(), "step": AgreementStep.SIGN.label}
        raise NotNow(message % told)
    if signatory.signed_on:
        raise NotNow(_("This signature is recorded already."))
    wrong = []
    if signed_on > on:
        wrong.append(_("Nobody has signed on a day that is still to come."))
    if not place.strip():
        wrong.append(_("Say where it was signed."))
    if wrong:
        raise NotDecided(wrong)
    check_missing(missing_approvals(agreement, [Stage.SIGNATURE], party=signatory.party), [])


@transaction.atomic
def take_signature_back(*, signatory_id: int, by: AbstractBaseUser, at: datetime) -> Agreement:
    """Take back a signature that was recorded by mistake, while others are still missing.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep`, or `NotNow` (all have signed; undo that step instead).
    """
    agreement, signatory = held_signatory(signatory_id, Permission.SIGN_AGREEMENT, by, at)
    if agreement.state != AgreementState.APPROVALS or not signatory.signed_on:
        raise NotNow(_("There is no signature that could be taken back now."))
    unsign(signatory)
    record(
        Act.UNSIGN,
        subject=agreement,
        by=by,
        body=signatory.party.entity,
        post=signatory.post,
    )
    hear_of(agreement, at)
    return agreement
