"""What ends within twelve months, whatever it is, the nearest first."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from entrecidades.handover.choices import Chapter
from entrecidades.handover.rules import twelve_months_after
from entrecidades.handover.selectors.desk import Column, Desk, Line, Section
from entrecidades.handover.selectors.words import marked
from entrecidades.network.models import holding
from entrecidades.practices.selectors import board

End = tuple[date, str, str, str]


def expiring(desk: Desk) -> Section:
    """Everything with a last day in the coming year."""
    ends = sorted(end for find in ENDS for end in find(desk, twelve_months_after(desk.on)))
    return Section(
        "expiring",
        Chapter.EXPIRING,
        _("What runs out, and when"),
        _("Nothing runs out within twelve months."),
        (
            Column("ends_on", _("Last day")),
            Column("days_left", _("Days left"), 1),
            Column("kind", _("Kind")),
            Column("what", _("What"), 4),
        ),
        [
            Line((day, (day - desk.on).days, kind, what), address)
            for day, kind, what, address in ends
        ],
    )


def _postings(desk: Desk, until: date) -> Iterator[End]:
    """Offers and needs that leave the board."""
    for one in board(desk.reader).filter(entity=desk.body, expires_on__lte=until):
        if one.expires_on:
            yield one.expires_on, one.get_side_display(), marked(one), one.get_absolute_url()


def _mandates(desk: Desk, until: date) -> Iterator[End]:
    """Mandates of people and of associations."""
    held = desk.body.mandates.filter(holding(desk.on), valid_to__lte=until)
    for one in held.select_related("person", "agent"):
        who = str(one.person) if one.person else one.agent and one.agent.name_in()
        words = f"{who} · {one.get_role_display()}" if one.role else str(who)
        if one.valid_to:
            yield one.valid_to, _("mandate"), words, ""


def _posts(desk: Desk, until: date) -> Iterator[End]:
    """Terms of offices."""
    for one in desk.body.posts.filter(holding(desk.on), valid_to__lte=until):
        if one.valid_to:
            yield one.valid_to, _("post"), str(one), ""


def _memberships(desk: Desk, until: date) -> Iterator[End]:
    """Memberships that end."""
    held = desk.body.memberships.filter(holding(desk.on), valid_to__lte=until)
    for one in held.select_related("group"):
        if one.valid_to:
            group = one.group
            yield one.valid_to, _("membership"), group.name_in(), group.get_absolute_url()


#: What can run out; a room that brings more adds a line.
ENDS = (_postings, _mandates, _posts, _memberships)
