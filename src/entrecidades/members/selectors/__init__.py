"""Questions about the members of an association; nothing here writes."""

from entrecidades.members.selectors.standing import (
    Member,
    MemberWish,
    bodies_in,
    members_of,
    members_wished,
)

__all__ = ["Member", "MemberWish", "bodies_in", "members_of", "members_wished"]
