"""All that a body has at hand on a day: the registry of sections, and whether it is much."""

from collections.abc import Callable

from entrecidades.handover.rules import LARGE
from entrecidades.handover.selectors.desk import Desk, Section
from entrecidades.handover.selectors.sections import (
    expiring,
    in_force,
    past,
    people,
    sight,
    waiting,
)

#: The sections in their order. A room that brings more things to a desk adds a line here.
SECTIONS: tuple[Callable[[Desk], Section], ...] = (
    in_force.partnerships,
    in_force.agreed_contacts,
    in_force.memberships,
    in_force.homologues,
    in_force.entrusted,
    in_force.offers_and_needs,
    in_force.practices,
    expiring.expiring,
    waiting.contacts,
    waiting.invitations,
    waiting.claims,
    waiting.drafts,
    people.team,
    people.posts,
    sight.sharing,
    past.last_months,
    past.addresses,
)


def is_large(desk: Desk) -> bool:
    """Whether a pack of this desk is better built by the worker than while somebody waits."""
    return past.history(desk).count() > LARGE
