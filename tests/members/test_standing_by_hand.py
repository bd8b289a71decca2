"""Whatever members do, the numbers of their page are those one counts by hand."""

import datetime as dt
from dataclasses import dataclass
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.audit.services import record
from entrecidades.calls.choices import Act as CallAct
from entrecidades.members.selectors import members_of
from entrecidades.network.choices import Act, Visibility
from entrecidades.network.selectors import reader_for
from entrecidades.web.presenters.members import completeness_told, silence_told, stats_told
from tests.conftest import A_DAY, A_MOMENT, BEFORE
from tests.factories.accounts import PersonFactory
from tests.factories.network import (
    EntityFactory,
    MandateFactory,
    MembershipFactory,
    PostFactory,
)
from tests.factories.practices import PostingFactory, PracticeFactory

pytestmark = pytest.mark.django_db
LAST = A_DAY - dt.timedelta(days=1)
SHARED = {"no": None, "private": Visibility.PRIVATE, "association": Visibility.ASSOCIATION}
SHARED |= {"public": Visibility.PUBLIC, "draft": Visibility.PUBLIC}
SEEN = {"association", "public"}
#: Who acts for a body: a role, since before; or somebody who cannot mend its profile any more.
PEOPLE = ["nobody", "technician", "officer", "closed account", "former officer"]
OFFICES = ["none", "without an address", "with an address", "closed"]
ACTS = ["edit", "fresh", "posting", "stranger"]


@dataclass(frozen=True)
class Life:
    """What a member has, and what was done, by how many days ago."""

    website: bool
    languages: bool
    people: str
    office: str
    posting: str
    practice: str
    acts: tuple[tuple[str, int], ...]


LIVES = st.builds(
    Life,
    st.booleans(),
    st.booleans(),
    st.sampled_from(PEOPLE),
    st.sampled_from(OFFICES),
    st.sampled_from([*SHARED]),
    st.sampled_from([*SHARED]),
    st.lists(
        st.tuples(
            st.sampled_from(ACTS),
            st.sampled_from([0, 1, 29, 30, 31, 89, 90, 91, 180, 181, 364, 365, 366, 900]),
        ),
        max_size=3,
    ).map(tuple),
)


def live(life, association):
    """A member that lives so."""
    body = EntityFactory(
        website="https://city.example" if life.website else "",
        languages=["it"] if life.languages else [],
    )
    MembershipFactory(member=body, group=association)
    if life.people != "nobody":
        person = PersonFactory(is_active=life.people != "closed account")
        MandateFactory(
            entity=body,
            person=person,
            role="technician" if life.people == "technician" else "officer",
            valid_from=BEFORE,
            valid_to=LAST if life.people == "former officer" else None,
        )
    if life.office != "none":
        PostFactory(
            entity=body,
            contact_email="" if life.office == "without an address" else "o@city.example",
            valid_to=LAST if life.office == "closed" else None,
        )
    act(life, body)
    return body


def act(life, body):
    """What a member publishes, and what is done by it and to it."""
    made = {}
    for factory, said in ((PostingFactory, life.posting), (PracticeFactory, life.practice)):
        if said != "no":
            state = "draft" if said == "draft" else "published"
            made[factory] = factory(entity=body, state=state, visibility=SHARED[said])
    for done, days in life.acts:
        about = made.get(PostingFactory) if done == "posting" else body
        if about is not None:
            by = EntityFactory() if done == "stranger" else body
            said = CallAct.FRESH if done == "fresh" else Act.EDIT
            moment = A_MOMENT - dt.timedelta(days=days)
            with mock.patch("django.utils.timezone.now", return_value=moment):
                record(said, subject=about, by=None, body=by)


def lacks_by_hand(life):
    looked = [days for act, days in life.acts if act in {"edit", "fresh"}]
    there = {
        "people": life.people == "officer",
        "fresh": bool(looked) and min(looked) <= 365,
        "website": life.website,
        "languages": life.languages,
        "office": life.office == "with an address",
        "posting": life.posting in SEEN,
        "practice": life.practice in SEEN,
    }
    return [name for name, is_there in there.items() if not is_there]


def silence_by_hand(life):
    heard = [days for act, days in life.acts if act in {"edit", "fresh"}]
    if life.posting in SEEN:
        heard += [days for act, days in life.acts if act == "posting"]
    return min(heard, default=None)


def numbers(told, name):
    return [int(str(one[name])) for one in told]


def assert_counted(found, lacks, silences):
    """The counters and both pictures of the page."""
    quiet = sum(silent is None or silent >= 90 for silent in silences)
    claimed = sum("people" not in some for some in lacks)
    complete = sum(not some for some in lacks)
    assert numbers(stats_told(found), "value") == [len(found), claimed, complete, quiet]
    names = ("people", "fresh", "website", "languages", "office", "posting", "practice")
    gaps = [sum(name in some for some in lacks) for name in names]
    assert numbers(completeness_told(found), "count") == gaps
    edges = [(0, 30), (31, 90), (91, 180), (181, 365), (366, 10_000)]
    told = [s for s in silences if s is not None]
    counted = [sum(first <= s <= last for s in told) for first, last in edges]
    assert numbers(silence_told(found), "count") == [*counted, silences.count(None)]


@given(lives=st.lists(LIVES, min_size=1, max_size=4))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_numbers_are_those_one_counts_by_hand(anci, lives):
    with transaction.atomic():
        bodies = [live(life, anci) for life in lives]
        found = members_of(anci, reader=reader_for(anci, on=A_DAY), by=None)
        transaction.set_rollback(True)
    by_key = {one.key: one for one in found}
    assert {*by_key} == {body.pk for body in bodies}
    lacks, silences = [*map(lacks_by_hand, lives)], [*map(silence_by_hand, lives)]
    for body, lacking, silent in zip(bodies, lacks, silences, strict=True):
        one = by_key[body.pk]
        assert [*map(str, one.lacks)] == lacking
        assert (one.has, one.is_claimed) == (7 - len(lacking), "people" not in lacking)
        assert one.silent == silent
        assert one.heard_on == (None if silent is None else A_DAY - dt.timedelta(days=silent))
    assert_counted(found, lacks, silences)
