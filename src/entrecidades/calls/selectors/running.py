"""Which calls a person runs: those of the programmes that her bodies coordinate."""

from datetime import date

from django.db.models import Q

from entrecidades.accounts.permissions import Permission
from entrecidades.calls.choices import CallState
from entrecidades.calls.models import Call, CallQuerySet
from entrecidades.cooperation.models import Coordination
from entrecidades.cooperation.selectors import Somebody
from entrecidades.network.selectors import entities_where


def calls_run_by(person: Somebody, *, on: date) -> CallQuerySet:
    """The calls that a person runs, drafts among them."""
    bodies = entities_where(person, Permission.CALL_RUN, on=on)
    programmes = Coordination.objects.filter(entity__in=bodies).values("programme")
    return Call.objects.filter(programme__in=programmes)


def calls_seen_by(person: Somebody, *, on: date) -> CallQuerySet:
    """The calls that a person may read of: all but the drafts of others."""
    hers = calls_run_by(person, on=on).order_by().values("pk")
    return Call.objects.filter(~Q(state=CallState.DRAFT) | Q(pk__in=hers)).select_related(
        "programme", "entity"
    )
