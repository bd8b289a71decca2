"""A person is erased from history: nothing of hers is left, and the chain stays whole."""

import pytest
from django.utils.crypto import get_random_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.accounts.services import add_person
from entrecidades.audit.models import Trace
from entrecidades.audit.rules import canonical
from entrecidades.audit.selectors.chain import verify
from entrecidades.audit.services import NobodyConcerned, forget, record, seal
from tests.audit.thief import sql
from tests.factories.cooperation import IntroductionFactory

HERS = {"email": "amelia.canary@maputo.example", "name": "Amélia Canary", "language": "pt"}


def everything_written():
    """Every value of every trace, as the database holds it."""
    return " ".join(str(value) for row in sql("SELECT * FROM audit_trace") for value in row)


@pytest.fixture
def amelia(chain):
    person = add_person(**HERS, password=get_random_string(20))
    seal()
    return person


def test_her_values_are_kept_beside_the_chain(amelia):
    trace = Trace.objects.get(about_id=amelia.pk)
    assert trace.personal["email"] == [None, HERS["email"]]
    assert (trace.changes, len(trace.salt), len(trace.commitment)) == ({}, 64, 64)
    assert "argon2" not in everything_written()


def test_she_is_forgotten_and_the_chain_holds(amelia, officer):
    assert forget(person=amelia, by=officer) == 1
    amelia.delete()
    seal()
    told = everything_written()
    assert [value for value in (HERS["email"], HERS["name"], "Canary") if value in told] == []
    assert verify().is_whole
    last = Trace.objects.last()
    assert (last.act, last.by_id, last.facts) == (
        "audit:person:forget",
        officer.pk,
        {"traces": 1},
    )


def test_others_stay_as_they_were(amelia):
    before = Trace.objects.exclude(personal=None).count()
    forget(person=amelia, by=None)
    assert Trace.objects.exclude(personal=None).count() == before - 1


def test_a_commitment_tells_nothing_without_its_salt(chain):
    """The same words of two people leave different commitments."""
    one, other = Trace.objects.exclude(personal=None)[:2]
    assert one.personal["language"] == other.personal["language"]
    assert one.commitment != other.commitment


def test_personal_values_need_the_person_they_are_about(db, officer):
    letter = IntroductionFactory()
    changes = {"message": (None, "Ask for me, Amélia")}
    with pytest.raises(NobodyConcerned):
        record("a:b:c", subject=letter, by=officer, changes=changes)
    trace = record("a:b:c", subject=letter, by=officer, changes=changes, about=officer)
    assert (trace.changes, trace.personal) == ({}, changes)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(facts=st.dictionaries(st.text(), values), mine=values)
def test_whatever_is_told_is_kept_as_told_and_can_be_forgotten(officer, facts, mine):
    changes = {"name": (None, mine)}
    trace = record("a:b:c", subject=officer, by=None, changes=changes)
    Trace.objects.filter(pk=trace.pk).get()
    record(
        "a:b:d", subject=officer, by=None, **{f"x{name}": value for name, value in facts.items()}
    )
    seal()
    kept = Trace.objects.get(pk=trace.pk)
    assert canonical(kept.personal) == canonical(changes)
    assert verify().is_whole
    forget(person=officer, by=None)
    seal()
    assert verify().is_whole
