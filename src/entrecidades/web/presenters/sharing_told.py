"""Who sees a record and why, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity, Shared
from entrecidades.network.selectors import Audience, Reader, audience_of, readers_within


def audience_told(record: Shared, reader: Reader) -> list[dict[str, Any]]:
    """A row for each rung: who stands on it, why they see the record, and whether they do now."""
    return [
        {
            "words": _who(audience),
            "bodies": [_told(body, reader) for body in audience.bodies],
            "why": _why(audience, record),
            "now": audience.now,
        }
        for audience in audience_of(record, reader=reader)
        if audience.bodies or audience.rung >= Visibility.OVERSIGHT
    ]


def _told(body: Entity, reader: Reader) -> dict[str, Any]:
    """A body, and how many of its people read what it may read."""
    number = readers_within(body, reader=reader)
    people = ngettext("%(number)s person", "%(number)s people", number) % {"number": number}
    return {"name": body.name_in(), "url": body.get_absolute_url(), "people": people}


def _who(audience: Audience) -> str:
    """Who stands on a rung."""
    country = {"country": audience.country}
    return {
        Visibility.PRIVATE: _("Our own body, and who acts for it"),
        Visibility.PARTNER: _("The bodies it names"),
        Visibility.ASSOCIATION: _("Our associations"),
        Visibility.OVERSIGHT: _("Who oversees %(country)s") % country,
        Visibility.PUBLIC: _("Everybody, without an account"),
    }[audience.rung]


def _why(audience: Audience, record: Shared) -> str:
    """Why those on a rung see the record, or what keeps them from it."""
    if audience.now:
        return {
            Visibility.PRIVATE: _("It is the body’s own record."),
            Visibility.PARTNER: _("Both sides see every record that names them."),
            Visibility.ASSOCIATION: _("It is shared with the associations we belong to."),
            Visibility.OVERSIGHT: _("It is shared for oversight."),
            Visibility.PUBLIC: _("It is shared with everybody."),
        }[audience.rung]
    if not record.is_out:
        return _("Not while it is on our desk: it is not published.")
    if record.visibility >= audience.rung:
        return _("Not before the day you set.")
    return _("Not shared so far.")
