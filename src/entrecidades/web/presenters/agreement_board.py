"""The board of agreements: a column for each stage, what is overdue, and the next steps."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import AgreementState
from entrecidades.agreements.life import due_reminder
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.selectors import bodies_by_right, rights_in
from entrecidades.kernel.text import pick
from entrecidades.web.presenters.agreement_steps import steps_offered

S = AgreementState
COLUMNS: tuple[tuple[AgreementState, ...], ...] = (
    (S.EXPLORATORY,),
    (S.NEGOTIATING, S.TEXT_AGREED),
    (S.APPROVALS,),
    (S.SIGNED, S.REGISTERED),
    (S.IN_FORCE, S.RENEWED),
    (S.RENEWAL_DUE, S.SUSPENDED),
    (S.EXPIRED, S.TERMINATED),
)


def _titles() -> tuple[str, ...]:
    """What the columns are called."""
    return (
        _("First ideas"),
        _("Text"),
        _("Approval and signature"),
        _("Signed, not yet in force"),
        _("In force"),
        _("To be renewed, or resting"),
        pgettext("agreements", "Ended"),
    )


def columns_told(
    agreements: Iterable[Agreement], person: Person, *, on: date
) -> list[dict[str, Any]]:
    """The columns with their cards; an empty column says so."""
    bodies = bodies_by_right(person, on=on)
    cards = [_card(one, bodies, on) for one in agreements]
    return [
        {
            "title": title,
            "cards": [card for card in cards if card["state"] in states],
        }
        for title, states in zip(_titles(), COLUMNS, strict=True)
    ]


def _card(
    agreement: Agreement, bodies: Mapping[Permission, frozenset[int]], on: date
) -> dict[str, Any]:
    """One agreement: its parties, what it waits for, and where it may go."""
    state = AgreementState(agreement.state)
    return {
        "agreement": agreement,
        "title": pick(agreement.title).words,
        "state": state,
        "marks": list(_marks(agreement, on)),
        "steps": steps_offered(agreement, rights_in(agreement, bodies)),
    }


def _marks(agreement: Agreement, on: date) -> Iterable[str]:
    """What somebody should know before she opens it."""
    if agreement.is_dormant:
        yield _("dormant")
    ends_on = agreement.ends_on if agreement.ends_by_itself else None
    if ends_on and due_reminder(ends_on, on):
        days = (ends_on - on).days
        yield _("ends in %(days)s days") % {"days": days}
