"""What the tests of joining share."""

import datetime as dt

from entrecidades.accounts.roles import MandateRole
from entrecidades.network.services import invite
from tests.conftest import A_MOMENT, BEFORE
from tests.factories.accounts import PersonFactory
from tests.factories.network import MandateFactory

LATER = A_MOMENT + dt.timedelta(days=14)


def holding_role(entity, role, **facts):
    """A person who holds a role in a body since before the day."""
    person = PersonFactory(**facts)
    MandateFactory(entity=entity, person=person, role=role, valid_from=BEFORE)
    return person


def invited(entity, by, email="", role=MandateRole.OFFICER, at=A_MOMENT):
    """An invitation and its code."""
    return invite(entity=entity, role=role, email=email, language="pt", by=by, at=at)
