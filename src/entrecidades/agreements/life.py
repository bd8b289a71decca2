"""The life of an agreement as a table: no database, no clock, no request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import SIGNED, AgreementState, AgreementStep
from entrecidades.kernel.errors import Refusal
from entrecidades.kernel.lives import steps_from

S, T = AgreementState, AgreementStep

LIFE: dict[tuple[AgreementState, AgreementStep], AgreementState] = {
    (S.EXPLORATORY, T.NEGOTIATE): S.NEGOTIATING,
    (S.EXPLORATORY, T.BREAK_OFF): S.TERMINATED,
    (S.NEGOTIATING, T.AGREE_TEXT): S.TEXT_AGREED,
    (S.NEGOTIATING, T.BREAK_OFF): S.TERMINATED,
    (S.TEXT_AGREED, T.REOPEN): S.NEGOTIATING,
    (S.TEXT_AGREED, T.SEEK_APPROVALS): S.APPROVALS,
    (S.TEXT_AGREED, T.BREAK_OFF): S.TERMINATED,
    (S.APPROVALS, T.REOPEN): S.NEGOTIATING,
    (S.APPROVALS, T.SIGN): S.SIGNED,
    (S.APPROVALS, T.BREAK_OFF): S.TERMINATED,
    (S.SIGNED, T.REGISTER): S.REGISTERED,
    (S.SIGNED, T.ENTER_INTO_FORCE): S.IN_FORCE,
    (S.SIGNED, T.TERMINATE): S.TERMINATED,
    (S.REGISTERED, T.ENTER_INTO_FORCE): S.IN_FORCE,
    (S.REGISTERED, T.TERMINATE): S.TERMINATED,
    (S.IN_FORCE, T.FALL_DUE): S.RENEWAL_DUE,
    (S.IN_FORCE, T.RENEW): S.RENEWED,
    (S.IN_FORCE, T.SUSPEND): S.SUSPENDED,
    (S.IN_FORCE, T.EXPIRE): S.EXPIRED,
    (S.IN_FORCE, T.TERMINATE): S.TERMINATED,
    (S.RENEWAL_DUE, T.RENEW): S.RENEWED,
    (S.RENEWAL_DUE, T.SUSPEND): S.SUSPENDED,
    (S.RENEWAL_DUE, T.EXPIRE): S.EXPIRED,
    (S.RENEWAL_DUE, T.TERMINATE): S.TERMINATED,
    (S.RENEWED, T.FALL_DUE): S.RENEWAL_DUE,
    (S.RENEWED, T.RENEW): S.RENEWED,
    (S.RENEWED, T.SUSPEND): S.SUSPENDED,
    (S.RENEWED, T.EXPIRE): S.EXPIRED,
    (S.RENEWED, T.TERMINATE): S.TERMINATED,
    (S.SUSPENDED, T.RESUME): S.IN_FORCE,
    (S.SUSPENDED, T.EXPIRE): S.EXPIRED,
    (S.SUSPENDED, T.TERMINATE): S.TERMINATED,
    # An addendum that comes into force changes what was signed and has not ended.
    **{(state, step): state for state in SIGNED for step in (T.EXTEND, T.ADMIT, T.LET_GO)},
    (S.RENEWAL_DUE, T.EXTEND): S.RENEWED,
}

#: What a step asks of somebody of a party that is bound; time alone takes those that are not here.
TAKEN_WITH: Mapping[AgreementStep, Permission] = {
    T.NEGOTIATE: Permission.DRAFT_AGREEMENT,
    T.AGREE_TEXT: Permission.DRAFT_AGREEMENT,
    T.REOPEN: Permission.DRAFT_AGREEMENT,
    T.SEEK_APPROVALS: Permission.DRAFT_AGREEMENT,
    T.BREAK_OFF: Permission.DRAFT_AGREEMENT,
    T.SIGN: Permission.SIGN_AGREEMENT,
    T.REGISTER: Permission.SIGN_AGREEMENT,
    T.ENTER_INTO_FORCE: Permission.SIGN_AGREEMENT,
    T.RENEW: Permission.SIGN_AGREEMENT,
    T.SUSPEND: Permission.SIGN_AGREEMENT,
    T.RESUME: Permission.SIGN_AGREEMENT,
    T.TERMINATE: Permission.SIGN_AGREEMENT,
}
#: Which facts of a decision a step asks for.
ASKS: Mapping[AgreementStep, tuple[str, ...]] = {
    T.REGISTER: ("deciding_body", "act_number", "decided_on"),
    T.RENEW: ("deciding_body", "act_number", "decided_on", "ends_on"),
    T.SUSPEND: ("deciding_body", "act_number", "decided_on", "reason"),
    T.RESUME: ("deciding_body", "act_number", "decided_on"),
    T.TERMINATE: ("deciding_body", "act_number", "decided_on", "reason"),
    T.BREAK_OFF: ("reason",),
}
#: Steps that are recorded elsewhere: a text is agreed by each party, signatures one by one.
BY_EACH = frozenset({T.AGREE_TEXT, T.SIGN})
#: Steps that an addendum takes in what it amends, when it comes into force.
BY_ADDENDUM = frozenset({T.EXTEND, T.ADMIT, T.LET_GO})
#: What is not undone but done again: the approvals that were set aside are asked for anew.
NOT_UNDONE = frozenset({T.REOPEN})
#: While its people, its days and its title are still to be written.
IN_THE_MAKING = (S.EXPLORATORY, S.NEGOTIATING, S.TEXT_AGREED, S.APPROVALS)

#: So many days before its last one an agreement is due for renewal, and its parties are reminded.
REMINDED = (180, 90, 30)
#: After so long without a sign of life an agreement that binds is called dormant.
DORMANT_AFTER = timedelta(days=365)


class NotYourStep(Refusal):
    """The step is not for this body, or this person, to take."""


class NotDecided(Refusal):
    """What was decided is not told whole, each problem named."""


class NotReady(Refusal):
    """Approvals or signatures are missing, each named."""


class NothingToUndo(Refusal):
    """The last step cannot be taken back: there is none, or something followed it."""


class NotNow(Refusal):
    """It is too late, or too early, for this in the life of the agreement."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body has decided: who, by which act, when, why, and what it sets."""

    deciding_body: str = ""
    act_number: str = ""
    decided_on: date | None = None
    reason: str = ""
    ends_on: date | None = None
    document: Any = None


