"""What somebody of a party may do with an agreement now, and what is still missing."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import SIGNED, WRITTEN, AgreementState, AgreementStep, Stage
from entrecidades.agreements.life import ASKS, IN_THE_MAKING, steps_for
from entrecidades.agreements.models import Agreement, Text
from entrecidades.agreements.selectors import (
    RIGHTS,
    bodies_by_right,
    bound_parties,
    last_moves,
    missing_approvals,
    rights_in,
    unsigned_parties,
)

#: Steps that lead on, so that one of them is the strong button.
STRONG = {"negotiate", "seek_approvals", "enter_into_force", "renew", "resume"}
#: From here on approvals and signatures are what is missing.
GATHERING = (AgreementState.APPROVALS, AgreementState.SIGNED, AgreementState.REGISTERED)


def steps_told(
    agreement: Agreement, person: Person | AnonymousUser, *, on: date
) -> dict[str, Any]:
    """The steps, the parties she speaks for, and what the agreement waits for."""
    state, bodies = AgreementState(agreement.state), bodies_by_right(person, on=on)
    rights = rights_in(agreement, bodies)
    bound = list(bound_parties(agreement))
    drafting, approving, signing = (
        [one for one in bound if one.entity_id in bodies[right]] for right in RIGHTS
    )
    in_the_making = state in IN_THE_MAKING
    text = Text.objects.filter(agreement=agreement).first()
    agreeing = [one for one in drafting if one.agreed_at is None]
    negotiating = state == AgreementState.NEGOTIATING
    gathering = state in GATHERING
    return {
        "steps": steps_offered(agreement, rights),
        "undoable": bool(last_moves(agreement)) and bool(rights),
        "agreeing": agreeing if negotiating and (text is None or text.agreed_id) else [],
        "text_is_here": text is not None,
        "begins_text": bool(drafting) and state in WRITTEN,
        "naming": drafting if in_the_making else [],
        "named": {one.pk for one in drafting} if in_the_making else set(),
        "goes_on": bool(drafting),
        "sets_term": bool(drafting) and in_the_making,
        "amends_it": bool(drafting) and state in SIGNED,
        "approving": {one.pk for one in approving},
        "signing": {one.pk for one in signing} if state == AgreementState.APPROVALS else set(),
        "missing": missing_approvals(agreement, Stage) if gathering else [],
        "unsigned": unsigned_parties(agreement) if state == AgreementState.APPROVALS else [],
    }


def steps_offered(agreement: Agreement, rights: frozenset[Permission]) -> list[dict[str, Any]]:
    """The steps as buttons; an addendum is not renewed, what it amends is."""
    return [
        step_told(step)
        for step in steps_for(AgreementState(agreement.state), rights)
        if agreement.ends_by_itself or step != AgreementStep.RENEW
    ]


def step_told(step: AgreementStep) -> dict[str, Any]:
    """A step as a button; one that asks for a decision leads to its form."""
    return {
        "value": step.value,
        "words": str(step.label),
        "asks": bool(ASKS.get(step)),
        "is_strong": step.value in STRONG,
    }
