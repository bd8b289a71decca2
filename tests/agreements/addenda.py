"""Addenda that wait for their last step, for the tests of what they change."""

import datetime as dt

from entrecidades.agreements.models import Agreement
from entrecidades.agreements.selectors import Changes, bound_parties
from entrecidades.agreements.services import (
    open_addendum,
    take_agreement_step,
    undo_agreement_step,
)
from tests.conftest import A_DAY, A_MOMENT
from tests.factories.agreements import SignatoryFactory

BEGUN = dt.date(2009, 4, 1)


def signed_addendum(amended, by, **facts):
    """An addendum that all have signed, and that is to be brought into force."""
    begins = facts.pop("begins", A_DAY)
    addendum = open_addendum(
        amends=amended,
        drafter=amended.drafter,
        title={"en": "What changes"},
        changes=Changes(**facts),
        by=by,
        at=A_MOMENT,
    )
    for party in bound_parties(addendum):
        SignatoryFactory(party=party, signed_on=A_DAY, place="Maputo")
    days = {"signed_on": A_DAY, "in_force_from": begins}
    Agreement.objects.filter(pk=addendum.pk).update(state="signed", **days)
    addendum.refresh_from_db()
    return addendum


def bring_into_force(addendum, by, at=A_MOMENT):
    """Bring it into force."""
    return take_agreement_step(agreement_id=addendum.pk, step="enter_into_force", by=by, at=at)


def take_it_back(addendum, by, at=A_MOMENT):
    """Take that back."""
    return undo_agreement_step(agreement_id=addendum.pk, by=by, at=at)
