"""What every act on an agreement begins and ends with: its row held, people asked, news."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.life import NotYourStep
from entrecidades.agreements.models import Agreement, Party, Signatory
from entrecidades.agreements.selectors.life import parties_with
from entrecidades.documents.models import Document
from entrecidades.documents.services import bind, release
from entrecidades.network.selectors import require
from entrecidades.queue.services import enqueue


def held(agreement_id: int) -> Agreement:
    """An agreement whose row is locked: who acts on it at the same time waits."""
    return Agreement.objects.select_for_update(of=("self",)).get(pk=agreement_id)


def speaking_for(
    agreement: Agreement, permission: Permission, by: AbstractBaseUser, at: datetime
) -> Party:
    """The bound party for which somebody acts; the first one where she may act for several.

    Raises
    ------
    NotYourStep
        She may do this for none of them.
    """
    parties = parties_with(agreement, by, permission, on=at.date())
    if not parties:
        message = _("This is for people of a party to do who may: %(act)s.")
        raise NotYourStep(message % {"act": permission.label})
    return parties[0]


def check_speaks(party: Party, permission: Permission, by: AbstractBaseUser, at: datetime) -> None:
    """Refuse unless somebody may do this for a party, and the party is bound."""
    require(by, permission, party.entity, on=at.date())
    if not party.is_bound:
        raise NotYourStep(_("A body that only accompanies the agreement does not do this."))


def hear_of(agreement: Agreement, at: datetime, *touched: str) -> None:
    """Save what an act changed of an agreement; something has happened, so it is not dormant."""
    agreement.version += 1
    agreement.heard_at, agreement.is_dormant = at, False
    agreement.save(update_fields=["version", "heard_at", "is_dormant", *touched])


def tie(document: Document | None) -> None:
    """A document of which an agreement speaks stays with it."""
    if document is not None:
        bind(document)


def untie(document: Document | None) -> None:
    """What an agreement no longer speaks of is its body's alone again."""
    if document is not None:
        release(document)


def unsign(signatory: Signatory) -> None:
    """Somebody has not signed, after all."""
    untie(signatory.document)
    signatory.signed_on, signatory.place, signatory.document = None, "", None
    signatory.save(update_fields=["signed_on", "place", "document"])


def tell(agreement: Agreement, event: str) -> None:
    """Promise the parties a letter about what happened."""
    enqueue("agreements.tell_of_agreement", agreement_id=agreement.pk, event=event)


def held_signatory(
    signatory_id: int, permission: Permission, by: AbstractBaseUser, at: datetime
) -> tuple[Agreement, Signatory]:
    """A signatory, her agreement's row held, for somebody who may do this for her party."""
    rows = Signatory.objects.select_related("party__entity", "document")
    agreement = held(rows.get(pk=signatory_id).party.agreement_id)
    signatory = rows.get(pk=signatory_id)
    check_speaks(signatory.party, permission, by, at)
    return agreement, signatory
