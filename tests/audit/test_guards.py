"""The database itself refuses to rewrite history, whoever asks it."""

import pytest
from django.db import DatabaseError, connection, transaction

from entrecidades.audit.choices import Kind
from entrecidades.audit.models import Head, Trace
from entrecidades.audit.selectors.chain import verify
from entrecidades.audit.triggers import guards
from tests.audit.thief import COLUMNS, FORGED, sql, write_apart
from tests.history import history_unguarded

INSERTION = (
    f"INSERT INTO audit_trace ({COLUMNS}, position, hash)"
    f" SELECT {COLUMNS}, 999, hash FROM audit_trace WHERE position = 1"
)
REPLACEMENT = f"INSERT OR REPLACE INTO audit_trace (id, {COLUMNS}) SELECT id, {COLUMNS}"
REWRITINGS = [
    *(f"UPDATE audit_trace SET {name} = {value}" for name, value in FORGED.items()),
    """UPDATE audit_trace SET apart = '{"own.email":["x",[null,"x@maputo.example"]]}'""",
    "UPDATE audit_trace SET apart = replace(apart, 'Câmara', 'Camara')",
    """UPDATE audit_trace SET apart = replace(apart, '{"', '{"facts.x":["s",1],"')""",
    """UPDATE audit_trace SET apart = replace(apart, '"own.', '"changes.')""",
    "UPDATE audit_trace SET apart = 'x'",
    "UPDATE audit_trace SET apart = '[]'",
    "UPDATE audit_trace SET apart = '{}', act = 'x'",
    "UPDATE audit_trace SET position = NULL, hash = NULL",
    "UPDATE audit_trace SET position = position + 1000",
    "UPDATE audit_trace SET id = id + 1000",
    "DELETE FROM audit_trace",
    "DELETE FROM audit_trace WHERE position = 7",
    INSERTION,
    "UPDATE audit_head SET position = position - 1",
    "UPDATE audit_head SET hash = 'x'",
    "DELETE FROM audit_head",
]
ON_ONE = {
    "sqlite": [
        f"{REPLACEMENT} FROM audit_trace",
        "INSERT OR REPLACE INTO audit_head (id, position, hash) VALUES (1, 0, 'x')",
    ],
    "postgresql": ["TRUNCATE audit_trace", "TRUNCATE audit_head"],
}


@pytest.mark.parametrize("rewriting", REWRITINGS)
def test_the_database_refuses(chain, rewriting):
    with pytest.raises(DatabaseError, match="history is written once"), transaction.atomic():
        sql(rewriting)
    assert verify().is_whole


def test_each_database_refuses_what_it_alone_can_do(chain):
    for rewriting in ON_ONE[connection.vendor]:
        with pytest.raises(DatabaseError, match="history is written once"), transaction.atomic():
            sql(rewriting)
    assert verify().is_whole


def test_the_guards_are_what_refuses(chain):
    """Without them the same words are obeyed, and the chain tells."""
    with history_unguarded():
        sql("DELETE FROM audit_trace WHERE position = 7")
    assert verify().broken.position == 7


def test_it_lets_a_part_be_taken_out_and_nothing_else_of_a_trace(chain):
    kept = Trace.objects.filter(act="accounts:person:join").first()
    write_apart(
        kept.position, {part: one for part, one in kept.apart.items() if part != "own.email"}
    )
    kept.refresh_from_db()
    assert kept.personal.keys() == {"language"}
    assert kept.taken_out == (frozenset(), {"email"})
    sql("UPDATE audit_trace SET apart = '{}'")
    assert {str(trace.apart) for trace in Trace.objects.all()} == {"{}"}
    assert Head.objects.get().position == Trace.objects.count()


FUNCTIONS = {"audit_refuse()", "audit_fewer(before"}


@pytest.mark.django_db
def test_the_guards_stand_after_every_migration():
    names = {statement.split()[2] for statement in guards(connection.vendor)} - FUNCTIONS
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    assert names <= {row[0] for row in sql(catalogue[connection.vendor])}


BYTES = {"sqlite": "CAST(x'ff' AS TEXT)", "postgresql": "chr(65533)"}


def test_bytes_that_are_no_text_are_found_too(chain):
    with history_unguarded():
        sql(f"UPDATE audit_trace SET act = {BYTES[connection.vendor]} WHERE position = 9")
    assert (verify().broken.position, verify().broken.kind) == (9, Kind.EDITED)
