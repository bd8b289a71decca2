"""Somebody with the database's password: every way to rewrite history, by raw SQL.

Each trick takes a chain's length and a random source, and returns the positions
at which the break may be named and what may be said of it.
"""

import json

from django.db import connection

from entrecidades.audit.choices import Kind
from entrecidades.audit.rules import canonical, link
from entrecidades.audit.selectors.chain import content_columns

FORGED = {
    "act": "'network:entity:forged'",
    "subject": "'network.Entity:999999'",
    "by_id": "coalesce(by_id, 0) + 1",
    "body_id": "coalesce(body_id, 0) + 1",
    "about_id": "coalesce(about_id, 0) + 1",
    "at": "'2001-01-01 00:00:00+00:00'",
    "sealed_facts": """'{"forged":true}'""",
    "sealed_changes": """'{"state":["draft","forged"]}'""",
    "commitment": f"'{'a' * 64}'",
    "hash": f"'{'b' * 64}'",
}
COLUMNS = (
    "act, subject, by_id, body_id, about_id, at, sealed_facts, sealed_changes, commitment, apart"
)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def edit(length, chance):
    """Write another value into one column."""
    at, column = chance.randint(1, length), chance.choice(sorted(FORGED))
    sql(f"UPDATE audit_trace SET {column} = {FORGED[column]} WHERE position = %s", at)
    return {at}, {Kind.EDITED}


def edit_and_reckon(length, chance):
    """Edit a trace and reckon its hash anew: the next one does not follow any more."""
    at = chance.randint(1, length)
    sql("UPDATE audit_trace SET act = 'forged' WHERE position = %s", at)
    before = sql("SELECT hash FROM audit_trace WHERE position = %s", at - 1) or [("0" * 64,)]
    row = sql(f"SELECT {content_columns()} FROM audit_trace WHERE position = %s", at)
    digest = link(before[0][0], at, row[0])
    sql("UPDATE audit_trace SET hash = %s WHERE position = %s", digest, at)
    return {min(at + 1, length)}, {Kind.EDITED}


def delete(length, chance):
    """Take a trace out."""
    at = chance.randint(1, length)
    sql("DELETE FROM audit_trace WHERE position = %s", at)
    return {at}, {Kind.CUT if at == length else Kind.DELETED}


def shift(since, by):
    """Move every trace from a position on; twice, as no two may meet on the way."""
    sql("UPDATE audit_trace SET position = -position WHERE position >= %s", since)
    sql("UPDATE audit_trace SET position = -position + %s WHERE position < 0", by)


def delete_and_close_up(length, chance):
    """Take a trace out and number the others as if it had never been."""
    at = chance.randint(1, length - 2)
    sql("DELETE FROM audit_trace WHERE position = %s", at)
    shift(at + 1, -1)
    return {at}, {Kind.DELETED}


def swap(length, chance):
    """Exchange the places of two traces, with their hashes or without."""
    one, other = sorted(chance.sample(range(1, length + 1), 2))
    keep_hashes = chance.random() < 0.5
    first, second = (
        sql("SELECT id, hash FROM audit_trace WHERE position = %s", at)[0] for at in (one, other)
    )
    sql("UPDATE audit_trace SET position = -1 WHERE id = %s", first[0])
    sql("UPDATE audit_trace SET position = %s WHERE id = %s", one, second[0])
    sql("UPDATE audit_trace SET position = %s WHERE id = %s", other, first[0])
    if keep_hashes:
        sql("UPDATE audit_trace SET hash = %s WHERE id = %s", first[1], second[0])
        sql("UPDATE audit_trace SET hash = %s WHERE id = %s", second[1], first[0])
    return {one}, {Kind.MOVED}


