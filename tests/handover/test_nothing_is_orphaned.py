"""After any hand-overs nothing open points to somebody who acts no more; no field is forgotten."""

import datetime as dt

from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.accounts.models import Person
from entrecidades.handover.models import HandOver
from entrecidades.handover.selectors.held import HELD, mandates_now_or_later
from entrecidades.handover.services import hand_over, undo_hand_over
from entrecidades.kernel.errors import Refusal
from entrecidades.network.models import Mandate
from tests.conftest import A_DAY, A_MOMENT, BEFORE
from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import EntityFactory, PostFactory
from tests.handover.desks import invitation

#: Fields that name a person and stay: who did something, or what is her own, is no open matter.
STAYS = {
    "accounts.Look.operator": "history",
    "accounts.Look.person": "history",
    "accounts.Nomination.asked_by": "history",
    "accounts.Nomination.decided_by": "history",
    "accounts.Nomination.person": "an operator's matter, not a body's",
    "accounts.SignIn.person": "her own",
    "calls.Opening.by": "history",
    "calls.Reading.reader": "another reader is asked: a successor may have an interest",
    "agreements.Approval.settled_by": "history",
    "agreements.Consent.said_by": "history",
    "agreements.Remark.settled_by": "history",
    "agreements.Remark.written_by": "history",
    "agreements.SameMeaning.checked_by": "history",
    "agreements.Version.numbered_by": "history",
    "agreements.Signatory.person": "history",
    "exchange.Batch.by": "history",
    "exchange.Submission.by": "whoever keeps the lists goes on, and history",
    "handover.HandOver.by": "history",
    "handover.HandOver.leaver": "history",
    "handover.HandOver.undone_by": "history",
    "handover.Pack.by": "hers for a day, and only while she may have it",
    "cooperation.Message.written_by": "history",
    "documents.Document.handed_in_by": "history",
    "members.Circular.by": "history",
    "members.Copy.person": "what was sent to her",
    "members.Decline.person": "her own",
    "network.Claim.backed_by": "history",
    "network.Claim.decided_by": "history",
    "network.Claim.person": "history",
    "network.Duplicate.decided_by": "history",
    "network.Duplicate.proposed_by": "history",
    "network.Invitation.accepted_by": "history",
    "network.MailDomain.known_by": "history",
    "network.Mandate.person": "ends",
    "network.Merge.by": "history",
    "network.Merge.undone_by": "history",
    "network.Statement.said_by": "history",
    "privacy.DataRequest.decided_by": "history",
    "privacy.DataRequest.person": "her own",
    "privacy.Incident.noted_by": "history",
}
PEOPLE = st.integers(0, 3)
LATER = A_MOMENT + dt.timedelta(hours=1)


def fields_that_name_a_person():
    """Every field of the house that points to a person."""
    for model in apps.get_models():
        if model.__module__.startswith("entrecidades."):
            for field in model._meta.get_fields():
                if field.many_to_one and field.related_model is Person:
                    yield f"{model._meta.label}.{field.name}"


def test_each_field_that_names_a_person_moves_or_stays_for_a_reason():
    assert sorted(fields_that_name_a_person()) == sorted([*STAYS, *(one.key for one in HELD)])


@st.composite
def teams(draw):
    """Roles, holders of things, and what is tried one after the other; most of it succeeds."""
    some_role = st.sampled_from(["officer", "officer", "admin", None])
    roles = [(person, draw(some_role)) for person in (1, 2, 3)]
    thing = st.tuples(st.sampled_from("cpi"), PEOPLE, st.sampled_from([False, False, True]))
    things = draw(st.lists(thing, min_size=4, max_size=9))
    step = st.tuples(PEOPLE, st.integers(0, 4), st.sampled_from([0, 0, 1]), st.booleans())
    steps = draw(st.lists(step, min_size=1, max_size=4))
    return [(0, "admin"), *((person, role) for person, role in roles if role)], things, steps


def place(body, people, kind, person, is_over):
    """A contact, a post or an invitation of somebody's."""
    holder = people[person]
    if kind == "c":
        state = "declined" if is_over else "forwarded"
        IntroductionFactory(asker=body, proposed_by=holder, state=state)
    elif kind == "p":
        PostFactory(entity=body, holder=holder, valid_to=BEFORE if is_over else None)
    else:
        made = invitation(body, people[0])
        made.by, made.withdrawn_at = holder, A_MOMENT if is_over else None
        made.save()


def pointing(body, *, to_members):
    """The open records of a body that point to somebody who acts for it, or does not."""
    return {
        (one.key, row.pk)
        for one in HELD
        for row in one.of(body, A_MOMENT)
        if (holder := getattr(row, one.name))
        and mandates_now_or_later(holder, body, at=A_MOMENT).exists() is to_members
    }


def attempt(body, people, invited, step):
    """One hand-over, perhaps to the invited, perhaps undone; what is refused changes nothing."""
    leaver, to, by, undo = step
    heir = invited if to == len(people) else people[to]
    try:
        with transaction.atomic():
            done = hand_over(
                body=body,
                leaver=people[leaver],
                to=heir,
                confirmed=True,
                by=people[by],
                at=A_MOMENT,
            )
        if undo:
            with transaction.atomic():
                undo_hand_over(hand_over=done, by=people[by], at=LATER)
    except Refusal:
        return


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(teams())
def test_no_open_record_loses_somebody_who_acts(db, team):
    roles, things, steps = team
    with transaction.atomic():
        body, people = EntityFactory(), [PersonFactory() for _ in range(4)]
        for person, role in roles:
            Mandate.objects.create(
                entity=body, person=people[person], role=role, valid_from=BEFORE
            )
        invited = invitation(body, people[0])
        for kind, person, is_over in things:
            place(body, people, kind, person, is_over)
        for step in steps:
            before = pointing(body, to_members=True)
            attempt(body, people, invited, step)
            assert not before & pointing(body, to_members=False)
        admins = Mandate.objects.filter(entity=body, role="admin", valid_to=None)
        assert admins.exists()
        transaction.set_rollback(True)


def test_the_rule_sees_an_orphan(maputo, admin, colleague):
    invitation(maputo, admin)
    before = pointing(maputo, to_members=True)
    Mandate.objects.filter(person=admin).update(valid_to=A_DAY - dt.timedelta(days=1))
    assert before == pointing(maputo, to_members=False) != set()
    assert not HandOver.objects.exists()
