"""Import a country's official list of local governments: plan, show, apply; doubts are settled.

`undo` (in ``services.undo``) takes an import back.
"""

from entrecidades.exchange.services.official_lists.apply import CannotApply, apply_official
from entrecidades.exchange.services.official_lists.doubts import (
    AnothersPlace,
    SettledAlready,
    dismiss_doubt,
    settle_doubt,
)
from entrecidades.exchange.services.official_lists.plan import (
    OfficialPlan,
    UnknownList,
    plan_official,
)

__all__ = [
    "AnothersPlace",
    "CannotApply",
    "OfficialPlan",
    "SettledAlready",
    "UnknownList",
    "apply_official",
    "dismiss_doubt",
    "plan_official",
    "settle_doubt",
]
