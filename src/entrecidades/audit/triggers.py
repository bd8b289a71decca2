"""What the database refuses of history: anything but adding, sealing once, and forgetting."""

WRITTEN = (
    *("id", "act", "subject", "by_id", "body_id", "about_id", "at"),
    *("sealed_facts", "sealed_changes", "commitment"),
)
APART, SEAL = ("apart",), ("position", "hash")
REFUSAL = "history is written once"
FEWER = "audit_fewer(OLD.apart, NEW.apart)"
TABLES = ("audit_trace", "audit_head")


def _same(columns: tuple[str, ...], equals: str) -> str:
    return " AND ".join(f"NEW.{name} {equals} OLD.{name}" for name in columns)


def _allowed(equals: str, fewer: str) -> str:
    """The two changes a trace may undergo: being sealed, and losing parts of what is apart."""
    seal = " AND ".join(f"OLD.{name} IS NULL AND NEW.{name} IS NOT NULL" for name in SEAL)
    return (
        f"{_same(WRITTEN, equals)} AND ({_same(APART, equals)} AND {seal}"
        f" OR {_same(SEAL, equals)} AND {fewer})"
    )


def _fewer(new: str, old: str, each: str, same: str) -> str:
    """Whether every part of the one is a part of the other, letter for letter."""
    among = f"SELECT 1 FROM {each}({old}) AS was WHERE was.key = part.key AND {same}"  # noqa: S608 - our own words
    return f"NOT EXISTS (SELECT 1 FROM {each}({new}) AS part WHERE NOT EXISTS ({among}))"  # noqa: S608


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    fewer = _fewer("NEW.apart", "OLD.apart", "json_each", "was.value IS part.value")
    # What is no JSON has no parts to look at, and is refused like anything else.
    is_told = "json_valid(NEW.apart) AND json_type(NEW.apart) = 'object'"
    fewer = f"CASE WHEN {is_told} THEN {fewer} ELSE FALSE END"
    # REPLACE deletes the row in its way without asking a trigger for deletions.
    conditions = {
        "audit_trace BEFORE INSERT": "NEW.position IS NOT NULL OR NEW.hash IS NOT NULL"
        " OR EXISTS (SELECT 1 FROM audit_trace WHERE id = NEW.id)",
        "audit_trace BEFORE UPDATE": f"NOT ({_allowed('IS', fewer)})",
        "audit_trace BEFORE DELETE": "TRUE",
        "audit_head BEFORE INSERT": "EXISTS (SELECT 1 FROM audit_head)",
        "audit_head BEFORE UPDATE": "NEW.position <= OLD.position",
        "audit_head BEFORE DELETE": "TRUE",
    }
    statements = []
    for where, condition in conditions.items():
        table, _before, event = where.split()
        name = f"{table}_{event.lower()}"
        when = f"BEFORE {event} ON {table} WHEN {condition}"
        statements.append(f"CREATE TRIGGER {name} {when} {refuse}")
    return statements


def _postgresql() -> list[str]:
    refuse = "EXECUTE FUNCTION audit_refuse()"
    rows = {
        "insert ON audit_trace": "NEW.position IS NOT NULL OR NEW.hash IS NOT NULL",
        "update ON audit_trace": f"NOT ({_allowed('IS NOT DISTINCT FROM', FEWER)})",
        "update ON audit_head": "NEW.position <= OLD.position",
    }
    body = f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    # A condition of a trigger may ask no table and no list of parts; a function in it may.
    fewer = _fewer("now::json", "before::json", "json_each", "was.value::text = part.value::text")
    look = f"$$ BEGIN RETURN {fewer}; EXCEPTION WHEN OTHERS THEN RETURN FALSE; END $$"
    signature = "audit_fewer(before text, now text)"
    statements = [
        f"CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE FUNCTION {signature} RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS {look}",
    ]
    for where, condition in rows.items():
        event, _on, table = where.split()
        when = f"BEFORE {where} FOR EACH ROW WHEN ({condition})"
        statements.append(f"CREATE TRIGGER {table}_{event} {when} {refuse}")
    for table in TABLES:
        for event in ("delete", "truncate"):
            when = f"BEFORE {event} ON {table} FOR EACH STATEMENT"
            statements.append(f"CREATE TRIGGER {table}_{event} {when} {refuse}")
    return statements


def guards(vendor: str) -> list[str]:
    """The statements that set the guards in a database."""
    return {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]()


def lifts(vendor: str) -> list[str]:
    """The statements that take the guards away."""
    events = ("insert", "update", "delete", "truncate")
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_{one}" for table in TABLES for one in events]
    dropped = [
        f"DROP TRIGGER IF EXISTS {table}_{one} ON {table}" for table in TABLES for one in events
    ]
    functions = ("audit_refuse()", "audit_fewer(text, text)")
    return [*dropped, *(f"DROP FUNCTION IF EXISTS {one}" for one in functions)]
