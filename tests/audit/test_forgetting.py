"""A person is erased from history: nothing of hers is left, and the chain stays whole."""

from hashlib import sha256

import pytest
from django.utils.crypto import get_random_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.accounts.services import add_person
from entrecidades.audit import services
from entrecidades.audit.choices import Act, Kind
from entrecidades.audit.models import Trace
from entrecidades.audit.rules import canonical, promised
from entrecidades.audit.selectors.chain import verify
from entrecidades.audit.services import NobodyConcerned, forget, forget_words, record, seal
from tests.audit.thief import sql, write_apart
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
    assert trace.changes == {}
    salts = {salt for salt, _value in trace.apart.values()}
    assert {len(salt) for salt in salts} == {64}
    assert len(salts) == len(promised(trace.commitment)) == len(trace.personal)
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
    others = Trace.objects.exclude(about_id=amelia.pk).exclude(act=Act.FORGET)
    before = list(others.values_list("pk", "apart"))
    forget(person=amelia, by=None)
    assert list(others.values_list("pk", "apart")) == before


def test_a_commitment_tells_nothing_without_its_salt(chain):
    """The same words of two people leave different commitments."""
    one, other = Trace.objects.filter(act="accounts:person:join")[:2]
    assert one.personal["language"] == other.personal["language"]
    first, second = (promised(trace.commitment)["own.language"] for trace in (one, other))
    assert first != second


def test_personal_values_need_the_person_they_are_about(db, officer):
    letter = IntroductionFactory()
    changes = {"message": (None, "Ask for me, Amélia")}
    with pytest.raises(NobodyConcerned):
        record("a:b:c", subject=letter, by=officer, changes=changes)
    trace = record("a:b:c", subject=letter, by=officer, changes=changes, about=officer)
    assert (trace.changes, trace.personal) == ({}, {"message": [None, "Ask for me, Amélia"]})


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


@pytest.fixture
def named(maputo, officer):
    """A trace of a colleague whose words name Amélia in one field of three, and one reason."""
    changes = {
        "title": ("Praças vivas", "Praças de Amélia Canary"),
        "summary": ("", "Sombra e água"),
        "state": ("draft", "published"),
    }
    trace = record(
        "a:b:c", subject=maputo, by=officer, changes=changes, reason="So says\nAmélia Canary."
    )
    seal()
    return Trace.objects.get(pk=trace.pk)


def naming(value):
    return "Amélia Canary" in str(value)


def test_words_are_kept_apart_and_codes_are_sealed(named):
    assert named.sealed_changes == {"state": ["draft", "published"]}
    assert named.sealed_facts == {}
    assert named.changes.keys() == {"title", "summary", "state"}
    assert named.facts == {"reason": "So says\nAmélia Canary."}


def test_only_the_part_that_names_her_goes(named, officer):
    void = promised(named.commitment)
    assert forget_words(within=[named], naming=naming, person=officer, by=None) == 2
    seal()
    left = Trace.objects.get(pk=named.pk)
    assert left.changes == {"summary": ["", "Sombra e água"], "state": ["draft", "published"]}
    assert (left.facts, left.taken_out) == ({}, (frozenset({"title"}), frozenset()))
    assert "Canary" not in everything_written()
    assert verify().is_whole
    told = Trace.objects.get(act=Act.FORGET_WORDS).facts["void"]
    assert set(told) == {void["changes.title"], void["facts.reason"]}


def test_an_erasure_excuses_no_other_words(named, officer):
    forget_words(within=[named], naming=naming, person=officer, by=None)
    seal()
    write_apart(named.position, {})
    found = verify().broken
    assert (found.position, found.kind) == (named.position, Kind.BLOTTED)


def test_many_words_are_told_in_several_lines(maputo, officer, monkeypatch):
    monkeypatch.setattr(services, "VOIDED", 2)
    for number in range(5):
        record("a:b:c", subject=maputo, by=None, reason=f"Amélia Canary {number}")
    forget_words(within=Trace.objects.all(), naming=naming, person=officer, by=None)
    seal()
    told = [trace.facts["void"] for trace in Trace.objects.filter(act=Act.FORGET_WORDS)]
    assert [len(void) for void in told] == [2, 2, 1]
    assert verify().is_whole


def test_a_trace_from_before_words_were_apart_is_proved_and_forgotten(chain, officer):
    """One commitment over all of a person's own values, as audit.0002 kept it."""
    own, salt = {"email": [None, "old@são.example"]}, "ab" * 32
    old = Trace.objects.create(
        act="a:b:c",
        subject="x",
        about_id=officer.pk,
        commitment=sha256(f"{salt}\n{canonical(own)}".encode()).hexdigest(),
        apart={"own": [salt, own]},
    )
    seal()
    assert verify().is_whole
    assert Trace.objects.get(pk=old.pk).personal == own
    forget(person=officer, by=None)
    seal()
    assert "old@" not in everything_written()
    assert verify().is_whole
