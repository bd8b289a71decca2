"""What is recorded of a year, line by line, as the page of a declaration shows it."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entrecidades.kernel.amounts import money_words
from entrecidades.projects.models import BudgetLine
from entrecidades.reporting.selectors import Recorded


def recorded_told(recorded: Recorded) -> list[dict[str, Any]]:
    """Milestones that were reached, what was measured, and what was spent."""
    told: list[dict[str, Any]] = [
        {
            "words": str(one),
            "value": _("done on %(day)s")
            % {"day": date_format(one.done_on, "DATE_FORMAT") if one.done_on else ""},
        }
        for one in recorded.milestones
    ]
    told += [
        {"words": f"{one} ({one.unit})", "value": value or _("not measured in the year")}
        for one, value in recorded.indicators
    ]
    return [*told, *({"words": str(one), "value": _spent(one)} for one in recorded.lines)]


def _spent(line: BudgetLine) -> str:
    """What was planned and spent on a line."""
    amount = money_words(line.amount, line.currency)
    if line.spent is None:
        return _("%(amount)s planned; what was spent is not said") % {"amount": amount}
    said = {"amount": amount, "spent": money_words(line.spent, line.currency)}
    return _("%(amount)s planned, %(spent)s spent") % said
