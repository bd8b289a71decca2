"""What is written before an agreement is signed: who signs, for how long, and who agrees to it."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import Act, AgreementState, PartyRole
from entrecidades.agreements.life import IN_THE_MAKING, NotDecided, NotNow, NotReady, check_term
from entrecidades.agreements.models import Agreement, Party, Signatory, Text
from entrecidades.agreements.services.holding import (
    check_speaks,
    hear_of,
    held,
    held_signatory,
    speaking_for,
    tell,
)
from entrecidades.agreements.services.moving import go_on_with_the_text
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record


@transaction.atomic
def name_signatory(
    *, party: Party, name: str, post: str, power: str, by: AbstractBaseUser, at: datetime
) -> Signatory:
    """Say who signs for a party: her name, her office, and by which power the office may.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep`, `NotNow` (it is signed), or an empty name, office or power.
    """
    agreement = held(party.agreement_id)
    check_speaks(party, Permission.DRAFT_AGREEMENT, by, at)
    _check_in_the_making(agreement)
    wanted = {_("name"): name, _("office"): post, _("legal basis of the power to sign"): power}
    if empty := [words for words, said in wanted.items() if not said.strip()]:
        raise NotDecided([_("Say this of who signs: %(what)s.") % {"what": one} for one in empty])
    signatory = Signatory(party=party, name=name.strip(), post=post.strip(), power=power.strip())
    signatory.full_clean()
    signatory.save()
    record(
        Act.NAME_SIGNATORY,
        subject=agreement,
        by=by,
        body=party.entity,
        post=signatory.post,
        power=signatory.power,
    )
    hear_of(agreement, at)
    return signatory


@transaction.atomic
def drop_signatory(*, signatory_id: int, by: AbstractBaseUser, at: datetime) -> None:
    """Somebody does not sign for a party, after all.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep`, or `NotNow` (she has signed).
    """
    agreement, signatory = held_signatory(signatory_id, Permission.DRAFT_AGREEMENT, by, at)
    _check_in_the_making(agreement)
    if signatory.signed_on:
        raise NotNow(_("She has signed. Take the signature back first."))
    party, post = signatory.party, signatory.post
    signatory.delete()
    record(Act.DROP_SIGNATORY, subject=agreement, by=by, body=party.entity, post=post)
    hear_of(agreement, at)


@transaction.atomic
def set_term(
    *,
    agreement_id: int,
    in_force_from: date | None,
    ends_on: date | None,
    by: AbstractBaseUser,
    at: datetime,
) -> Agreement:
    """Say from when to when an agreement is to bind; without a first day, from when it may.

    The last day of an addendum is the new one of what it amends.

    Raises
    ------
    ValidationError
        `NotYourStep`, `NotNow` (it is signed; renew it instead), or `NotDecided`.
    """
    agreement = held(agreement_id)
    party = speaking_for(agreement, Permission.DRAFT_AGREEMENT, by, at)
    _check_in_the_making(agreement)
    check_term(in_force_from, ends_on)
    if agreement.amends:
        check_term(agreement.amends.in_force_from, ends_on)
    before = snapshot(agreement, "in_force_from", "ends_on")
    agreement.in_force_from, agreement.ends_on = in_force_from, ends_on
    hear_of(agreement, at, "in_force_from", "ends_on")
    record(
        Act.SET_TERM,
        subject=agreement,
        by=by,
        body=party.entity,
        changes=changes_since(before, agreement),
    )
    return agreement


@transaction.atomic
def agree_for_party(*, party: Party, by: AbstractBaseUser, at: datetime) -> Agreement:
    """A party agrees to a text that is kept elsewhere; once all have, the agreement goes on.

    Of a text that is written here a version is agreed to (`agree_to_text`), which leads on.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep`, or `NotNow`.
    """
    agreement = held(party.agreement_id)
    check_speaks(party, Permission.DRAFT_AGREEMENT, by, at)
    fresh = Party.objects.select_related("entity").get(pk=party.pk)
    if agreement.state != AgreementState.NEGOTIATING or fresh.agreed_at:
        raise NotNow(_("There is no text to which this party could agree now."))
    text = Text.objects.filter(agreement=agreement).first()
    if text and text.agreed_id is None:
        raise NotReady(_("Say yes to a version of the text; once all parties have, it goes on."))
    fresh.agreed_at = at
    fresh.save(update_fields=["agreed_at"])
    record(Act.AGREE, subject=agreement, by=by, body=fresh.entity)
    waiting = agreement.parties.filter(role=PartyRole.PARTY, agreed_at=None)
    if text or not waiting.exists():
        go_on_with_the_text(agreement, party=fresh, by=by, at=at)
    else:
        hear_of(agreement, at)
        tell(agreement, "agreed")
    return agreement


def _check_in_the_making(agreement: Agreement) -> None:
    """Refuse to write what is signed."""
    if agreement.state not in IN_THE_MAKING:
        raise NotNow(_("The agreement is signed, or has ended; this stays as it is."))
