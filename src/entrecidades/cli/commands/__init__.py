"""The commands, one module each: ``register`` declares it, its ``run`` carries it out."""

from entrecidades.cli.commands import (
    duplicates,
    examples,
    imports,
    jobs,
    manage,
    match,
    match_eval,
    pair,
    person,
    prepare,
    receive,
    serve,
    snapshot,
    verify_audit,
    work,
)

COMMANDS = (
    prepare,
    serve,
    match,
    match_eval,
    pair,
    imports,
    person,
    duplicates,
    examples,
    snapshot,
    verify_audit,
    work,
    receive,
    jobs,
    manage,
)
