"""Where an entry of the register has gone that was merged into another."""

from entrecidades.network.choices import MergeState
from entrecidades.network.models import Entity, Merge


def survivor_of(entity: Entity) -> Entity:
    """The entry that stands for a body today: itself, unless it was merged into another."""
    found = entity
    # An entry that was merged away ends; one that has not ended needs no question.
    while found.valid_to is not None:
        merge = (
            Merge.objects.filter(absorbed=found, state=MergeState.STANDING)
            .select_related("survivor__country")
            .first()
        )
        if merge is None:
            break
        found = merge.survivor
    return found
