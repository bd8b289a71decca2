"""Everything that may happen to a first contact, one function per act."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, made_with, snapshot
from entrecidades.audit.services import record
from entrecidades.cooperation.choices import Act, IntroductionState, IntroductionStep
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.rules import (
    ASKED,
    ASKER,
    BROKER,
    CONVENED,
    LIFE,
    OPEN_TO_TALK,
    SILENCE,
    TAKEN_BY,
    AlreadyAsked,
    NotACounterpart,
    NotYourStep,
)
from entrecidades.cooperation.selectors import sides_of
from entrecidades.cooperation.services.meeting_steps import call_off_all
from entrecidades.kernel.lives import next_state
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require
from entrecidades.queue.services import enqueue
from entrecidades.themes.models import Theme

#: What history tells of a first contact when it begins; its message is the officer's own.
TOLD = ("asker", "asked", "broker", "themes", "language", "state")


@transaction.atomic
def propose_introduction(
    *,
    asker: Entity,
    asked: Entity,
    broker: Entity | None,
    themes: Iterable[Theme],
    message: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
) -> Introduction:
    """Ask a body abroad for a first contact, leave a trace, and promise the other side a letter.

    Without an association in between the request is forwarded at once.

    Raises
    ------
    ValidationError
        When the person may not ask for the asking body (`NotAllowed`), the two
        are of one country (`NotACounterpart`) or in contact already, whichever
        asked first (`AlreadyAsked`), or the message is empty.
    """
    require(by, Permission.PROPOSE, asker, on=at.date())
    if _contact_between(asker, asked):
        raise AlreadyAsked(_("%(name)s is in contact with you already.") % {"name": asked.name})
    # Asked again under the lock: her desk may have been handed over while she waited.
    require(by, Permission.PROPOSE, asker, on=at.date())
    state = IntroductionState.REQUESTED if broker else IntroductionState.FORWARDED
    introduction = Introduction(
        asker=asker, asked=asked, broker=broker, message=message, language=language, state=state
    )
    return _begin(introduction, themes, body=asker, by=by, at=at)


@transaction.atomic
def convene_introduction(
    *,
    first: Entity,
    second: Entity,
    broker: Entity,
    themes: Iterable[Theme],
    message: str,
    language: str,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Introduction:
    """Open a first contact between two whom a programme brings together; neither has asked.

    The second is asked whether it accepts, and the first may decline as well. If the two are in
    contact already, that contact is the answer and nothing changes. Whether the person may is
    asked by what brings them together.

    Raises
    ------
    NotACounterpart
        When the two are of one country.
    """
    if there := _contact_between(first, second):
        return there
    introduction = Introduction(
        asker=first,
        asked=second,
        broker=None if broker in {first, second} else broker,
        is_convened=True,
        message=message,
        language=language,
        state=IntroductionState.FORWARDED,
    )
    return _begin(introduction, themes, body=broker, by=by, at=at)


def _begin(
    introduction: Introduction,
    themes: Iterable[Theme],
    *,
    body: Entity,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Introduction:
    """Let a first contact begin, with its trace and its letter."""
    introduction.visibility = Visibility.PARTNER
    introduction.proposed_by_id = by.pk if by else None
    introduction.proposed_at = introduction.moved_at = at
    introduction.full_clean()
    introduction.save()
    introduction.themes.set(themes)
    _leave_trace(introduction, body, by)
    _promise_letter(introduction)
    return introduction


def _leave_trace(introduction: Introduction, body: Entity, by: AbstractBaseUser | None) -> None:
    """Tell history who asked whom, or was brought together with whom."""
    record(
        Act.PROPOSE,
        subject=introduction,
        by=by,
        body=body,
        changes=made_with(introduction, *TOLD),
        asker=introduction.asker_id,
        asked=introduction.asked_id,
    )


def _contact_between(asker: Entity, asked: Entity) -> Introduction | None:
    """The contact in which two bodies are already, once nobody else can open one.

    Raises
    ------
    NotACounterpart
        When the two are of one country.
    """
    if asker.country_id == asked.country_id:
        raise NotACounterpart(_("A counterpart is in another country."))
    # The two rows are the lock, in one order for all: whoever asks at the same time waits.
    both = Entity.objects.filter(pk__in=[asker.pk, asked.pk]).order_by("pk")
    list(both.select_for_update(of=("self",)))
    return Introduction.objects.open().between(asker, asked).first()


@transaction.atomic
def take_step(
    *, introduction_id: int, step: IntroductionStep, by: AbstractBaseUser | None, at: datetime
) -> Introduction:
    """Lead an introduction one step on, if the step is possible and the person's to take.

    The row is locked before it is read: of two people the second is refused.
    ``by`` is None when the house itself acts, for the step that belongs to no side.

    Raises
    ------
    ValidationError
        `IllegalStep` or `NotYourStep`; the message is for the person who asked.
    """
    introduction = Introduction.objects.select_for_update(of=("self",)).get(pk=introduction_id)
    move(introduction, step, by=by, at=at)
    _promise_letter(introduction)
    return introduction


def move(
    introduction: Introduction,
    step: IntroductionStep,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Lead an introduction whose row is held one step on; nobody is told by it."""
    was, before = introduction.state, snapshot(introduction, "state")
    introduction.state = next_state(LIFE, IntroductionState(was), step)
    if not _may_take(step, introduction, by, on=at.date()):
        raise NotYourStep(_("This step is for the other side to take."))
    introduction.moved_at = at
    introduction.save(update_fields=["state", "moved_at"])
    if introduction.state not in OPEN_TO_TALK:
        call_off_all(introduction, by=by, at=at)
    record(
        Act.STEP,
        subject=introduction,
        by=by,
        body=_speaker(introduction, step, by, on=at.date()),
        changes=changes_since(before, introduction),
        step=step,
        was=was,
        now=introduction.state,
    )


