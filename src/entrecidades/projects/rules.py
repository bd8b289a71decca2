"""The life of a project as a table, what its facts may say, and when it has fallen silent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from entrecidades.kernel.amounts import number_words
from entrecidades.kernel.errors import Refusal
from entrecidades.kernel.lives import steps_from
from entrecidades.projects.choices import ProjectState, ProjectStep, Role

S, T = ProjectState, ProjectStep

LIFE: dict[tuple[ProjectState, ProjectStep], ProjectState] = {
    (S.IDENTIFIED, T.DIAGNOSE): S.DIAGNOSIS,
    (S.DIAGNOSIS, T.FORMULATE): S.FORMULATED,
    (S.FORMULATED, T.APPROVE): S.APPROVED,
    (S.APPROVED, T.IMPLEMENT): S.IMPLEMENTING,
    (S.IMPLEMENTING, T.FINALISE): S.FINALISING,
    (S.FINALISING, T.CLOSE): S.CLOSED,
    (S.IMPLEMENTING, T.SUSPEND): S.SUSPENDED,
    (S.FINALISING, T.SUSPEND): S.SUSPENDED,
    # Where its record tells no more of what rested: `resumed` goes back to what it was.
    (S.SUSPENDED, T.RESUME): S.IMPLEMENTING,
    (S.IDENTIFIED, T.CANCEL): S.CANCELLED,
    (S.DIAGNOSIS, T.CANCEL): S.CANCELLED,
    (S.FORMULATED, T.CANCEL): S.CANCELLED,
    (S.APPROVED, T.CANCEL): S.CANCELLED,
    (S.IMPLEMENTING, T.CANCEL): S.CANCELLED,
    (S.FINALISING, T.CANCEL): S.CANCELLED,
    (S.SUSPENDED, T.CANCEL): S.CANCELLED,
}

#: Where a project stands in IATI's code list ActivityStatus 2.03.
IATI_STATUS: Mapping[ProjectState, int] = {
    S.IDENTIFIED: 1,
    S.DIAGNOSIS: 1,
    S.FORMULATED: 1,
    S.APPROVED: 1,
    S.IMPLEMENTING: 2,
    S.FINALISING: 3,
    S.CLOSED: 4,
    S.CANCELLED: 5,
    S.SUSPENDED: 6,
}

# Who may take a step: the body that leads the work, or the one that coordinates the programme.
LEADER, PROGRAMME = "leader", "programme"
TAKEN_BY: Mapping[ProjectStep, frozenset[str]] = {
    step: frozenset({LEADER, PROGRAMME}) if step in (T.SUSPEND, T.CANCEL) else frozenset({LEADER})
    for step in T
}

#: Where work is under way, so that silence means something.
UNDER_WAY = (
    S.IDENTIFIED,
    S.DIAGNOSIS,
    S.FORMULATED,
    S.APPROVED,
    S.IMPLEMENTING,
    S.FINALISING,
)
OVER = (S.CLOSED, S.CANCELLED)
#: After so many days without a sign of life a project has fallen silent.
SILENT_AFTER = timedelta(days=45)
#: Between one letter about a silence that lasts and the next.
REMINDED_EVERY = timedelta(days=45)
#: A report on a year is overdue so long after the last day of work in it.
REPORT_WITHIN = timedelta(days=90)
#: Where work was carried out, so that there is something to report.
REPORTED = (S.IMPLEMENTING, S.FINALISING, S.SUSPENDED, S.CLOSED)
WHOLE = Decimal(100)
CURRENCIES = frozenset(list_currencies())


class NotYourStep(Refusal):
    """The step belongs to another body."""


class NothingToUndo(Refusal):
    """The last move cannot be taken back: there is none, or something followed it."""


class NothingSaid(Refusal):
    """A title without words says nothing to its readers."""


class NotWhole(Refusal):
    """Shares that do not make a whole, each problem named."""


class Contradiction(Refusal):
    """Dates or amounts that cannot all be true, each problem named."""


class UnknownCurrency(Refusal):
    """No currency has this code."""


class RoleTaken(Refusal):
    """The body has this role already, or the role is not given in this way."""


def resumed(rested_from: str | None) -> ProjectState:
    """Where a project that rested goes on: where it was, if the life has a way from there to rest.

    Examples
    --------
    >>> resumed("finalising").value, resumed(None).value
    ('finalising', 'implementing')
    """
    if rested_from is not None and (ProjectState(rested_from), T.SUSPEND) in LIFE:
        return ProjectState(rested_from)
    return LIFE[S.SUSPENDED, T.RESUME]


def years_owed(first: date, last: date | None, on: date) -> list[int]:
    """The years of which a report is overdue on a day, when work went on from first to last.

    A party reports on each year in which there was work, within three months of its last day
    of work in it.

    Examples
    --------
    >>> years_owed(date(2007, 5, 1), None, date(2009, 3, 31))
    [2007]
    >>> years_owed(date(2007, 5, 1), None, date(2009, 4, 1))
    [2007, 2008]
    """
    years = range(first.year, min(last or on, on).year + 1)
    ends = ((year, min(date(year, 12, 31), last or date.max)) for year in years)
    return [year for year, end in ends if end + REPORT_WITHIN < on]


def steps_for(state: ProjectState, sides: frozenset[str]) -> list[ProjectStep]:
    """The steps that somebody on these sides may take now, in the order of the vocabulary."""
    return [step for step in steps_from(LIFE, state) if TAKEN_BY[step] & sides]


def check_title(title: Mapping[str, str]) -> None:
    """Refuse a title without words in any language."""
    if not any(words.strip() for words in title.values()):
        raise NothingSaid(_("Give it a title in at least one language."))


def check_currency(code: str) -> None:
    """Refuse a code that ISO 4217 does not have."""
    if code not in CURRENCIES:
        raise UnknownCurrency(_("“%(code)s” is no currency code.") % {"code": code})


def check_shares(shares: Sequence[Decimal | None]) -> None:
    """Refuse shares of which only some are given, that are not shares, or make no whole.

    Examples
    --------
    >>> check_shares([Decimal(60), Decimal(40)])
    >>> check_shares([None, None])
    """
    given = [share for share in shares if share is not None]
    if not given:
        return
    wrong = []
    if len(given) < len(shares):
        wrong.append(_("Give every theme a share, or none of them."))
    if any(not 0 < share <= WHOLE for share in given):
        wrong.append(_("A share lies between 0 and 100."))
    if sum(given) != WHOLE:
        wrong.append(
            _("The shares make %(sum)s, not 100.") % {"sum": number_words(sum(given, Decimal(0)))}
        )
    if wrong:
        raise NotWhole(wrong)


def check_days(
    *,
    planned: tuple[date | None, date | None],
    actual: tuple[date | None, date | None],
    on: date | None = None,
) -> None:
    """Refuse days that cannot all be true; every contradiction is named at once."""
    (begins, ends), (began, ended) = planned, actual
    wrong = []
    if begins and ends and ends < begins:
        wrong.append(_("It is planned to end before it begins."))
    if began and ended and ended < began:
        wrong.append(_("It ended before it began."))
    if ended and not began:
        wrong.append(_("It ended, but when it began is not said."))
    if on and began and began > on:
        wrong.append(_("It cannot have begun on a day that is still to come."))
    if on and ended and ended > on:
        wrong.append(_("It cannot have ended on a day that is still to come."))
    if wrong:
        raise Contradiction(wrong)


def check_period(first: date | None, last: date | None) -> None:
    """Refuse a period that ends before it begins."""
    if first and last and last < first:
        raise Contradiction(_("The period ends before it begins."))


def is_triangular(roles: Iterable[str]) -> bool:
    """Whether two provide and a third receives."""
    return {Role.FIRST_PROVIDER, Role.SECOND_PROVIDER, Role.RECEIVER} <= {*roles}


def progress(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> float:
    """How much of the way from the baseline to the target is done, from 0; whichever way it goes.

    Examples
    --------
    >>> progress(Decimal(40), Decimal(20), Decimal(30))
    0.5
    >>> progress(Decimal(0), Decimal(10), Decimal(12))
    1.2
    """
    start = baseline if baseline is not None else Decimal(0)
    if target is None or actual is None or target == start:
        return 0.0
    return max(0.0, float((actual - start) / (target - start)))
