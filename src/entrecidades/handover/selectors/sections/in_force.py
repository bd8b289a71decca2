"""What holds on the day: partnerships, ties between bodies, and what the body shows."""

from django.db.models import Q
from django.utils.translation import gettext as _

from entrecidades.cooperation.choices import IntroductionState
from entrecidades.cooperation.selectors import introductions_seen_by
from entrecidades.handover.choices import Chapter
from entrecidades.handover.selectors.desk import Column, Desk, Line, Section
from entrecidades.handover.selectors.words import marked
from entrecidades.network.choices import Confirmation
from entrecidades.network.models import Entity, Homologue, Mandate, holding
from entrecidades.network.selectors.partnerships import partnerships_of
from entrecidades.practices.selectors import board, practices_shown


def _term() -> tuple[Column, Column]:
    """The columns of what has a first and a last day."""
    return Column("from", _("From")), Column("until", _("Until"))


def partnerships(desk: Desk) -> Section:
    """The partnerships that one of the two has confirmed."""
    seat = desk.body.seat
    found = partnerships_of(seat).filter(confirmation=Confirmation.CONFIRMED) if seat else ()
    lines = []
    for one in found:
        other = one.other if one.one_id == desk.body.seat_id else one.one
        cells = (str(other), str(other.country), one.first_year, one.network)
        lines.append(Line(cells, other.get_absolute_url()))
    return Section(
        "partnerships",
        Chapter.IN_FORCE,
        _("Partnerships"),
        _("No partnership is confirmed."),
        (
            Column("with", _("With"), 3),
            Column("country", _("Country")),
            Column("since_year", _("Since"), 1),
            Column("network", _("Network")),
        ),
        lines,
    )


def memberships(desk: Desk) -> Section:
    """The associations and groupings that the body belongs to."""
    held = desk.body.memberships.filter(holding(desk.on)).select_related("group")
    return Section(
        "memberships",
        Chapter.IN_FORCE,
        _("Memberships"),
        _("The body belongs to no association."),
        (Column("body", _("Body"), 3), Column("kind", _("Kind")), *_term()),
        [
            Line(
                (one.group.name_in(), one.get_kind_display(), one.valid_from, one.valid_to),
                one.group.get_absolute_url(),
            )
            for one in held.order_by("group__name", "pk")
        ],
    )


def homologues(desk: Desk) -> Section:
    """The bodies with the same role in other countries."""
    ends = Q(one=desk.body) | Q(other=desk.body)
    held = Homologue.objects.filter(ends, holding(desk.on)).select_related("one", "other")
    lines = []
    for one in held.order_by("pk"):
        body = one.other if one.one_id == desk.body.pk else one.one
        cells = (body.name_in(), str(body.country), one.valid_from, one.valid_to)
        lines.append(Line(cells, body.get_absolute_url()))
    return Section(
        "homologues",
        Chapter.IN_FORCE,
        _("Counterparts abroad"),
        _("No counterpart is known."),
        (Column("body", _("Body"), 3), Column("country", _("Country")), *_term()),
        lines,
    )


def entrusted(desk: Desk) -> Section:
    """The bodies that act for this one, and those for which it acts."""
    held = (
        Mandate.objects.filter(holding(desk.on), Q(entity=desk.body) | Q(agent=desk.body))
        .exclude(agent=None)
        .select_related("entity", "agent")
        .order_by("pk")
    )
    return Section(
        "entrusted",
        Chapter.IN_FORCE,
        _("Who acts for whom"),
        _("No association acts for the body."),
        (Column("acts", _("Acts"), 3), Column("for", _("For"), 3), *_term()),
        [
            Line((_named(one.agent), _named(one.entity), one.valid_from, one.valid_to))
            for one in held
        ],
    )


def _named(body: Entity | None) -> str:
    """What a body is called; nothing for none."""
    return body.name_in() if body else ""


def offers_and_needs(desk: Desk) -> Section:
    """What stands on the board."""
    return Section(
        "offers_and_needs",
        Chapter.IN_FORCE,
        _("Offers and needs on the board"),
        _("Nothing stands on the board."),
        (
            Column("side", _("Offer or need")),
            Column("title", _("Title"), 4),
            Column("until", _("Until")),
            Column("who_sees_it", _("Who sees it")),
        ),
        [
            Line(
                (
                    one.get_side_display(),
                    marked(one),
                    one.expires_on,
                    one.get_visibility_display(),
                ),
                one.get_absolute_url(),
            )
            for one in board(desk.reader).filter(entity=desk.body).order_by("expires_on", "pk")
        ],
    )


def practices(desk: Desk) -> Section:
    """What the body does well and shows."""
    return Section(
        "practices",
        Chapter.IN_FORCE,
        _("Practices"),
        _("No practice is shown."),
        (
            Column("title", _("Title"), 4),
            Column("since_year", _("Since"), 1),
            Column("state", _("State")),
            Column("who_sees_it", _("Who sees it")),
        ),
        [
            Line(
                (
                    marked(one),
                    one.since_year,
                    one.get_state_display(),
                    one.get_visibility_display(),
                ),
                one.get_absolute_url(),
            )
            for one in practices_shown(desk.reader).filter(entity=desk.body).order_by("pk")
        ],
    )


def agreed_contacts(desk: Desk) -> Section:
    """The contacts that have led to an agreement."""
    found = introductions_seen_by(desk.reader).filter(state=IntroductionState.AGREED)
    lines = []
    for one in found.naming([desk.body.pk]).order_by("-moved_at", "pk"):
        other = one.asked if one.asker_id == desk.body.pk else one.asker
        cells = (other.name_in(), str(other.country), one.moved_at.date())
        lines.append(Line(cells, one.get_absolute_url()))
    return Section(
        "agreed_contacts",
        Chapter.IN_FORCE,
        _("Agreements recorded"),
        _("No contact has led to an agreement yet."),
        (
            Column("with", _("With"), 3),
            Column("country", _("Country")),
            Column("since", _("Since")),
        ),
        lines,
    )
