"""Questions about the members of an association; nothing here writes."""

from entrecidades.members.selectors.circulars import (
    Addressee,
    Addressees,
    addressees_of,
    bodies_told,
    circulars_seen_by,
    declined_by,
    outcome_of,
    sent_lately,
    still_reads,
    writes,
)
from entrecidades.members.selectors.standing import (
    Member,
    MemberWish,
    announced_by,
    bodies_in,
    members_of,
    members_wished,
)

__all__ = [
    "Addressee",
    "Addressees",
    "Member",
    "MemberWish",
    "addressees_of",
    "announced_by",
    "bodies_in",
    "bodies_told",
    "circulars_seen_by",
    "declined_by",
    "members_of",
    "members_wished",
    "outcome_of",
    "sent_lately",
    "still_reads",
    "writes",
]
