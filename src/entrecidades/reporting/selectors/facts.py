"""What a report of a year says, in the reader's language: the page and the file are made of this.

Only what everybody may see is told, whoever reads, so that the report is one and the same.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info, ngettext

from entrecidades.calls.choices import CallState
from entrecidades.calls.models import Call
from entrecidades.calls.selectors.rounds import pairs_made_in, rounds_of_year
from entrecidades.kernel.amounts import number_words
from entrecidades.kernel.text import pick
from entrecidades.network.selectors import Reader
from entrecidades.projects.choices import ProjectState
from entrecidades.projects.models import Project, ProjectReport
from entrecidades.projects.rules import progress
from entrecidades.reporting.models import AnnualReport
from entrecidades.reporting.selectors.board import projects_of_year, reports_in


def year_facts(report: AnnualReport) -> dict[str, Any]:
    """Everything a report says of its year; the same rows give the same facts."""
    first, last = date(report.year, 1, 1), date(report.year, 12, 31)
    everybody = Reader(on=report.published_on or last)
    projects = list(
        projects_of_year(report, everybody).prefetch_related(
            "milestones", "budgetlines", "indicators__measurements", "roles__entity__seat"
        )
    )
    words = list(reports_in(report).filter(project__in=projects))
    foreword = pick(report.foreword)
    return {
        "programme": str(report.programme),
        "year": report.year,
        "body": report.entity.name_in(),
        "foreword": {"words": foreword.words, "language": foreword.language},
        "figures": _figures(projects, words, first, last),
        "states": _bars([ProjectState(one.state).label for one in projects]),
        "themes": _bars([str(theme) for one in projects for theme in one.themes.all()]),
        "money": money_of(projects),
        "pairs": pairs_of(projects),
        "projects": [_project(one, words, first, last) for one in projects],
        "calls": _calls(report, first, last),
        "rounds": _rounds(report, everybody),
        "languages": _languages(report),
    }


def _figures(
    projects: Sequence[Project], words: Sequence[ProjectReport], first: date, last: date
) -> list[dict[str, str]]:
    """The year in numbers."""
    bodies = {role.entity for one in projects for role in one.roles.all()}
    begun = sum(bool(one.actual_from and first <= one.actual_from <= last) for one in projects)
    ended = sum(bool(one.actual_to and first <= one.actual_to <= last) for one in projects)
    done = sum(len(_done(one, first, last)) for one in projects)
    told = len({one.project_id for one in words})
    total, countries = len(projects), len({body.country_id for body in bodies})
    reported = ngettext(
        "project with a report of a party", "projects with a report of a party", told
    )
    figures = [
        (ngettext("project or action", "projects and actions", total), total),
        (ngettext("of them begun in the year", "of them begun in the year", begun), begun),
        (ngettext("of them ended in the year", "of them ended in the year", ended), ended),
        (ngettext("body that takes part", "bodies that take part", len(bodies)), len(bodies)),
        (ngettext("country", "countries", countries), countries),
        (ngettext("milestone reached", "milestones reached", done), done),
        (reported, told),
    ]
    return [{"words": label, "value": number_words(Decimal(value))} for label, value in figures]


def _bars(labels: Sequence[Any]) -> list[dict[str, Any]]:
    """How often each label stands, the most frequent first, with its share of the largest."""
    counts = Counter(str(label) for label in labels)
    largest = max(counts.values(), default=1)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        {"words": label, "count": count, "share": round(count / largest, 4)}
        for label, count in ordered
    ]


def money_of(projects: Sequence[Project]) -> list[dict[str, str]]:
    """Budgets by currency; amounts of different currencies are never added."""
    sums: dict[str, list[Decimal]] = {}
    for project in projects:
        for line in project.budgetlines.all():
            if line.removed_at is None:
                both = sums.setdefault(line.currency, [Decimal(0), Decimal(0)])
                both[0] += line.amount
                both[1] += line.spent or Decimal(0)
    return [
        {
            "currency": code,
            "amount": number_words(sums[code][0]),
            "spent": number_words(sums[code][1]),
        }
        for code in sorted(sums)
    ]


def pairs_of(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """Who works with whom across a border, and where they are: each pair once."""
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for project in projects:
        bodies = {role.entity_id: role.entity for role in project.roles.all() if role.entity.seat}
        for one, other in combinations(sorted(bodies.values(), key=lambda body: body.slug), 2):
            if one.country_id == other.country_id:
                continue
            ends = [end for body in (one, other) for end in _position(body.seat)]
            named = {"one": one.name_in(), "other": other.name_in()}
            key = (str(one.public_id), str(other.public_id))
            pairs.setdefault(key, {**named, "ends": ends})
    return sorted(pairs.values(), key=lambda pair: (pair["one"], pair["other"]))


def _position(seat: Any) -> list[float]:
    """Where a seat lies."""
    return [round(seat.latitude, 4), round(seat.longitude, 4)]


def _project(
    project: Project, words: Sequence[ProjectReport], first: date, last: date
) -> dict[str, Any]:
    """One project: who, how far, what was done, what was measured, and a sentence of a party."""
    title, summary = pick(project.title), pick(project.summary)
    roles = [(role.entity.name_in(), role.get_role_display()) for role in project.roles.all()]
    return {
        "title": title.words,
        "language": title.language,
        "summary": {"words": summary.words, "language": summary.language},
        "address": project.get_absolute_url(),
        "state": str(ProjectState(project.state).label),
        "roles": [f"{name} ({role})" for name, role in sorted(roles)],
        "done": _done(project, first, last),
        "indicators": _indicators(project, last),
        "quotes": [
            {"words": one.quote, "language": one.language, "who": one.entity.name_in()}
            for one in words
            if one.project_id == project.pk and one.may_quote and one.quote
        ],
    }


def _done(project: Project, first: date, last: date) -> list[str]:
    """The milestones that were reached in the year, with their days."""
    done = [
        (one.done_on, str(one))
        for one in project.milestones.all()
        if one.removed_at is None and one.done_on and first <= one.done_on <= last
    ]
    return [f"{words} ({date_format(day, 'DATE_FORMAT')})" for day, words in sorted(done)]


def _indicators(project: Project, last: date) -> list[dict[str, Any]]:
    """Baseline, target and what was measured until the end of the year."""
    told = []
    for one in project.indicators.all():
        measured = [row for row in one.measurements.all() if row.last_on <= last]
        if one.removed_at is not None or not measured:
            continue
        actual = measured[-1].value
        told.append(
            {
                "words": str(one),
                "unit": one.unit,
                "baseline": "–" if one.baseline is None else number_words(one.baseline),
                "target": number_words(one.target),
                "actual": number_words(actual),
                "share": min(1.0, round(progress(one.baseline, one.target, actual), 4)),
            }
        )
    return told


def _calls(report: AnnualReport, first: date, last: date) -> list[dict[str, str]]:
    """The calls of the programme that were open in the year."""
    there = Call.objects.filter(programme=report.programme_id, opens_at__date__lte=last)
    there = there.exclude(state=CallState.DRAFT).exclude(closes_at__date__lt=first)
    return [
        {"title": pick(one.title).words, "state": str(CallState(one.state).label)}
        for one in there.order_by("slug")
    ]


def _rounds(report: AnnualReport, everybody: Reader) -> list[dict[str, Any]]:
    """The rounds that made pairs in the year: who with whom, named where they agreed."""
    told = []
    for round_ in rounds_of_year(report.programme_id, report.year):
        named, unnamed = pairs_made_in(everybody, round_, report.year)
        pairs = [(one.first.entity.name_in(), one.second.entity.name_in()) for one in named]
        told.append(
            {
                "title": round_.title,
                "call": pick(round_.call.title).words if round_.call else "",
                "address": round_.get_absolute_url(),
                "count": len(pairs) + unnamed,
                "unnamed": unnamed,
                "pairs": [f"{one} – {other}" for one, other in sorted(pairs)],
            }
        )
    return told


def _languages(report: AnnualReport) -> list[dict[str, Any]]:
    """In which of our languages the foreword stands, so that nobody is surprised."""
    names = {"pt-br": "Português (Brasil)", "pt": "Português"}
    return [
        {
            "code": code,
            "name": names.get(code) or get_language_info(code)["name_local"].capitalize(),
            "there": bool(report.foreword.get(code)),
        }
        for code, _name in settings.LANGUAGES
    ]


def locale_of_reader() -> dict[str, str]:
    """Language and region, for hyphens and for those who are read to."""
    language, _hyphen, region = (get_language() or "en").partition("-")
    return {"lang": language, "region": region}
