"""Everything that may happen to duplicates: found, proposed, merged, dismissed, taken back."""

from entrecidades.duplicates.services.deciding import dismiss_duplicate, propose_duplicate
from entrecidades.duplicates.services.finding import find_duplicates
from entrecidades.duplicates.services.merging import merge_entities
from entrecidades.duplicates.services.undoing import plan_undo_merge, undo_merge

__all__ = [
    "dismiss_duplicate",
    "find_duplicates",
    "merge_entities",
    "plan_undo_merge",
    "propose_duplicate",
    "undo_merge",
]
