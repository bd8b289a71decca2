"""What the database itself refuses: traces are added, sealed once, and emptied of a person."""

WRITTEN = (
    *("id", "act", "subject", "by_id", "body_id", "about_id", "at", "facts", "changes"),
    "commitment",
)
PERSONAL, SEAL = ("salt", "personal"), ("position", "hash")
REFUSAL = "history is written once"
TABLES = ("audit_trace", "audit_head")


def _same(columns: tuple[str, ...], equals: str) -> str:
    return " AND ".join(f"NEW.{name} {equals} OLD.{name}" for name in columns)


def _allowed(equals: str) -> str:
    """The two changes a trace may undergo: being sealed, and losing its personal part."""
    seal = " AND ".join(f"OLD.{name} IS NULL AND NEW.{name} IS NOT NULL" for name in SEAL)
    gone = " AND ".join(f"NEW.{name} IS NULL" for name in PERSONAL)
    return (
        f"{_same(WRITTEN, equals)} AND ({_same(PERSONAL, equals)} AND {seal}"
        f" OR {_same(SEAL, equals)} AND {gone})"
    )


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    # REPLACE deletes the row in its way without asking a trigger for deletions.
    conditions = {
        "audit_trace BEFORE INSERT": "NEW.position IS NOT NULL OR NEW.hash IS NOT NULL"
        " OR EXISTS (SELECT 1 FROM audit_trace WHERE id = NEW.id)",
        "audit_trace BEFORE UPDATE": f"NOT ({_allowed('IS')})",
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
        "update ON audit_trace": f"NOT ({_allowed('IS NOT DISTINCT FROM')})",
        "update ON audit_head": "NEW.position <= OLD.position",
    }
    body = f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    statements = [f"CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS {body}"]
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
    return [*dropped, "DROP FUNCTION IF EXISTS audit_refuse()"]
