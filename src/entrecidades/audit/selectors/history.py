"""What happened to a thing, and what happened at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet

from entrecidades.audit.models import Head, Trace
from entrecidades.audit.rules import START
from entrecidades.kernel.lookups import begins


def name_of(subject: Model) -> str:
    """A thing as traces name it, such as ``network.Entity:7``."""
    return f"{subject._meta.label}:{subject.pk}"


def history_of(subject: Model) -> QuerySet[Trace]:
    """The traces of a thing, newest first."""
    return Trace.objects.filter(subject=name_of(subject)).order_by("-pk")


def head() -> Head:
    """The end of the chain as it stands; before anything was done, the beginning."""
    return Head.objects.filter(pk=1).first() or Head(position=0, hash=START)


@dataclass(frozen=True, slots=True)
class TraceWish:
    """What somebody who searches history asked for; empty parts ask for nothing.

    ``person`` is the number of somebody who acted or whose values were changed;
    ``subject`` begins the name of a thing; both days count.
    """

    acts: Sequence[str] = ()
    subject: str = ""
    person: int | None = None
    since: date | None = None
    until: date | None = None


def traces_wished(wish: TraceWish) -> QuerySet[Trace]:
    """The traces that fulfil every part of a wish, newest first."""
    found = Trace.objects.order_by("-pk")
    if wish.acts:
        found = found.filter(act__in=wish.acts)
    if wish.subject:
        found = found.filter(begins("subject", wish.subject))
    if wish.person is not None:
        found = found.filter(Q(by_id=wish.person) | Q(about_id=wish.person))
    if wish.since:
        found = found.filter(at__date__gte=wish.since)
    if wish.until:
        found = found.filter(at__date__lte=wish.until)
    return found


def acts_so_far() -> list[str]:
    """Every act that has left a trace."""
    return sorted(Trace.objects.order_by().values_list("act", flat=True).distinct())