def _may_take(
    step: IntroductionStep, introduction: Introduction, by: AbstractBaseUser | None, *, on: date
) -> bool:
    """Whether a step is the person's to take; the house takes those that belong to no side."""
    if by is None:
        return not TAKEN_BY[step]
    return bool(TAKEN_BY[step] & sides_of(introduction, by, on=on))


def _speaker(
    introduction: Introduction, step: IntroductionStep, by: AbstractBaseUser | None, *, on: date
) -> Entity | None:
    """The body for which somebody takes a step; None when the house does."""
    sides = TAKEN_BY[step] & sides_of(introduction, by, on=on) if by else frozenset()
    ends = {
        ASKED: introduction.asked,
        ASKER: introduction.asker,
        CONVENED: introduction.asker,
        BROKER: introduction.broker or introduction.asked,
    }
    return next((body for side, body in ends.items() if side in sides), None)


def _promise_letter(introduction: Introduction) -> None:
    """Promise to tell of the present state, whatever it is when the letter is written."""
    enqueue(
        "cooperation.tell_of_introduction",
        introduction_id=introduction.pk,
        state=str(introduction.state),
    )


@transaction.atomic
def let_lapse(*, introduction_id: int, at: datetime) -> bool:
    """Let a contact lapse in which nothing happened for too long; False if somebody was faster.

    Nobody's contact lapses unless those whose step is awaited were reminded in time.
    """
    silent = Introduction.objects.silent(at).select_for_update(of=("self",))
    if silent.filter(pk=introduction_id).first() is None:
        return False
    take_step(introduction_id=introduction_id, step=IntroductionStep.LAPSE, by=None, at=at)
    return True


@transaction.atomic
def remind_of_silence(*, introduction_id: int, at: datetime) -> bool:
    """Promise a letter to whose step is awaited, once in each silence."""
    silent = Introduction.objects.falling_silent(at).select_for_update(of=("self",))
    introduction = silent.filter(pk=introduction_id).first()
    if introduction is None:
        return False
    introduction.reminded_at = at
    introduction.save(update_fields=["reminded_at"])
    short, long = SILENCE[IntroductionState(introduction.state)]
    lapses_on = (at + long - short).date().isoformat()
    record(Act.REMIND, subject=introduction, by=None, lapses_on=lapses_on)
    enqueue("cooperation.tell_of_silence", introduction_id=introduction.pk, lapses_on=lapses_on)
    return True
