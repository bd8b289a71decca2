"""Questions about programmes: who sees, coordinates and runs them, and who is asked to."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.choices import OfferState, ProgrammeState
from entrecidades.cooperation.models import (
    Coordination,
    CoordinationOffer,
    Programme,
    ProgrammeQuerySet,
)
from entrecidades.cooperation.rules import programme_lacks
from entrecidades.network.choices import Kind
from entrecidades.network.models import Entity
from entrecidades.network.models.entity import EntityQuerySet
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import Reader, entities_where

Somebody = AbstractBaseUser | AnonymousUser


def programmes_seen_by(reader: Reader) -> ProgrammeQuerySet:
    """The programmes everybody may read of, and the drafts of the reader's own bodies.

    A body that is asked to coordinate sees what it is asked for.
    """
    hers = Coordination.objects.filter(entity__in=reader.own).values("programme")
    asked = CoordinationOffer.objects.filter(entity__in=reader.own, state=OfferState.ASKED)
    inside = Q(pk__in=hers) | Q(pk__in=asked.values("programme"))
    return Programme.objects.filter(~Q(state=ProgrammeState.DRAFT) | inside)


def programme_shown(reader: Reader) -> ProgrammeQuerySet:
    """Those programmes with their axes, themes and coordinators, in few queries."""
    return (
        programmes_seen_by(reader)
        .select_related("relation", "edition_of")
        .prefetch_related("axes__themes", "coordinations__entity__names", "coordinations__country")
    )


def bodies_running(person: Somebody, programme: Programme, *, on: date) -> EntityQuerySet:
    """The bodies for which a person may run a programme and its calls."""
    coordinating = Coordination.objects.filter(programme=programme).values("entity")
    return entities_where(person, Permission.CALL_RUN, on=on).filter(pk__in=coordinating)


def runs(person: Somebody, programme: Programme, *, on: date) -> bool:
    """Whether a person runs a programme and its calls."""
    return bodies_running(person, programme, on=on).exists()


def require_runner(person: Somebody, programme: Programme, *, on: date) -> Entity:
    """The body for which a person runs a programme; refuse her if there is none.

    Raises
    ------
    NotAllowed
        When none of her bodies coordinates the programme, or her role does not allow it.
    """
    body = bodies_running(person, programme, on=on).order_by("pk").first()
    if body is None:
        raise NotAllowed(_("A programme and its calls are run by those who coordinate it."))
    return body


def programmes_run_by(person: Somebody, *, on: date) -> ProgrammeQuerySet:
    """The programmes that a person runs, drafts among them."""
    bodies = entities_where(person, Permission.CALL_RUN, on=on)
    mine = Coordination.objects.filter(entity__in=bodies).values("programme")
    return Programme.objects.filter(pk__in=mine)


def makers_for(person: Somebody, *, on: date) -> EntityQuerySet:
    """The bodies for which a person may make a programme: associations of local governments."""
    bodies = entities_where(person, Permission.CALL_RUN, on=on)
    return bodies.filter(kind=Kind.ASSOCIATION).select_related("country")


def offers_for(person: Somebody, *, on: date) -> QuerySet[CoordinationOffer]:
    """The programmes that a person's bodies are asked to coordinate, and may answer for."""
    bodies = entities_where(person, Permission.CALL_RUN, on=on)
    waiting = CoordinationOffer.objects.filter(state=OfferState.ASKED, entity__in=bodies)
    return waiting.select_related("programme", "entity__country")


def lacking_in(programme: Programme) -> list[str]:
    """What a programme does not say yet, before everybody may read it.

    Of a first edition its year is enough; a later one has a day of its own.
    """
    by_year = programme.edition_of_id is None and programme.since_year is not None
    return programme_lacks(
        name=programme.name,
        axes=programme.axes.count(),
        begins=programme.begins_on is not None or by_year,
        days=(programme.begins_on, programme.ends_on),
    )
