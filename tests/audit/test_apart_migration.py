"""A database filled before words were kept apart becomes the new one, its chain as it was."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from entrecidades.audit.choices import Act
from entrecidades.audit.models import Head, Trace
from entrecidades.audit.rules import START, canonical, commitment, link
from entrecidades.audit.selectors.chain import AT, verify
from entrecidades.audit.services import forget, record, seal
from entrecidades.audit.triggers import lifts
from tests.audit.thief import sql
from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SALT = "5a" * 32
ERASED = 990_001
#: What the database refused then, as far as the columns are named that are so no more.
OLD_GUARD = {
    "sqlite": (
        (
            "CREATE TRIGGER audit_trace_update BEFORE UPDATE ON audit_trace WHEN NEW.facts IS NOT"
            " OLD.facts OR NEW.salt IS NOT OLD.salt AND NEW.salt IS NOT NULL"
            " BEGIN SELECT RAISE(ABORT, 'history is written once'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'history is written once'; END $$"
        ),
        (
            "CREATE TRIGGER audit_trace_update BEFORE UPDATE ON audit_trace FOR EACH ROW WHEN"
            " (NEW.facts IS DISTINCT FROM OLD.facts OR NEW.salt IS DISTINCT FROM OLD.salt"
            " AND NEW.salt IS NOT NULL) EXECUTE FUNCTION audit_refuse()"
        ),
    ),
}


def to(name):
    """Bring history's tables to where they stood at a migration."""
    executor = MigrationExecutor(connection)
    executor.migrate([("audit", name)])


def take_away():
    """History's tables, and the memory of their migrations."""
    with connection.schema_editor() as editor:
        for statement in lifts(connection.vendor):
            editor.execute(statement)
        for table in ("audit_trace", "audit_head"):
            editor.execute(f"DROP TABLE IF EXISTS {table}")
    MigrationRecorder(connection).migration_qs.filter(app="audit").delete()


def rewrite(column):
    sql(f"UPDATE audit_trace SET {column} = {column} || 'x'")


@pytest.fixture
def old():
    """A database of before, guarded as it was."""
    take_away()
    to("0003_body_index")
    for statement in OLD_GUARD[connection.vendor]:
        sql(statement)
    yield
    take_away()
    to("0004_apart")


def add(act, *, about=None, own=None, gone=False, changes=None, **facts):
    """A trace as the house left it then: a person's own values in two columns of their own."""
    told = canonical(own) if own else None
    kept = (None, None) if gone else (SALT if own else None, told)
    columns = {
        "act": act,
        "subject": "network.Entity:7",
        "by_id": 3,
        "body_id": None,
        "about_id": about,
        "at": dt.datetime(2026, 11, 25, 8, 30, tzinfo=dt.UTC),
        "facts": canonical(facts),
        "changes": canonical(changes or {}),
        "commitment": commitment(SALT, own) if own else "",
        "salt": kept[0],
        "personal": kept[1],
    }
    marks = ", ".join(["%s"] * len(columns))
    sql(f"INSERT INTO audit_trace ({', '.join(columns)}) VALUES ({marks})", *columns.values())


def seal_as_then(leave_open):
    """Tie what was written into the chain, but for the last few."""
    told = f"act, subject, by_id, body_id, about_id, {AT[connection.vendor]}"
    rows = sql(f"SELECT id, {told}, facts, changes, commitment FROM audit_trace ORDER BY id")
    digest = START
    for position, (pk, *content) in enumerate(rows[: len(rows) - leave_open], start=1):
        digest = link(digest, position, content)
        sql("UPDATE audit_trace SET position = %s, hash = %s WHERE id = %s", position, digest, pk)
    position = len(rows) - leave_open
    sql("INSERT INTO audit_head (id, position, hash) VALUES (1, %s, %s)", position, digest)
    return position, digest


@pytest.fixture
def filled(old, monkeypatch):
    """Acts of all kinds, more than are set apart at once; what was published of the chain."""
    module = import_module("entrecidades.audit.migrations.0004_apart")
    monkeypatch.setattr(module, "AT_ONCE", 3)
    person = PersonFactory(email="ana@são.example")
    for number in range(8):
        own = {"email": [None, f"{number}@são.example"], "phone": ["", "+258 84"]}
        add("accounts:person:join", about=person.pk, own=own, changes={"language": ["", "pt"]})
        add("network:entity:edit", changes={"name": ["Câmara", "Câmara de “Maputo”"]}, n=number)
    add("accounts:person:join", about=ERASED, own={"email": [None, "x@y.example"]}, gone=True)
    add(Act.FORGET, about=ERASED, traces=1)
    add("network:entity:edit", changes={"name": ["a", "b"]})
    add("accounts:person:edit", about=person.pk, own={"email": ["0@são.example", "a@b.example"]})
    return person, seal_as_then(leave_open=2)


def test_the_chain_of_before_verifies_and_goes_on(filled):
    _person, published = filled
    to("0004_apart")
    verdict = verify(heads=[published])
    assert (verdict.is_whole, verdict.position, verdict.waiting) == (True, 18, 2)
    assert seal() == 2
    record("a:b:c", subject=PersonFactory(), by=None, words="Two words")
    assert (verify(heads=[published]).is_whole, verify().position) == (True, 21)


def test_every_word_is_told_as_before(filled):
    person, _published = filled
    to("0004_apart")
    first, second = Trace.objects.order_by("pk")[:2]
    assert first.personal == {"email": [None, "0@são.example"], "phone": ["", "+258 84"]}
    assert (first.about_id, first.changes) == (person.pk, {"language": ["", "pt"]})
    assert second.changes == {"name": ["Câmara", "Câmara de “Maputo”"]}
    assert (second.facts, second.apart) == ({"n": 0}, {})
    assert Trace.objects.get(about_id=ERASED, commitment__gt="").personal == {}


def test_who_is_erased_afterwards_is_gone_and_the_chain_whole(filled):
    person, published = filled
    to("0004_apart")
    seal()
    assert forget(person=person, by=None) == 9
    seal()
    hers = Trace.objects.filter(about_id=person.pk)
    assert [trace.personal for trace in hers if trace.personal] == []
    assert sql("SELECT count(*) FROM audit_trace WHERE apart LIKE '%%são%%'") == [(0,)]
    assert verify(heads=[published]).is_whole


def test_the_guards_stand_before_and_after(filled):
    for name, columns in (
        ("0003_body_index", ("facts",)),
        ("0004_apart", ("sealed_facts", "apart", "commitment")),
    ):
        to(name)
        for column in columns:
            with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
                rewrite(column)


def test_a_value_that_was_forged_before_is_found_after(filled):
    with connection.schema_editor() as editor:
        for statement in lifts(connection.vendor):
            editor.execute(statement)
    sql("UPDATE audit_trace SET personal = replace(personal, '4@', '5@')")
    to("0004_apart")
    assert (verify().broken.position, Head.objects.get().position) == (9, 18)
