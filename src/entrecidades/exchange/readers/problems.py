"""What is wrong with a file, as the person who has to mend it needs to hear it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it stands, what stands there, what is wrong, what to do.

    ``row`` counts as a spreadsheet does: the header is row 1. It is 0, and
    ``column`` empty, where the whole file is meant.
    """

    row: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = [_("row %d") % self.row] if self.row else []
        where += [_("column %s") % self.column] if self.column else []
        place = ", ".join(where)
        said = f"{self.problem} “{self.value}”." if self.value else f"{self.problem}."
        return f"{place}: {said} {self.remedy}" if place else f"{said} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should know before anything is written.

    ``sign`` is ! for a problem, ? for a row that needs a person, ~ for a
    remark, + for what is new, - for what a list no longer names. ``candidates`` are the places
    or bodies a doubtful row may be, in words; ``keys`` name them to the house, as they are
    answered with.
    """

    sign: str
    fact: Problem
    candidates: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(filter(None, (self.sign, str(self.fact), " | ".join(self.candidates))))


def problem(
    text: str, remedy: str, *, row: int = 0, column: str = "", value: object = ""
) -> Problem:
    """A problem whose value is cut to what fits on a line, without signs nobody can see."""
    plain = "".join(sign if sign.isprintable() else "·" for sign in str(value)[: SHOWN + 1])
    return Problem(
        row, column[:SHOWN], plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…", text, remedy
    )
