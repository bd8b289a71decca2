"""A list of members as its keeper reads it: what is not certain, and who is named no longer."""

from collections.abc import Mapping, Sequence
from typing import Any

from entrecidades.web.presenters.imports import findings_told

#: So many open rows are answered at a time; answered, the next come up.
FIRST = 50


def open_rows(findings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The rows that somebody can answer, with whom each may be, and how many more there are."""
    ours = [one for one in findings if _is_open(one)]
    told = [
        {
            "row": one["row"],
            "name": one["value"],
            "problem": one["problem"],
            "choices": list(zip(one["keys"], one["candidates"], strict=True)),
        }
        for one in ours[:FIRST]
    ]
    return {"rows": told, "more": max(0, len(ours) - FIRST)}


def missing_told(findings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The members that the list does not name, those whose membership ends among them."""
    ours = [one for one in findings if one["sign"] == "-"]
    told = [
        {"key": one["keys"][0], "name": one["value"], "problem": one["problem"]}
        for one in ours[:FIRST]
    ]
    return {"rows": told, "more": max(0, len(ours) - FIRST)}


def rest_told(findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Everything else: problems, rows that only another list can mend, news, and remarks."""
    return findings_told([one for one in findings if one["sign"] != "-" and not _is_open(one)])


def _is_open(one: Mapping[str, Any]) -> bool:
    """Whether somebody can say who a row is."""
    return one["sign"] == "?" and bool(one.get("keys"))