def insert(length, chance):
    """Put a forged trace between others, or behind the last."""
    at = chance.randint(1, length + 1)
    shift(at, 1)
    query = "SELECT 'forged', subject, by_id, body_id, about_id, at, sealed_facts,"
    query += " sealed_changes, '', '{}'"
    sql(
        f"INSERT INTO audit_trace ({COLUMNS}, position, hash) {query}, %s, %s"
        " FROM audit_trace WHERE position = 1 OR position = 2 ORDER BY position LIMIT 1",
        at,
        "c" * 64,
    )
    return {at}, {Kind.MOVED}


def cut(length, chance):
    """Take the end away."""
    at = chance.randint(1, length)
    sql("DELETE FROM audit_trace WHERE position >= %s", at)
    return {at}, {Kind.CUT}


def cut_and_cover(length, chance):
    """Take the end away and set the head back: only who has seen the head can know."""
    at = chance.randint(2, length)
    sql("DELETE FROM audit_trace WHERE position >= %s", at)
    sql(
        "UPDATE audit_head SET position = %s, hash ="
        " (SELECT hash FROM audit_trace WHERE position = %s)",
        at - 1,
        at - 1,
    )
    return {at}, {Kind.CUT}


def rewrite(length, chance):
    """Edit a trace and reckon every hash since, and the head: a chain that holds, but another."""
    at = chance.randint(1, length)
    sql("UPDATE audit_trace SET act = 'forged' WHERE position = %s", at)
    digest = "0" * 64
    for position, *row in sql(
        f"SELECT position, {content_columns()} FROM audit_trace ORDER BY position"
    ):
        digest = link(digest, position, row)
        sql("UPDATE audit_trace SET hash = %s WHERE position = %s", digest, position)
    sql("UPDATE audit_head SET hash = %s", digest)
    return {length}, {Kind.REWRITTEN}


def told_apart(chance, kind="own"):
    """A trace that keeps somebody's own values, or words, apart: its position, and all parts."""
    found = sql(
        "SELECT position, apart FROM audit_trace WHERE apart LIKE %s ORDER BY position",
        f'%"{kind}.%',
    )
    position, apart = chance.choice(found)
    return position, json.loads(apart)


def write_apart(position, apart):
    sql("UPDATE audit_trace SET apart = %s WHERE position = %s", canonical(apart), position)


def edit_apart(_length, chance):
    """Put other words into a part, or another salt beside it."""
    at, apart = told_apart(chance, chance.choice(["own", "changes"]))
    apart[chance.choice(sorted(apart))][chance.randrange(2)] = "forged"
    write_apart(at, apart)
    return {at}, {Kind.EDITED}


def break_apart(_length, chance):
    """Write something that is no list of parts."""
    at, _apart = told_apart(chance)
    sql("UPDATE audit_trace SET apart = %s WHERE position = %s", chance.choice(["x", "[]"]), at)
    return {at}, {Kind.EDITED}


def slip_in(_length, chance):
    """Add a part to which nobody committed."""
    at, apart = told_apart(chance, chance.choice(["own", "changes"]))
    write_apart(at, apart | {"facts.forged": ["salt", "She said so."]})
    return {at}, {Kind.EDITED}


def exchange_words(_length, chance):
    """Give two traces each other's words."""
    (one, first), (other, second) = told_apart(chance, "changes"), told_apart(chance, "changes")
    if one == other:
        return edit_apart(_length, chance)
    write_apart(one, second)
    write_apart(other, first)
    return {min(one, other)}, {Kind.EDITED}


def blot(_length, chance):
    """Take out somebody's own values, or words, though nobody asked for it."""
    at, apart = told_apart(chance, chance.choice(["own", "changes"]))
    del apart[chance.choice(sorted(apart))]
    write_apart(at, apart)
    return {at}, {Kind.BLOTTED}


TRICKS = [
    *(edit, edit_and_reckon, delete, delete_and_close_up, swap, insert, cut),
    *(edit_apart, break_apart, slip_in, exchange_words, blot),
]
COVERED = [cut_and_cover, rewrite]
