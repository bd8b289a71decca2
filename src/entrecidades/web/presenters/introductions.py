"""What the pages about first contacts say, and the desk of those who take part in them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from entrecidades.accounts.models import Person
from entrecidades.cooperation.choices import IntroductionState, IntroductionStep
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.rules import steps_for
from entrecidades.cooperation.selectors import sides_of
from entrecidades.network.models import Entity
from entrecidades.practices.choices import PostingState
from entrecidades.practices.models import Posting

#: The way of a contact that goes well.
WAY = [
    IntroductionState.REQUESTED,
    IntroductionState.FORWARDED,
    IntroductionState.ACCEPTED,
    IntroductionState.TALKING,
    IntroductionState.AGREED,
]
#: A posting that runs out within these days needs a look.
SOON = timedelta(days=30)
STRONG = {"accept", "forward", "talk", "agree"}


def introduction_context(
    introduction: Introduction, person: Person, *, on: date
) -> dict[str, Any]:
    """What the page of a first contact is given."""
    state = IntroductionState(introduction.state)
    sides = sides_of(introduction, person, on=on)
    return {
        "introduction": introduction,
        "first": _end(introduction.asker),
        "second": _end(introduction.asked),
        "kind": "known" if state == IntroductionState.AGREED else "planned",
        "stages": stages(introduction),
        "steps": [
            {"value": step.value, "words": str(step.label), "is_strong": step.value in STRONG}
            for step in steps_for(state, sides)
            if step != IntroductionStep.TALK  # the first message is this step
        ],
    }


def _end(entity: Entity) -> dict[str, Any]:
    """A body at one end of a contact."""
    return {
        "name": entity.name_in(),
        "note": str(entity.country),
        "url": entity.get_absolute_url(),
    }


def stages(introduction: Introduction) -> list[dict[str, Any]]:
    """The way of the contact: what is behind, where it stands, what may come."""
    state = IntroductionState(introduction.state)
    way = [one for one in WAY if introduction.broker_id or one != IntroductionState.REQUESTED]
    if state not in way:
        way = [way[0], state]
    here = way.index(state)
    return [
        {"words": str(one.label), "is_past": number < here, "is_here": number == here}
        for number, one in enumerate(way)
    ]


def waiting_for(
    introductions: Iterable[Introduction], mine: Iterable[Entity]
) -> list[Introduction]:
    """The contacts in which the next move is ours, and not theirs."""
    keys = {entity.pk for entity in mine}
    return [one for one in introductions if _is_our_turn(one, keys)]


def _is_our_turn(one: Introduction, keys: set[int]) -> bool:
    """Whether one of our bodies is the one that everybody waits for."""
    turns = {
        IntroductionState.REQUESTED: one.broker_id or one.asked_id,
        IntroductionState.FORWARDED: one.asked_id,
        IntroductionState.ACCEPTED: one.asker_id,
    }
    return turns.get(IntroductionState(one.state)) in keys


def running_out(postings: Iterable[Posting], *, on: date) -> list[Posting]:
    """The postings that leave the board soon, and the drafts that are not on it yet."""
    return [
        one
        for one in postings
        if one.state == PostingState.DRAFT
        or (
            one.state == PostingState.PUBLISHED
            and one.expires_on is not None
            and one.expires_on <= on + SOON
        )
    ]