def steps_for(state: AgreementState, rights: Iterable[Permission]) -> list[AgreementStep]:
    """The steps that somebody of a party with these rights may take now, in the table's order."""
    held = {*rights}
    return [
        step
        for step in steps_from(LIFE, state)
        if TAKEN_WITH.get(step) in held and step not in BY_EACH
    ]


def check_decision(
    step: AgreementStep, decision: Decision, *, on: date, ends_on: date | None = None
) -> None:
    """Refuse a decision that does not say what its step asks; every problem is named at once.

    ``ends_on`` is the last day as it was: a renewal goes beyond it.
    """
    asked, wrong = ASKS.get(step, ()), []
    words = {
        "deciding_body": _("Say which body decided."),
        "act_number": _("Give the number of the act."),
        "decided_on": _("Say on which day it was decided."),
        "reason": _("Say why."),
        "ends_on": _("Say until which day it is renewed."),
    }
    wrong += [words[name] for name in asked if not getattr(decision, name)]
    if decision.decided_on and decision.decided_on > on:
        wrong.append(_("It cannot have been decided on a day that is still to come."))
    renewed = decision.ends_on if step == T.RENEW else None
    if renewed and renewed <= max(ends_on or on, on):
        wrong.append(_("A renewal goes beyond the last day as it was, and beyond today."))
    if wrong:
        raise NotDecided(wrong)


def check_term(begins: date | None, ends: date | None) -> None:
    """Refuse an end before the beginning."""
    if begins and ends and ends < begins:
        raise NotDecided(_("An agreement cannot end before it is in force."))


def check_missing(missing: Iterable[str], signing: Iterable[str]) -> None:
    """Refuse while approvals are missing or signatures are, each with its party and its name."""
    wrong = [_("Still to be approved, or waived: %(what)s.") % {"what": one} for one in missing]
    wrong += [_("Still to be signed: %(who)s.") % {"who": one} for one in signing]
    if wrong:
        raise NotReady(wrong)


def due_reminder(ends_on: date, on: date) -> int | None:
    """The nearest of the days of reminding that has come; None while the end is far, or past.

    Examples
    --------
    >>> due_reminder(date(2010, 6, 30), date(2010, 5, 1))
    90
    >>> due_reminder(date(2012, 6, 30), date(2010, 5, 1)) is None
    True
    """
    left = (ends_on - on).days
    return min((days for days in REMINDED if 0 <= left <= days), default=None)
