"""Who may apply: conditions as data, each with the sentence that says why a body fails it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.network.choices import Tier


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What the conditions ask of one body on a day.

    ``groups`` are the public ids of the associations it belongs to, ``profile_on`` the day on
    which its people last wrote or confirmed its profile, ``overdue`` the projects of which a
    report is overdue.
    """

    name: str
    country: str
    country_name: str
    tier: str
    groups: frozenset[str]
    profile_on: date | None
    overdue: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """One condition and one body: whether it is fulfilled, and the sentence if not."""

    condition: str
    body: str
    says: str

    @property
    def holds(self) -> bool:
        """Whether the condition is fulfilled."""
        return not self.says


Conditions = Mapping[str, Any]
Check = Callable[[Any, BodyFacts, date, str], str]


def _country(allowed: Any, body: BodyFacts, _on: date, _group: str) -> str:
    """The body is of one of the countries."""
    if body.country in allowed:
        return ""
    said = {"body": body.name, "country": body.country_name}
    return _("%(body)s is in %(country)s, for which this call is not open.") % said


def _tier(allowed: Any, body: BodyFacts, _on: date, _group: str) -> str:
    """The body is of one of the levels of government."""
    if body.tier in allowed:
        return ""
    tiers = ", ".join(str(Tier(one).label) for one in allowed if one in Tier.values)
    return _("%(body)s is not of the tiers that may apply: %(tiers)s.") % {
        "body": body.name,
        "tiers": tiers,
    }


def _member(wanted: Any, body: BodyFacts, _on: date, group: str) -> str:
    """The body is a member of the association."""
    if wanted in body.groups:
        return ""
    return _("%(body)s is not on record as a member of %(group)s.") % {
        "body": body.name,
        "group": group,
    }


def _fresh(days: Any, body: BodyFacts, on: date, _group: str) -> str:
    """The body's people have looked at its profile lately."""
    if body.profile_on is not None and (on - body.profile_on).days <= days:
        return ""
    said = {"body": body.name, "days": days}
    return (
        _(
            "Nobody of %(body)s has confirmed its profile in the last %(days)s days. "
            "Look at it, correct it, or confirm that it is right as it stands."
        )
        % said
    )


def _reported(wanted: Any, body: BodyFacts, _on: date, _group: str) -> str:
    """No report of the body is overdue."""
    if not wanted or not body.overdue:
        return ""
    said = {"body": body.name, "projects": ", ".join(body.overdue)}
    return _("%(body)s owes a report on: %(projects)s.") % said


#: The condition's name in the data, and what looks at it.
CHECKS: dict[str, Check] = {
    "countries": _country,
    "tiers": _tier,
    "member_of": _member,
    "profile_days": _fresh,
    "report_filed": _reported,
}


def check_body(
    conditions: Conditions, body: BodyFacts, *, on: date, group: str = ""
) -> Iterator[Checked]:
    """Every condition that a call makes, looked at for one body."""
    for name, check in CHECKS.items():
        wanted = conditions.get(name)
        if wanted not in (None, "", [], False):
            yield Checked(name, body.name, check(wanted, body, on, group))


#: What a body is; the other conditions say what its people still have to do.
LASTING = frozenset({"countries", "tiers", "member_of"})


def fits(conditions: Conditions, body: BodyFacts, *, on: date) -> bool:
    """Whether a call is meant for a body, whatever its people have still to do for it."""
    looked_at = check_body(conditions, body, on=on)
    return all(one.holds for one in looked_at if one.condition in LASTING)


def check_together(countries: Sequence[str], *, is_joint: bool) -> str:
    """Why bodies of these countries cannot apply together; empty when they can.

    Examples
    --------
    >>> check_together(["BR", "IT"], is_joint=True)
    ''
    """
    if is_joint and len(set(countries)) < 2:  # noqa: PLR2004 (this country and another)
        return _("This call is for bodies of different countries together: invite a partner.")
    return ""
