"""The lives of contacts and programmes, as tables: no database, no clock, no request."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest

from django.utils.translation import gettext as _

from entrecidades.cooperation.choices import (
    IntroductionState,
    IntroductionStep,
    OfferState,
    OfferStep,
    ProgrammeState,
    ProgrammeStep,
)
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
#: The first of two whom an association has brought together: it did not ask, so it may decline.
CONVENED = "convened"
TAKEN_BY: dict[IntroductionStep, frozenset[str]] = {
    T.FORWARD: frozenset({BROKER}),
    T.ACCEPT: frozenset({ASKED}),
    T.DECLINE: frozenset({ASKED, BROKER, CONVENED}),
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


PROGRAMME_LIFE: dict[tuple[ProgrammeState, ProgrammeStep], ProgrammeState] = {
    (ProgrammeState.DRAFT, ProgrammeStep.PUBLISH): ProgrammeState.RUNNING,
    (ProgrammeState.RUNNING, ProgrammeStep.END): ProgrammeState.OVER,
    (ProgrammeState.OVER, ProgrammeStep.REOPEN): ProgrammeState.RUNNING,
}
OFFER_LIFE: dict[tuple[OfferState, OfferStep], OfferState] = {
    (OfferState.ASKED, OfferStep.ACCEPT): OfferState.ACCEPTED,
    (OfferState.ASKED, OfferStep.DECLINE): OfferState.DECLINED,
    (OfferState.ASKED, OfferStep.WITHDRAW): OfferState.WITHDRAWN,
}
#: The steps of an offer that are the asked body's; the other is those who asked it.
ANSWERS = frozenset({OfferStep.ACCEPT, OfferStep.DECLINE})
#: So many axes a programme has at most.
AXES = 12


class Incomplete(Refusal):
    """Something is not said yet, each thing named."""


class AlreadyCoordinates(Refusal):
    """The body coordinates the programme, or is asked to."""


class LastCoordinator(Refusal):
    """A programme is not left by the last body that coordinates it."""


def lines_of(purposes: Iterable[Mapping[str, str]]) -> dict[str, str]:
    r"""Purposes as one text for each language; a line that is missing in one stays empty there.

    Examples
    --------
    >>> lines_of([{"pt": "lixo", "fr": "déchets"}, {"pt": "água"}])
    {'pt': 'lixo\nágua', 'fr': 'déchets'}
    """
    there = list(purposes)
    codes = dict.fromkeys(code for one in there for code in one)
    return {code: "\n".join(one.get(code, "") for one in there).rstrip() for code in codes}


def purposes_from(lines: Mapping[str, str]) -> list[dict[str, str]]:
    r"""The purposes that such texts say: the third line of each is the same purpose.

    Examples
    --------
    >>> purposes_from({"pt": "lixo\nágua", "fr": "déchets"})
    [{'pt': 'lixo', 'fr': 'déchets'}, {'pt': 'água'}]
    """
    split = {code: [line.strip() for line in text.splitlines()] for code, text in lines.items()}
    rows = zip_longest(*split.values(), fillvalue="")
    told = [{code: words for code, words in zip(split, row, strict=True) if words} for row in rows]
    return [one for one in told if one]


def programme_lacks(
    *, name: Mapping[str, str], axes: int, begins: bool, days: tuple[date | None, date | None]
) -> list[str]:
    """What a programme does not say yet, before everybody may read it."""
    first, last = days
    lacking: Sequence[tuple[bool, str]] = [
        (not any(words.strip() for words in name.values()), _("Give it a name.")),
        (not axes, _("Name at least one axis, with its themes.")),
        (not begins, _("Say on which day it begins.")),
        (bool(first and last and last < first), _("It ends before it begins.")),
    ]
    return [says for is_lacking, says in lacking if is_lacking]
