"""PDF files: PDF/A-2a for archives, PDF/UA-1 for those who are read to."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from entrecidades.engines.typeface import shown


def typeset(template: Path, facts: dict[str, Any]) -> bytes:
    """A file from its facts, which the template reads as JSON; the same facts are the same bytes.

    Texts are values and never commands, whatever stands in them. Only the typefaces that the
    typesetter brings are used, so that it looks alike on every machine.
    """
    import typst  # noqa: PLC0415 - 80 MB, wanted only by those who make a file

    told = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return typst.compile(
        _read(template),
        sys_inputs={"facts": told},
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],
    )


def printable(facts: Any) -> Any:
    """The same facts with printable texts (`typeface.shown`).

    Examples
    --------
    >>> printable({"names": ["北京", "Łódź"], "pages": 2})
    {'names': ['□□', 'Łódź'], 'pages': 2}
    """
    if isinstance(facts, dict):
        return {name: printable(one) for name, one in facts.items()}
    if isinstance(facts, list):
        return [printable(one) for one in facts]
    return shown(facts) if isinstance(facts, str) else facts


@cache
def _read(template: Path) -> bytes:
    """A template, read once."""
    return template.read_bytes()
