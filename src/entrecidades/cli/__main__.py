"""The ``entrecidades`` command: finds the act that was asked for and runs it."""

import argparse
import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from entrecidades.cli.errors import Stop


def build_parser() -> argparse.ArgumentParser:
    """Every command, each with its own ``--help``."""
    from entrecidades.cli.commands import COMMANDS  # noqa: PLC0415 - needs Django to be set up

    parser = argparse.ArgumentParser(
        prog="entrecidades",
        description="The open platform on which local governments of several countries cooperate.",
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; exit code 0 only on success, errors in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entrecidades.config.settings")
    django.setup()
    asked = build_parser().parse_args(argv)
    try:
        asked.run(asked)
    except Stop as stop:
        _complain(str(stop), stop.hints)
        sys.exit(stop.code)
    except ValidationError as refusal:
        _complain(" ".join(refusal.messages), [])
        sys.exit(2)
    except DatabaseError as failure:
        _complain(
            f"The database did not answer: {str(failure).strip().splitlines()[0]}",
            ["Is it running, and has `entrecidades prepare` been run?"],
        )
        sys.exit(3)
    except KeyboardInterrupt:
        _complain("Interrupted; what was finished is kept.", [])
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(sentence: str, hints: list[str]) -> None:
    """Say on stderr what is wrong and what may help."""
    sys.stderr.write(f"entrecidades: {sentence}\n")
    for hint in hints:
        sys.stderr.write(f"  {hint}\n")


if __name__ == "__main__":
    main()
