"""The life of an introduction, as a table: no database, no clock, no request."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from entrecidades.cooperation.choices import IntroductionState, IntroductionStep
from entrecidades.kernel.errors import Refusal
from entrecidades.kernel.lives import steps_from

S, T = IntroductionState, IntroductionStep

LIFE: dict[tuple[IntroductionState, IntroductionStep], IntroductionState] = {
    (S.REQUESTED, T.FORWARD): S.FORWARDED,
    (S.REQUESTED, T.DECLINE): S.DECLINED,
    (S.REQUESTED, T.LAPSE): S.LAPSED,
    (S.FORWARDED, T.ACCEPT): S.ACCEPTED,
    (S.FORWARDED, T.DECLINE): S.DECLINED,
    (S.FORWARDED, T.LAPSE): S.LAPSED,
    (S.ACCEPTED, T.TALK): S.TALKING,
    (S.ACCEPTED, T.DECLINE): S.DECLINED,
    (S.ACCEPTED, T.LAPSE): S.LAPSED,
    (S.TALKING, T.AGREE): S.AGREED,
    (S.TALKING, T.DECLINE): S.DECLINED,
    (S.TALKING, T.LAPSE): S.LAPSED,
}

# Who may take a step: the side that asked, the side that was asked, or the
# association through which the contact goes. Time alone lets one lapse.
ASKER, ASKED, BROKER = "asker", "asked", "broker"
TAKEN_BY: dict[IntroductionStep, frozenset[str]] = {
    T.FORWARD: frozenset({BROKER}),
    T.ACCEPT: frozenset({ASKED}),
    T.DECLINE: frozenset({ASKED, BROKER}),
    T.TALK: frozenset({ASKER, ASKED}),
    T.AGREE: frozenset({ASKER, ASKED}),
    T.LAPSE: frozenset(),
}

# How long nothing may happen before both sides are reminded, and how long before
# the contact lapses. A conversation goes on outside the house: it is given a year.
SHORT, LONG = (timedelta(days=60), timedelta(days=90)), (timedelta(days=335), timedelta(days=365))
SILENCE: dict[IntroductionState, tuple[timedelta, timedelta]] = {
    S.REQUESTED: SHORT,
    S.FORWARDED: SHORT,
    S.ACCEPTED: SHORT,
    S.TALKING: LONG,
}


#: While a contact is in these states, its sides may write to each other.
OPEN_TO_TALK = frozenset({S.ACCEPTED, S.TALKING, S.AGREED})
#: So many letters a message has at most, and so many moments and documents go with it.
LETTERS, TIMES, ENCLOSURES = 6000, 5, 5


class NobodyTalks(Refusal):
    """The contact is not one in which the sides write to each other now."""


class ReadAlready(Refusal):
    """What was read is not taken back."""


class NotYourStep(Refusal):
    """The step belongs to another side."""


class NotACounterpart(Refusal):
    """A contact joins two bodies of two countries."""


class AlreadyAsked(Refusal):
    """The two are in contact already."""


def as_kept(moments: Iterable[datetime]) -> list[str]:
    """Moments as a message keeps them: in one zone, each once, the first one first.

    Examples
    --------
    >>> as_kept([datetime.fromisoformat("2009-11-19T10:00-03:00")])
    ['2009-11-19T13:00:00+00:00']
    """
    return sorted({moment.astimezone(UTC).isoformat() for moment in moments})


def steps_for(state: IntroductionState, sides: frozenset[str]) -> list[IntroductionStep]:
    """The steps that somebody on these sides may take now."""
    return [step for step in steps_from(LIFE, state) if TAKEN_BY[step] & sides]
