"""What was done in the last twelve months, in words, and where everything stands."""

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.audit.models import Trace
from entrecidades.audit.selectors.history import name_of
from entrecidades.handover.choices import Chapter
from entrecidades.handover.rules import twelve_months_before
from entrecidades.handover.selectors.desk import Column, Desk, Line, Section
from entrecidades.handover.selectors.sections.sight import kinds_shared
from entrecidades.network.selectors import seen_by

#: Deeds that a dossier tells at most; the pack holds all of them.
MOST = 400


def own_things(desk: Desk) -> dict[str, Model]:
    """The body and its records that the reader sees, by the names under which traces know them."""
    found: list[Model] = [desk.body]
    for model in kinds_shared():
        named = Q(**{model.OWNER: desk.body})
        for party in model.PARTIES:
            named |= Q(**{party: desk.body})
        found += model._default_manager.filter(seen_by(desk.reader, model), named).order_by("pk")
    return {name_of(one): one for one in found}


def history(desk: Desk, things: dict[str, Model] | None = None) -> QuerySet[Trace]:
    """Every trace of the body: what was done for it, and what was done to its records."""
    things = own_things(desk) if things is None else things
    return Trace.objects.filter(Q(body_id=desk.body.pk) | Q(subject__in=list(things)))


def last_months(desk: Desk) -> Section:
    """Who did what in the last twelve months; colleagues by name, others as others."""
    things = own_things(desk)
    begun = twelve_months_before(desk.on)
    traces = list(
        history(desk, things)
        .filter(at__date__gte=begun, at__date__lte=desk.on)
        .order_by("-at", "-pk")[:MOST]
    )
    own = {trace.by_id for trace in traces if trace.by_id and trace.body_id == desk.body.pk}
    people = Person.objects.in_bulk(own)
    return Section(
        "history",
        Chapter.HISTORY,
        _("Who did what"),
        _("Nothing was done in the last twelve months."),
        (
            Column("day", _("Day")),
            Column("deed", _("What was done"), 3),
            Column("thing", _("On what"), 4),
            Column("by", _("By whom"), 3),
        ),
        [
            Line(
                (
                    trace.at.date(),
                    desk.deed(trace),
                    str(things.get(trace.subject) or ""),
                    _by(trace, desk, people),
                )
            )
            for trace in traces
        ],
    )


def _by(trace: Trace, desk: Desk, people: dict[int, Person]) -> str:
    """Who acted, as far as the body's people may know."""
    if trace.by_id is None:
        return _("Entrecidades itself")
    if trace.body_id == desk.body.pk and trace.by_id in people:
        return str(people[trace.by_id])
    return _("another body") if trace.body_id else _("a member")


def addresses(desk: Desk) -> Section:
    """Where the body's things are found again."""
    body = desk.body
    found = [(_("The page of the body"), body.get_absolute_url())]
    if body.seat:
        found.append((_("The page of its city"), body.seat.get_absolute_url()))
    found.append((_("The page of its country"), body.country.get_absolute_url()))
    if body.website:
        found.append((_("Its own website"), body.website))
    return Section(
        "addresses",
        Chapter.PLACES,
        _("Addresses"),
        _("No address is known."),
        (Column("what", _("What"), 2), Column("address", _("Address"), 4)),
        [Line((words, full(address)), address) for words, address in found],
    )


def full(address: str) -> str:
    """An address with the host on which it stands."""
    return f"{settings.PUBLIC_URL}{address}" if address.startswith("/") else address
