"""How a line of the log is written: with its incident, and without anybody's data."""

import logging
import traceback
from types import TracebackType
from typing import TypeAlias

from entrecidades.kernel.masking import last_words, masked

Failure: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Discreet(logging.Formatter):
    """Writes a line without e-mail addresses, networks, keys and quoted values of failures."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, masked; a failed request's bears the number that its reader was shown."""
        told = record.exc_text
        record.exc_text = None
        line = masked(super().format(record))
        record.exc_text = told
        incident = getattr(getattr(record, "request", None), "incident", "")
        return f"{line} [incident {incident}]" if incident else line

    def formatException(self, ei: Failure) -> str:  # noqa: N802 - the library names it
        """Where it failed, and its last words without the values they quote."""
        lines = []
        failure = ei[1]
        while failure is not None:
            where = "".join(traceback.format_tb(failure.__traceback__))
            lines.append(f"Traceback (most recent call last):\n{where}{last_words(failure)}")
            failure = failure.__cause__ or failure.__context__
        return "\n\nafter\n\n".join(lines)
