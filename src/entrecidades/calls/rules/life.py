"""The lives of calls, applications and readings, as tables: no database, no clock, no request."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from entrecidades.calls.choices import (
    ApplicationState,
    ApplicationStep,
    CallState,
    CallStep,
    ReadingState,
    ReadingStep,
)
from entrecidades.kernel.errors import Refusal
from entrecidades.kernel.lives import State, Step, steps_from

C, K = CallState, CallStep
A, S = ApplicationState, ApplicationStep
R, T = ReadingState, ReadingStep

CALL_LIFE: dict[tuple[CallState, CallStep], CallState] = {
    (C.DRAFT, K.PUBLISH): C.PUBLISHED,
    (C.PUBLISHED, K.OPEN): C.OPEN,
    (C.OPEN, K.CLOSE): C.CLOSED,
    (C.CLOSED, K.EVALUATE): C.EVALUATED,
    (C.EVALUATED, K.DECIDE): C.DECIDED,
    (C.PUBLISHED, K.CANCEL): C.CANCELLED,
    (C.OPEN, K.CANCEL): C.CANCELLED,
    (C.CLOSED, K.CANCEL): C.CANCELLED,
    (C.EVALUATED, K.CANCEL): C.CANCELLED,
}

APPLICATION_LIFE: dict[tuple[ApplicationState, ApplicationStep], ApplicationState] = {
    (A.DRAFT, S.SUBMIT): A.SUBMITTED,
    (A.DRAFT, S.WITHDRAW): A.WITHDRAWN,
    (A.DRAFT, S.LAPSE): A.LAPSED,
    (A.SUBMITTED, S.REOPEN): A.DRAFT,
    (A.SUBMITTED, S.WITHDRAW): A.WITHDRAWN,
    (A.SUBMITTED, S.BAR): A.BARRED,
    (A.BARRED, S.READMIT): A.SUBMITTED,
    (A.SUBMITTED, S.ACCEPT): A.ACCEPTED,
    (A.SUBMITTED, S.RESERVE): A.RESERVE,
    (A.SUBMITTED, S.REFUSE): A.REFUSED,
    (A.RESERVE, S.PROMOTE): A.ACCEPTED,
    (A.RESERVE, S.WITHDRAW): A.WITHDRAWN,
    (A.ACCEPTED, S.WITHDRAW): A.WITHDRAWN,
}

READING_LIFE: dict[tuple[ReadingState, ReadingStep], ReadingState] = {
    (R.ASKED, T.CLEAR): R.READING,
    (R.ASKED, T.CONFLICT): R.CONFLICTED,
    (R.READING, T.CONFLICT): R.CONFLICTED,
    (R.READING, T.HAND_IN): R.HANDED_IN,
    (R.ASKED, T.RELEASE): R.RELEASED,
    (R.READING, T.RELEASE): R.RELEASED,
}

# Whose step each is: those who run the call, the bodies that apply (the lead takes the
# steps of the whole), the reader herself, or the house, when the time has come.
RUNNER, LEAD, READER, HOUSE = "runner", "lead", "reader", "house"
CALL_STEP_OF: dict[CallStep, str] = {
    K.PUBLISH: RUNNER,
    K.OPEN: HOUSE,
    K.CLOSE: HOUSE,
    K.EVALUATE: RUNNER,
    K.DECIDE: RUNNER,
    K.CANCEL: RUNNER,
}
APPLICATION_STEP_OF: dict[ApplicationStep, str] = {
    S.SUBMIT: LEAD,
    S.REOPEN: LEAD,
    S.WITHDRAW: LEAD,
    S.BAR: RUNNER,
    S.READMIT: RUNNER,
    S.ACCEPT: HOUSE,
    S.RESERVE: HOUSE,
    S.REFUSE: HOUSE,
    S.PROMOTE: RUNNER,
    S.LAPSE: HOUSE,
}
READING_STEP_OF: dict[ReadingStep, str] = {
    T.CLEAR: READER,
    T.CONFLICT: READER,
    T.HAND_IN: READER,
    T.RELEASE: RUNNER,
}

#: In which states of its call an application may take a step; the window is asked besides.
WHILE: dict[ApplicationStep, frozenset[CallState]] = {
    S.SUBMIT: frozenset({C.PUBLISHED, C.OPEN}),
    S.REOPEN: frozenset({C.PUBLISHED, C.OPEN}),
    S.WITHDRAW: frozenset(C) - {C.CANCELLED},
    S.BAR: frozenset({C.OPEN, C.CLOSED}),
    S.READMIT: frozenset({C.OPEN, C.CLOSED}),
    S.ACCEPT: frozenset({C.DECIDED}),
    S.RESERVE: frozenset({C.DECIDED}),
    S.REFUSE: frozenset({C.DECIDED}),
    S.PROMOTE: frozenset({C.DECIDED}),
    S.LAPSE: frozenset({C.CLOSED, C.CANCELLED}),
}

#: So long before the end those who have a draft are reminded of it.
NOTICES = (timedelta(days=7), timedelta(days=1))

#: Requests that arrived in time may still wait for their turn when the window is over.
GRACE = timedelta(minutes=1)


class NotYourStep(Refusal):
    """The step belongs to somebody else."""


class TooLate(Refusal):
    """The call does not take applications at that moment."""


class NotReady(Refusal):
    """Something is missing; each sentence names one thing."""


class NotEligible(Refusal):
    """The bodies do not fulfil what the call asks of those who apply."""


class CeilingReached(Refusal):
    """More would be given than the call has."""


class AlreadyApplied(Refusal):
    """A body takes part in as many applications as the call allows."""


class Conflicted(Refusal):
    """The reader has an interest in the application."""


def steps_of(
    life: Mapping[tuple[State, Step], State], state: State, of: Mapping[Step, str], who: str
) -> list[Step]:
    """The steps that somebody may take from a state."""
    return [step for step in steps_from(life, state) if of[step] == who]


def takes_applications(
    state: CallState, opens_at: datetime | None, closes_at: datetime | None, at: datetime
) -> bool:
    """Whether a call takes applications at a moment; its last moment is no longer in it."""
    if opens_at is None or closes_at is None:
        return False
    return state in WHILE[S.SUBMIT] and opens_at <= at < closes_at
