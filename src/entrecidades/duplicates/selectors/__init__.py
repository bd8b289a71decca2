"""Questions about duplicates; nothing here writes."""

from entrecidades.duplicates.selectors.moving import Row
from entrecidades.duplicates.selectors.preview import Plan, differing, plan_merge
from entrecidades.duplicates.selectors.queue import (
    countries_with_duplicates,
    duplicates_wished,
    merges,
)

__all__ = [
    "Plan",
    "Row",
    "countries_with_duplicates",
    "differing",
    "duplicates_wished",
    "merges",
    "plan_merge",
]
