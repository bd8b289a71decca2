"""How ``entrecidades pair`` answers: for people, as JSON, or as CSV."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

from entrecidades.cli.output import print_json, print_rows, say
from entrecidades.engines.pairing import Answer, LeftOver, Pair, RegionShare
from entrecidades.kernel import clock
from entrecidades.matching.pairing import Fit, why_they_fit
from entrecidades.matching.pairing_told import LEFT, proof_told
from entrecidades.matching.selectors import Subject

COLUMNS = ("first", "second", "score", "pinned", "regret", "instead", "needed")
REASONS = 3
Names = tuple[list[str], list[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with its names and, where the house has scored, its reasons."""

    answer: Answer
    names: Names
    fits: list[Fit] = field(default_factory=list)

    @classmethod
    def of(
        cls, answer: Answer, names: Names, subjects: tuple[list[Subject], list[Subject]] | None
    ) -> "Told":
        """With how every pair fits by both eyes, if it is known who is meant."""
        if subjects is None:
            return cls(answer, names)
        firsts = [subjects[0][one.row] for one in answer.pairs]
        seconds = [subjects[1][one.column] for one in answer.pairs]
        return cls(answer, names, why_they_fit(firsts, seconds, on=clock.today()))

    def row(self, one: Pair) -> dict[str, Any]:
        """A pair as programs want it."""
        firsts, seconds = self.names
        return {
            "first": firsts[one.row],
            "second": seconds[one.column],
            "score": round(one.score, 6),
            "pinned": one.pinned,
            "regret": one.regret,
            "instead": None if one.instead is None else seconds[one.instead],
            "needed": one.needed,
        }


def print_answer(told: Told, format_: str) -> None:
    """The answer; in tables and CSV its proof is told beside it, on stderr."""
    if format_ == "json":
        print_json(_whole(told))
        return
    answer = told.answer
    if format_ == "csv":
        print_rows([told.row(one) for one in answer.pairs], COLUMNS, "csv")
    else:
        _print_people(told)
    say(proof_told(answer.total, answer.bound))


def _whole(told: Told) -> dict[str, Any]:
    """Everything, for programs."""
    answer, (firsts, seconds) = told.answer, told.names
    pairs = [told.row(one) for one in answer.pairs]
    for row, fit in zip(pairs, told.fits, strict=False):
        row |= {"seen_by_first": round(fit.first, 6), "seen_by_second": round(fit.second, 6)}
        row["reasons"] = [
            {"part": one.part, "weight": round(one.weight, 4), "score": round(one.score, 6),
             "first": round(one.first, 6), "second": round(one.second, 6), "text": one.text}
            for one in fit.parts
        ]  # fmt: skip
    return {
        "total": answer.total,
        "bound": answer.bound,
        "gap": answer.gap,
        "proven": answer.proven,
        "candidates": answer.candidates,
        "pairs": pairs,
        "left": {
            "first": _left(answer.rows_left, firsts),
            "second": _left(answer.columns_left, seconds),
        },
        "regions": {
            "first": [_region(one) for one in answer.row_regions],
            "second": [_region(one) for one in answer.column_regions],
        },
    }


def _left(left: Sequence[LeftOver], names: list[str]) -> list[dict[str, str]]:
    """Those without a pair, and why."""
    return [
        {"name": names[one.index], "why": one.why.value, "text": str(LEFT[one.why])}
        for one in left
    ]


def _region(one: RegionShare) -> dict[str, Any]:
    """How a region fares."""
    return {
        "region": one.region,
        "pairs": one.pairs,
        "places": one.places,
        "least": one.least,
        "most": one.most,
    }


def _print_people(told: Told) -> None:
    """For a person: the pairs, with what their second best would cost, and who is left."""
    answer = told.answer
    if told.fits:
        _print_with_reasons(told)
    else:
        rows = [told.row(one) | {"regret": _regret(one)} for one in answer.pairs]
        print_rows(
            [{**row, "pinned": "pinned" if row["pinned"] else None} for row in rows],
            COLUMNS[:-1],
            "table",
        )
    shares = (*answer.row_regions, *answer.column_regions)
    if shares:
        print_rows(
            [_region(one) for one in shares], ("region", "pairs", "places", "least", "most"),
            "table",
        )  # fmt: skip
    for left, names in zip((answer.rows_left, answer.columns_left), told.names, strict=True):
        for one in left:
            say(f"{names[one.index]}: {LEFT[one.why]}.")


def _regret(one: Pair) -> str | None:
    """What it would cost not to make a pair, in words."""
    if one.needed:
        return "needed"
    return None if one.regret is None else f"{one.regret:,.2f}"


def _print_with_reasons(told: Told) -> None:
    """Each pair with the reasons that carry it, and its second best."""
    console = Console(highlight=False)
    for one, fit in zip(told.answer.pairs, told.fits, strict=True):
        row = told.row(one)
        pinned = "  pinned" if one.pinned else ""
        console.print(
            f"[bold]{row['first']}[/bold] – [bold]{row['second']}[/bold]  {one.score:.1f}"
            f"  (as each sees the other: {fit.first:.1f}, {fit.second:.1f}){pinned}"
        )
        for reason in fit.strongest(REASONS):
            console.print(f"       {reason.points:5.1f}  {reason.text}")
        if cost := _regret(one):
            instead = row["instead"] or "nobody"
            console.print(f"       without it {cost} less, and {instead} instead")
