"""How a programme stands, in pictures and in words."""

from typing import Any

from django.utils.translation import gettext as _

from entrecidades.engines.strips import Span
from entrecidades.reporting.selectors import Health
from entrecidades.web.presenters.projects import drawn


def stages_told(health: Health) -> list[dict[str, Any]]:
    """The stages with a bar each, as wide as it is to the largest."""
    words = {
        "applied": _("applications handed in"),
        "accepted": _("applications accepted"),
        "begun": _("projects begun"),
        "working": _("of them carried out, or closed"),
        "closed": _("of them closed"),
    }
    most = max(*health.stages.values(), 1)
    return [
        {
            "words": words[key],
            "count": count,
            "bar": drawn([Span(0.0, count / most, "done")] if count else []),
        }
        for key, count in health.stages.items()
    ]


def risks_told(health: Health) -> list[dict[str, Any]]:
    """The projects at risk, with what threatens each."""
    words = {
        "silent": _("silent for more than 45 days"),
        "late": _("a milestone is overdue"),
        "alone": _("without a partner"),
        "help": _("asks for help"),
        "undeclared": _("the year is not declared"),
    }
    return [
        {"project": risk.project, "why": "; ".join(words[kind] for kind in risk.kinds)}
        for risk in health.risks
    ]


def deadlines_told(health: Health) -> list[dict[str, Any]]:
    """What falls due, the next first."""
    words = {
        "opens": _("the call opens"),
        "closes": _("the call closes"),
        "decides": _("the call is decided"),
        "declares": _("last day to declare"),
        "ends": _("an agreement ends"),
        "milestone": _("a milestone is due"),
    }
    return [
        {"day": day, "what": words[kind], "of": thing, "url": thing.get_absolute_url()}
        for day, kind, thing in health.deadlines
    ]
