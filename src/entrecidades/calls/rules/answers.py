"""Answers: what each kind of question takes, and what is still missing from an application."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.calls.choices import AskedOf, QuestionKind
from entrecidades.calls.rules.building import LIMIT

MOST_THEMES = 3
LARGEST = Decimal(10) ** 12
Question = Mapping[str, Any]


def number_of(raw: object) -> Decimal | None:
    """What somebody typed as a number, with a point or a comma; None when it is none.

    Examples
    --------
    >>> number_of("1250,50"), number_of("much")
    (Decimal('1250.50'), None)
    """
    try:
        number = Decimal(str(raw).strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None


def limit_of(question: Question) -> int:
    """How many characters an answer may have."""
    return int(question.get("limit") or LIMIT)


def _text(value: Any, question: Question) -> str:
    """A text within its limit."""
    over = len(str(value)) - limit_of(question)
    if over > 0:
        return _("This is %(over)s characters longer than the limit.") % {"over": over}
    return ""


def _choice(value: Any, question: Question) -> str:
    """One of the answers that are offered."""
    offered = [one["key"] for one in question.get("choices") or []]
    return "" if value in offered else _("Choose one of the answers.")


def _number(value: Any, _question: Question) -> str:
    """A number."""
    return "" if number_of(value) is not None else _("Write a number.")


def _themes(value: Any, _question: Question) -> str:
    """A few themes."""
    if isinstance(value, list) and 0 < len(value) <= MOST_THEMES:
        return ""
    return _("Choose one to three themes.")


def _budget(value: Any, _question: Question) -> str:
    """An amount of money, more than nothing."""
    amount = number_of(value)
    if amount is None or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        return _("Write an amount of money, more than nothing.")
    return ""


CHECKS: dict[str, Callable[[Any, Question], str]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.PARTNER: _text,
    QuestionKind.CHOICE: _choice,
    QuestionKind.NUMBER: _number,
    QuestionKind.THEMES: _themes,
    QuestionKind.BUDGET: _budget,
}


def problem_of(question: Question, value: Any) -> str:
    """What keeps an answer from being submitted; empty when nothing does."""
    if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
        return _("This is not answered yet.") if question.get("is_required") else ""
    return CHECKS[question["kind"]](value, question)


def questions_of(questions: Sequence[Question], asked_of: AskedOf) -> list[Question]:
    """The questions that are asked of the whole, or of each side."""
    return [one for one in questions if one["asked_of"] == asked_of]


def wanted_in_all(questions: Sequence[Question], sheets: Sequence[Mapping[str, Any]]) -> Decimal:
    """How much money an application asks for: every answer to every question about money."""
    asked = [one["key"] for one in questions if one["kind"] == QuestionKind.BUDGET]
    amounts = [number_of(sheet.get(key)) for sheet in sheets for key in asked]
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
