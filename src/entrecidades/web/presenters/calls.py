"""What the pages of a call say: its steps and days, who may apply, and its builder."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from entrecidades.calls.choices import ApplicationState, CallState
from entrecidades.calls.models import Call
from entrecidades.calls.rules.building import missing_in, problems_of
from entrecidades.kernel.amounts import money_words
from entrecidades.kernel.text import pick
from entrecidades.network.choices import Tier
from entrecidades.network.clocks import elsewhere
from entrecidades.network.countries import clock_city, country_name, language_name
from entrecidades.network.models import Entity

#: The way of a call that is not cancelled.
WAY = (
    CallState.PUBLISHED,
    CallState.OPEN,
    CallState.CLOSED,
    CallState.EVALUATED,
    CallState.DECIDED,
)


def zone_words(call: Call) -> str:
    """The city by whose clock the call's moments are told."""
    return clock_city(call.clock.key, get_language())


def moment(call: Call, at: datetime | None) -> str:
    """A moment by the call's clock, with the clock said; a dash where it is not set."""
    if at is None:
        return "–"
    return f"{date_format(at.astimezone(call.clock), 'DATETIME_FORMAT')} ({zone_words(call)})"


def moment_for(call: Call, at: datetime | None, bodies: Iterable[Entity]) -> str:
    """A moment by the call's clock, and by the clocks of bodies where they show another hour."""
    told = [moment(call, at)]
    if at is None:
        return told[0]
    for there, body in elsewhere(at, call.clock, bodies):
        told.append(f"{date_format(there, 'DATETIME_FORMAT')} ({body.name_in()})")
    return " = ".join(told)


def state_now(call: Call, at: datetime) -> CallState:
    """The state that the call's window says, even if nobody has turned it yet."""
    if call.is_taking(at):
        return CallState.OPEN
    late = call.closes_at is not None and at >= call.closes_at
    if late and call.state in {CallState.PUBLISHED, CallState.OPEN}:
        return CallState.CLOSED
    return CallState(call.state)


def stages_of(call: Call, at: datetime) -> list[dict[str, Any]]:
    """How far the call has come, as the line of stages shows it."""
    now = state_now(call, at)
    here = WAY.index(now) if now in WAY else -1
    return [
        {"words": state.label, "is_past": number < here, "is_here": number == here}
        for number, state in enumerate(WAY)
    ]


def calendar_of(call: Call) -> list[dict[str, Any]]:
    """The days of a call, in their order."""
    days = [
        (moment(call, call.opens_at), _("The call opens"), call.opens_at),
        (moment(call, call.closes_at), _("Last moment to submit"), call.closes_at),
        (_day(call.reads_until), _("Applications have been read"), call.reads_until),
        (_day(call.decides_on), _("Decisions are published"), call.decides_on),
    ]
    return [{"when": when, "title": title} for when, title, known in days if known]


def _day(day: Any) -> str:
    """A day as the reader writes it."""
    return str(date_format(day, "DATE_FORMAT")) if day else ""


def rules_of(call: Call) -> list[dict[str, Any]]:
    """Who may apply and for how much, as facts; every rule that is checked is said."""
    said, here = call.eligibility, get_language()
    facts = [
        (_("Who applies"), _who(call)),
        (_("Countries"), ", ".join(country_name(c, here) for c in said.get("countries") or [])),
        (_("Tiers"), ", ".join(str(Tier(one).label) for one in said.get("tiers") or [])),
        (_("Members of"), _group(said.get("member_of"))),
        (_("Profile"), _fresh(said.get("profile_days"))),
        (_("Reports"), _("none is overdue") if said.get("report_filed") else ""),
        (_("At most"), _ceiling(call)),
        (_("Accepted"), _accepted(call)),
        (_("Languages"), ", ".join(language_name(code, here) for code in call.languages)),
    ]
    return [{"words": words, "value": value} for words, value in facts if value]


def _who(call: Call) -> str:
    """Whether bodies apply alone, and how often."""
    who = (
        _("bodies of at least two countries together")
        if call.is_joint
        else _("each body by itself, or with partners")
    )
    often = ngettext(
        "up to %(n)s application each", "up to %(n)s applications each", call.per_body
    )
    return f"{who}; {often % {'n': call.per_body}}"


def _group(public_id: str | None) -> str:
    """The association whose members may apply."""
    group = Entity.objects.filter(public_id=public_id).first() if public_id else None
    return group.name_in() if group else ""


def _fresh(days: int | None) -> str:
    """How fresh a profile must be."""
    return _("looked at within %(days)s days") % {"days": days} if days else ""


def _ceiling(call: Call) -> str:
    """The most money."""
    if call.ceiling_amount is None:
        return ""
    return money_words(call.ceiling_amount, call.ceiling_currency)


def _accepted(call: Call) -> str:
    """The most applications."""
    if call.ceiling_pairs is None:
        return ""
    return _("up to %(n)s applications") % {"n": call.ceiling_pairs}


def criteria_of(call: Call) -> list[dict[str, Any]]:
    """The criteria with their weights, in the reader's language."""
    return [
        {
            "key": one["key"],
            "name": pick(one["name"]).words,
            "help": pick(one.get("help") or {}).words,
            "weight": one["weight"],
            "share": one["weight"] / 100,
        }
        for one in call.criteria
    ]


def counts_of(call: Call) -> dict[str, int]:
    """How many applications are in each state."""
    counts = {state.value: 0 for state in ApplicationState}
    for state in call.applications.order_by().values_list("state", flat=True):
        counts[state] += 1
    return counts


def builder_pages(call: Call, at: datetime) -> list[dict[str, Any]]:
    """The pages of the builder as a list of tasks, each with what is wrong on it."""
    problems = problems_of(call.as_draft(), at=at if call.state == CallState.DRAFT else None)
    titles = {
        "basics": _("When, who, how much"),
        "texts": _("Texts"),
        "questions": _("Questions"),
        "criteria": _("Criteria"),
    }
    return [
        {
            "page": page,
            "title": title,
            "url": reverse("web:call-edit", kwargs={"slug": call.slug, "page": page}),
            "problems": [problem.says for problem in problems if problem.page == page],
        }
        for page, title in titles.items()
    ]


def languages_of(call: Call) -> list[dict[str, Any]]:
    """The languages of a call, each with the status of its texts."""
    here = get_language()
    return [
        {
            "code": code,
            "name": language_name(code, here),
            "url": reverse("web:call-edit", kwargs={"slug": call.slug, "page": "texts"})
            + f"?language={code}",
            "status": _status(call, code),
            "is_done": code in call.checked and not _missing(call, code),
        }
        for code in call.languages
    ]


def _missing(call: Call, code: str) -> list[str]:
    """The texts that say nothing in a language."""
    return [n for n in ("title", "summary", "text") if missing_in(getattr(call, n), [code])]


def _status(call: Call, code: str) -> str:
    """How far the texts of a language have come."""
    missing = len(_missing(call, code))
    if missing:
        return _("%(missing)s of 3 texts missing") % {"missing": missing}
    return _("read over") if code in call.checked else _("not read over yet")
