"""A full desk of Maputo, and the people around it."""

import datetime as dt

from entrecidades.accounts.roles import MandateRole
from entrecidades.cooperation.services import propose_introduction
from entrecidades.handover.selectors.desk import Desk
from entrecidades.network.choices import Confirmation, Visibility
from entrecidades.network.models import Mandate
from entrecidades.network.selectors.reading import reader_of
from entrecidades.network.services import invite
from tests.conftest import A_DAY, A_MOMENT, BEFORE, entrusted
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import (
    EntityFactory,
    MandateFactory,
    MembershipFactory,
    PartnershipFactory,
    PostFactory,
)
from tests.factories.practices import PostingFactory, PracticeFactory

SOON = A_DAY + dt.timedelta(days=40)
LONG = (
    "Cooperação descentralizada para a gestão integrada de resíduos sólidos urbanos, drenagem "
    "e requalificação de bairros informais"
)


def deed_of(trace):
    """The act by its name: words are the pages' affair."""
    return trace.act


def desk_of(body, person, at=A_MOMENT, deed=deed_of):
    """A body's desk as one of its people sees it."""
    return Desk(body, reader_of(person, on=at.date()), at, deed)


def admin_of(body, **facts):
    """Somebody who may hand over for a body."""
    return entrusted(body, role=MandateRole.ADMIN, **facts)


def mandates(person, body):
    """The roles somebody has in a body on the day."""
    held = Mandate.objects.filter(person=person, entity=body)
    return sorted(one.role for one in held if one.valid_to is None or one.valid_to >= A_DAY)


def contact(asker, asked, by):
    """A contact that somebody asked for."""
    return propose_introduction(
        asker=asker,
        asked=asked,
        broker=None,
        themes=[],
        message="How do you collect waste where no lorry can pass?",
        language="pt",
        by=by,
        at=A_MOMENT,
    )


def invitation(body, by, email="next@city.example", role=MandateRole.OFFICER):
    """Somebody invited to act for a body."""
    return invite(entity=body, role=role, email=email, language="pt", by=by, at=A_MOMENT)[0]


def fill(world, body, person):
    """One of everything on the desk of a body."""
    other = world.body("Curitiba")
    PartnershipFactory(
        one=body.seat, other=other.seat, confirmation=Confirmation.CONFIRMED, first_year=1998
    )
    group = EntityFactory(name="ANAMM", slug="anamm", country=body.country, association=True)
    MembershipFactory(member=body, group=group, valid_from=BEFORE)
    MandateFactory(entity=body, agent=group, valid_from=BEFORE, valid_to=SOON)
    PostingFactory(entity=body, title={"pt": LONG}, text={"pt": LONG}, expires_on=SOON)
    PostingFactory(entity=body, title={"pt": "Formação de técnicos"}, text={}, is_example=True)
    PostingFactory(entity=body, title={"pt": "Rascunho de uma oferta"}, text={}, state="draft")
    PracticeFactory(entity=body, title={"pt": LONG}, visibility=Visibility.ASSOCIATION)
    IntroductionFactory(asker=world.body("Seattle"), asked=body)
    contact(body, other, person)
    PostFactory(entity=body, holder=person, holder_agreed=True, valid_to=SOON)
    invitation(body, person)
