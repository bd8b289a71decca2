"""Who acts for the body, and its offices with their terms."""

from django.utils.translation import gettext as _

from entrecidades.handover.choices import Chapter
from entrecidades.handover.selectors.desk import Column, Desk, Line, Section
from entrecidades.kernel.text import pick
from entrecidades.network.models import holding
from entrecidades.network.selectors.joining import team_of


def team(desk: Desk) -> Section:
    """Everybody who acts for the body, with role and term; colleagues know each other's names."""
    return Section(
        "team",
        Chapter.PEOPLE,
        _("Team"),
        _("Nobody acts for the body."),
        (
            Column("name", _("Name"), 3),
            Column("email", _("E-mail address"), 4),
            Column("role", _("Role"), 3),
            Column("from", _("From")),
            Column("until", _("Until")),
        ),
        [
            Line(
                (
                    one.person.name if one.person else "",
                    one.person.email if one.person else "",
                    one.get_role_display(),
                    one.valid_from,
                    one.valid_to,
                )
            )
            for one in team_of(desk.body, on=desk.on)
        ],
    )


def posts(desk: Desk) -> Section:
    """The offices of the body; who holds one is named where she has agreed to it."""
    held = desk.body.posts.filter(holding(desk.on)).select_related("holder").order_by("pk")
    return Section(
        "posts",
        Chapter.PEOPLE,
        _("Posts"),
        _("No post is recorded."),
        (
            Column("title", _("Title"), 3),
            Column("held_by", _("Held by"), 3),
            Column("contact", _("Contact"), 3),
            Column("from", _("From")),
            Column("until", _("Until")),
        ),
        [
            Line(
                (
                    pick(one.title).words,
                    str(one.holder) if one.holder and one.holder_agreed else "",
                    one.contact_email,
                    one.valid_from,
                    one.valid_to,
                )
            )
            for one in held
        ],
    )
