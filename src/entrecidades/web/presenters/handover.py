"""What the page of a hand-over says: who can leave and follow, and what would move."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.handover.selectors.held import mandates_now_or_later, waiting_for
from entrecidades.network.models import Entity, Invitation
from entrecidades.network.selectors.joining import open_invitations, team_of
from entrecidades.web.forms.handover import LeavingForm

PERSON, INVITATION = "person", "invitation"


def leavers(body: Entity, *, at: datetime) -> list[tuple[str, str]]:
    """The people of the team, by their numbers."""
    return [(str(one.pk), f"{one}") for one in _people(body, at=at)]


def heirs(body: Entity, *, at: datetime) -> list[tuple[str, str]]:
    """Who can follow: the people of the team, and those whose invitation is open."""
    team = [(f"{PERSON}:{one.pk}", str(one)) for one in _people(body, at=at)]
    invited = [
        (f"{INVITATION}:{one.public_id}", _("%(name)s (invited)") % {"name": _invited(one)})
        for one in open_invitations(body, at=at)
    ]
    return [*team, *invited]


def heir(key: str, body: Entity, *, at: datetime) -> Person | Invitation | None:
    """The person or the invitation that a choice names, if it is there still."""
    kind, _colon, number = key.partition(":")
    if kind == PERSON:
        return next((one for one in _people(body, at=at) if str(one.pk) == number), None)
    found = open_invitations(body, at=at)
    return next((one for one in found if str(one.public_id) == number), None)


def leaver_of(key: str, body: Entity, *, at: datetime) -> Person | None:
    """The person of the team that a choice names."""
    return next((one for one in _people(body, at=at) if str(one.pk) == key), None)


def moves(leaver: Person, body: Entity, *, at: datetime) -> list[dict[str, Any]]:
    """What a hand-over moves, kind by kind, each thing by its name."""
    roles = mandates_now_or_later(leaver, body, at=at)
    told = [{"title": _("Roles she gives up"), "things": [_role(one) for one in roles]}]
    for title, rows in waiting_for(leaver, body, at=at):
        told.append(_kind((title, rows)))
    return told


def desks(form: LeavingForm) -> list[dict[str, Any]]:
    """What somebody leaves behind, body by body, kind by kind, and who is asked to follow."""
    return [
        {
            "body": left.body,
            "things": [_kind(kind) for kind in left.things],
            "is_last": left.is_last,
            "field": field,
        }
        for left, field in form.parts()
    ]


def _kind(kind: tuple[str, list[Any]]) -> dict[str, Any]:
    """The things of one kind, each by its name."""
    return {"title": kind[0], "things": [_thing(row) for row in kind[1]]}


def _people(body: Entity, *, at: datetime) -> list[Person]:
    """The people of the team, each once."""
    found = {one.person.pk: one.person for one in team_of(body, on=at.date()) if one.person}
    return list(found.values())


def _invited(one: Invitation) -> str:
    """Whom an invitation is meant for."""
    return one.email or _("whoever has the link or the code")


def _role(mandate: Any) -> dict[str, str]:
    """A role that is given up."""
    return {"words": str(mandate.get_role_display()), "url": ""}


def _thing(row: Any) -> dict[str, str]:
    """A thing with its address, if it has one."""
    address = getattr(row, "get_absolute_url", None)
    words = f"{_invited(row)} · {row}" if isinstance(row, Invitation) else str(row)
    return {"words": words, "url": address() if address else ""}
