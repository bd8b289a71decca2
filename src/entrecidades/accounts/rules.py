"""Who is who, how long a log-in lasts, and who may end an account: pure functions."""

import unicodedata
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from entrecidades.kernel.errors import Refusal

LONGEST, IDLE = timedelta(hours=12), timedelta(hours=3)
LONGEST_STAY = timedelta(days=14)
#: How long an operator may look as somebody else, and how much she has to say why.
LONGEST_LOOK = 30
LEAST_REASON = 10


class NotHers(Refusal):
    """Somebody else's account."""


class NotAnOperator(Refusal):
    """What only operators may do, asked by somebody else."""


class CannotLook(Refusal):
    """Nobody looks as this person, or not so, or not for so long."""


class NotNow(Refusal):
    """It was decided meanwhile, or was never to be decided."""


class NotAnotherOperator(Refusal):
    """Rights are given by two: the one who asks, and another who agrees."""


def same_address(email: str) -> str:
    """An e-mail address in the one spelling under which it is known and counted.

    Examples
    --------
    >>> same_address("  Officer@Maputo.Example ")
    'officer@maputo.example'
    """
    return unicodedata.normalize("NFKC", email).strip().lower()[:254]


def has_ended(*, began: datetime, seen: datetime, stays: bool, now: datetime) -> bool:
    """Whether a log-in is over: after twelve hours, or three idle ones, or two weeks if it stays.

    Examples
    --------
    >>> noon = datetime(2026, 11, 25, 12)
    >>> has_ended(began=noon, seen=noon, stays=False, now=noon + timedelta(hours=3))
    True
    >>> has_ended(began=noon, seen=noon, stays=True, now=noon + timedelta(days=13))
    False
    """
    if stays:
        return now - began >= LONGEST_STAY
    return now - began >= LONGEST or now - seen >= IDLE


def refuse_unless_hers(*, person: int, by: int | None, operator: bool) -> None:
    """Only she and operators end an account.

    Raises
    ------
    NotHers
        It is neither hers nor an operator who asks.
    """
    if not operator and by != person:
        raise NotHers(_("Only its owner or an operator can close an account."))


def refuse_look(*, operator: bool, hers: bool, person_operates: bool, opens: bool) -> None:
    """An operator looks as somebody else who is none, and whose account opens.

    Raises
    ------
    NotAnOperator
        Somebody else asks.
    CannotLook
        It is her own account, another operator's, or one that does not open.
    """
    if not operator:
        raise NotAnOperator(_("Only operators look at the site as somebody else."))
    if hers:
        raise CannotLook(_("You see what you see already."))
    if person_operates:
        raise CannotLook(_("Nobody looks as an operator."))
    if not opens:
        raise CannotLook(_("This account does not open: it would see what a stranger sees."))


def refuse_reason(*, reason: str, minutes: int) -> None:
    """A look has a reason that can be read later, and an end.

    Raises
    ------
    CannotLook
        The reason says too little, or the time is more than half an hour.

    Examples
    --------
    >>> refuse_reason(reason="She cannot find her drafts.", minutes=30)
    """
    problems = []
    if len(reason.strip()) < LEAST_REASON:
        problems.append(_("Say why, in a sentence: she reads it."))
    if not 1 <= minutes <= LONGEST_LOOK:
        problems.append(_("At most %(n)s minutes.") % {"n": LONGEST_LOOK})
    if problems:
        raise CannotLook(problems)
