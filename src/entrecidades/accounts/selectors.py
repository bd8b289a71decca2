"""Questions about accounts."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from entrecidades.accounts.choices import NominationState
from entrecidades.accounts.models import Look, Nomination, Person, SignIn
from entrecidades.accounts.rules import IDLE, LONGEST, LONGEST_STAY


def sign_ins_of(person: Person, *, at: datetime) -> QuerySet[SignIn]:
    """Where she is logged in at a moment, last used first."""
    fresh = Q(stays=False, began_at__gt=at - LONGEST, seen_at__gt=at - IDLE)
    staying = Q(stays=True, began_at__gt=at - LONGEST_STAY)
    return SignIn.objects.filter(fresh | staying, person=person)


#: A search finds no more people than a reader looks through, and none by a letter or two.
FOUND, LEAST_ASKED = 20, 3


def people_found(words: str) -> QuerySet[Person]:
    """People by a piece of their name or address; nobody when too little is asked."""
    asked = words.strip()
    if len(asked) < LEAST_ASKED:
        return Person.objects.none()
    called = Q(name__icontains=asked) | Q(email__icontains=asked)
    return Person.objects.filter(called).order_by("name", "email")[: FOUND + 1]


def look_now(public_id: str, *, operator: Person, at: datetime) -> Look | None:
    """The look of an operator that is not over; None when she, or its person, may no longer."""
    if not operator.is_staff:
        return None
    running = Look.objects.filter(
        operator=operator,
        ended_at=None,
        ends_at__gt=at,
        person__is_active=True,
        person__is_staff=False,
        person__is_superuser=False,
    )
    try:
        return running.select_related("person").filter(public_id=public_id).first()
    except ValidationError:
        return None


def looks_as(person: Person) -> QuerySet[Look]:
    """Who looked at the site as her, last first."""
    return Look.objects.filter(person=person).select_related("operator")


def nominations_waiting() -> QuerySet[Nomination]:
    """Those about which another operator is to decide."""
    waiting = Nomination.objects.filter(state=NominationState.WAITING)
    return waiting.select_related("person", "asked_by").order_by("asked_at", "pk")


def operators() -> QuerySet[Person]:
    """Those who run the instance."""
    return Person.objects.filter(is_staff=True, is_active=True).order_by("pk")
