"""An association's list of its members: plan, show, settle what is not certain, apply.

`undo` (in ``services.undo``) takes a list back.
"""

from entrecidades.exchange.services.member_lists.apply import CannotApply, apply_members
from entrecidades.exchange.services.member_lists.plan import (
    MEMBERS,
    MemberPlan,
    plan_members,
)
from entrecidades.exchange.services.member_lists.settling import NOBODY, Answers

__all__ = [
    "MEMBERS",
    "NOBODY",
    "Answers",
    "CannotApply",
    "MemberPlan",
    "apply_members",
    "plan_members",
]
