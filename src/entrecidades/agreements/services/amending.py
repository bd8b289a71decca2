"""An addendum that comes into force changes what it amends; taken back, it changes it back."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.agreements.choices import SIGNED, Act, AgreementKind, AgreementStep, PartyRole
from entrecidades.agreements.life import Decision, NotDecided, NothingToUndo
from entrecidades.agreements.models import Agreement, AgreementMove, Party
from entrecidades.agreements.selectors.amending import Changes, changes_made, changes_of
from entrecidades.agreements.selectors.life import bound_parties
from entrecidades.agreements.services.holding import hear_of, held
from entrecidades.agreements.services.moves import MOVED, SAVED, move
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.network.models import Entity


def check_changes(amended: Agreement, changes: Changes) -> None:
    """Refuse what contradicts an agreement as it stands; every problem is named at once."""
    wrong, told = [], {"what": str(amended)}
    bound = {party.entity_id for party in bound_parties(amended)}
    joining, leaving = ({one.pk for one in who} for who in (changes.joining, changes.leaving))
    if changes != Changes() and amended.state not in SIGNED:
        wrong.append(_("“%(what)s” has ended, or is not signed: no addendum changes it.") % told)
    begins = amended.in_force_from
    if changes.ends_on and begins and changes.ends_on < begins:
        wrong.append(_("The new last day cannot come before the agreement is in force."))
    wrong += [
        _("%(name)s is a party of it already.") % {"name": one.name_in()}
        for one in changes.joining
        if one.pk in bound
    ]
    wrong += [
        _("%(name)s cannot leave: it is no party of it.") % {"name": one.name_in()}
        for one in changes.leaving
        if one.pk not in bound
    ]
    least = 1 if amended.kind == AgreementKind.ADHESION else 2
    if leaving and len((bound | joining) - leaving) < least:
        wrong.append(_("Too few would be left: an agreement binds at least two."))
    if wrong:
        raise NotDecided(wrong)


@transaction.atomic
def carry_over(addendum: Agreement, *, by: AbstractBaseUser | None, at: datetime) -> bool:
    """Let an addendum in force change what it amends, once its first day has come.

    The amended row is locked before it is read, so that of two addenda the second sees what the
    first has changed. False where there is nothing to change, or not yet.

    Raises
    ------
    ValidationError
        `NotDecided` when the change contradicts the agreement as it stands by now.
    """
    first_day = addendum.in_force_from
    if addendum.amends_id is None or first_day is None or first_day > at.date():
        return False
    amended = held(addendum.amends_id)
    changes = changes_of(addendum)
    if changes == Changes() or changes_made(amended).filter(addendum=addendum).exists():
        return False
    check_changes(amended, changes)
    decision = Decision(
        act_number=addendum.reference, decided_on=first_day, ends_on=changes.ends_on
    )

    def take(step: AgreementStep, party: Party | None = None, was_role: str = "") -> None:
        moved = move(amended, step, party=party, by=by, at=at, decision=decision)
        moved.addendum, moved.was_role = addendum, was_role
        moved.save(update_fields=["addendum", "was_role"])

    if changes.ends_on:
        take(AgreementStep.EXTEND)
    for entity in changes.joining:
        take(AgreementStep.ADMIT, *_given(amended, entity, PartyRole.PARTY))
    for entity in changes.leaving:
        take(AgreementStep.LET_GO, *_given(amended, entity, PartyRole.FORMER))
    hear_of(amended, at, *SAVED)
    return True


@transaction.atomic
def carry_over_by_now(*, agreement_id: int, at: datetime) -> bool:
    """Let time carry an addendum over; what contradicts by then is left to its parties."""
    try:
        return carry_over(held(agreement_id), by=None, at=at)
    except NotDecided:
        return False


def _given(agreement: Agreement, entity: Entity, role: PartyRole) -> tuple[Party, str]:
    """A body's row among the parties with a role, and the role that it had; none if it is new."""
    rows = Party.objects.select_related("entity")
    party = rows.filter(agreement=agreement, entity=entity).first()
    if party is None:
        return Party.objects.create(agreement=agreement, entity=entity, role=role), ""
    was, party.role = party.role, role
    party.save(update_fields=["role"])
    return party, was


def take_changes_back(addendum: Agreement, *, by: AbstractBaseUser, at: datetime) -> None:
    """Let what an addendum has changed be as before, while nothing rests on it.

    Raises
    ------
    ValidationError
        `NothingToUndo` when the amended agreement was led on, or amended, since.
    """
    if addendum.amends_id is None:
        return
    amended = held(addendum.amends_id)
    moves = list(changes_made(amended).filter(addendum=addendum).order_by("-pk"))
    if not moves:
        return
    since = amended.moves.filter(undone_at=None, pk__gt=moves[0].pk)
    if since.exists():
        told = {"what": str(amended)}
        raise NothingToUndo(_("“%(what)s” was led on since; that would have to go first.") % told)
    before = snapshot(amended, *MOVED)
    for moved in moves:
        _undo(amended, moved, at)
    hear_of(amended, at, *SAVED)
    record(
        Act.UNDO,
        subject=amended,
        by=by,
        body=addendum.drafter,
        changes=changes_since(before, amended),
        steps=[moved.step for moved in moves],
    )


def _undo(agreement: Agreement, moved: AgreementMove, at: datetime) -> None:
    """One change of an addendum is as before."""
    agreement.state, agreement.ends_on = moved.was, moved.was_ends_on
    party = Party.objects.filter(agreement=agreement, entity=moved.entity_id)
    if moved.was_role:
        party.update(role=moved.was_role)
    elif moved.step == AgreementStep.ADMIT:
        party.delete()
    moved.undone_at = at
    moved.save(update_fields=["undone_at"])
