"""The dates of a meeting: their life as a table, and which of them can be agreed."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from entrecidades.cooperation.choices import Fit, MeetingState, MeetingStep
from entrecidades.kernel.errors import Refusal

S, T = MeetingState, MeetingStep

MEETING_LIFE: dict[tuple[MeetingState, MeetingStep], MeetingState] = {
    (S.PROPOSED, T.ANSWER): S.ANSWERED,
    (S.PROPOSED, T.REFUSE): S.REFUSED,
    (S.PROPOSED, T.CALL_OFF): S.CALLED_OFF,
    (S.PROPOSED, T.PASS): S.LAPSED,
    # An answer is said anew as long as nothing is agreed.
    (S.ANSWERED, T.ANSWER): S.ANSWERED,
    (S.ANSWERED, T.REFUSE): S.REFUSED,
    (S.ANSWERED, T.AGREE): S.AGREED,
    (S.ANSWERED, T.MOVE): S.PROPOSED,
    (S.ANSWERED, T.CALL_OFF): S.CALLED_OFF,
    (S.ANSWERED, T.PASS): S.LAPSED,
    (S.REFUSED, T.ANSWER): S.ANSWERED,
    (S.REFUSED, T.REFUSE): S.REFUSED,
    (S.REFUSED, T.MOVE): S.PROPOSED,
    (S.REFUSED, T.CALL_OFF): S.CALLED_OFF,
    (S.REFUSED, T.PASS): S.LAPSED,
    (S.AGREED, T.MOVE): S.PROPOSED,
    (S.AGREED, T.CALL_OFF): S.CALLED_OFF,
    (S.AGREED, T.PASS): S.PAST,
    (S.LAPSED, T.MOVE): S.PROPOSED,
}
#: The states that time ends by itself.
PASSING = frozenset(state for state, step in MEETING_LIFE if step == T.PASS)
#: A meeting is given an hour in calendars; its sides are reminded a day before.
LENGTH, NOTICE = timedelta(hours=1), timedelta(days=1)

#: What a body has said of each date, by the body's key.
Said = Mapping[int, Mapping[datetime, Fit]]


class DateIsOver(Refusal):
    """The date lies in the past."""


class NotProposed(Refusal):
    """The date is not among those that are proposed now."""


class NotAnsweredYet(Refusal):
    """A date is agreed once the other side has said that it suits."""


def agreeable(moment: datetime, said: Said, asked: Collection[int]) -> bool:
    """Whether every body that is asked has said that a date suits, at least if need be.

    Examples
    --------
    >>> day = datetime.fromisoformat("2009-11-19T13:00+00:00")
    >>> agreeable(day, {1: {day: Fit.IF_NEEDED}}, {1}), agreeable(day, {1: {day: Fit.NOT}}, {1})
    (True, False)
    >>> agreeable(day, {1: {day: Fit.SUITS}}, {1, 2})
    False
    """
    return all(said.get(body, {}).get(moment, Fit.NOT) != Fit.NOT for body in asked)


def step_of_answer(moments: Iterable[datetime], said: Said, asked: Collection[int]) -> MeetingStep:
    """What answers amount to: a refusal once somebody who is asked has ruled out each date."""
    left = [
        moment
        for moment in moments
        if not any(said.get(body, {}).get(moment) == Fit.NOT for body in asked)
    ]
    return MeetingStep.ANSWER if left else MeetingStep.REFUSE


def check_to_come(moments: Iterable[datetime], at: datetime) -> None:
    """Refuse dates that lie in the past."""
    if any(moment <= at for moment in moments):
        raise DateIsOver(_("A date that is proposed lies in the past. Choose a later one."))
