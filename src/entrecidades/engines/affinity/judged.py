"""What the stamps of candidates add, kept for all seekers who see a feature alike."""

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.atlas import STAMP_FIELDS, Atlas
from entrecidades.engines.affinity.model import PARTS, Model
from entrecidades.engines.affinity.observe import STAMP_FEATURES, Seen

DEPENDS: dict[str, tuple[str, ...]] = {
    "size": ("size",),
    "size_in_country": (),
    "size_between": ("country",),
    "role": ("roles",),
    "shared_roles": ("roles",),
    "kind": ("kind",),
    "language": ("languages",),
    "programme": ("programmes",),
    "countries": ("country",),
}
"""What of the seeker's stamp decides how a feature is seen; of others, all of it may."""

KEPT = 1_000
"""So many judged rows are kept at most: the whole world's seekers see some 700, 20 KB each."""

Gains = NDArray[np.float32]


class StampRows:
    """What the stamps of candidates add, for one seeker's stamp after the other."""

    def __init__(self, atlas: Atlas, model: Model) -> None:
        self.atlas = atlas
        self.model = model
        self.judged: dict[tuple[object, ...], Gains] = {}

    def of(self, place: int) -> Gains:
        """The sum over parts, float32[stamps]."""
        return sum_of(self.parts(place), self.atlas.stamps.country.size)

    def parts(self, place: int) -> dict[str, Gains]:
        """What each part adds for each stamp; parts of which stamps say nothing are left out."""
        gains: dict[str, Gains] = {}
        for feature in STAMP_FEATURES:
            part, row = self.model.tables[feature].part, self.row(feature, place)
            gains[part] = gains[part] + row if part in gains else row
        return gains

    def row(self, feature: str, place: int) -> Gains:
        """What one feature adds for each stamp; not to be written to."""
        key = self.key(feature, place)
        row = self.judged.get(key)
        if row is None:
            value = STAMP_FEATURES[feature](self.atlas, place)
            row = self.model.tables[feature].judge(Seen(feature, "stamp", value))
            if len(self.judged) >= KEPT:
                self.judged.clear()
            self.judged[key] = row
        return row

    def key(self, feature: str, place: int) -> tuple[object, ...]:
        """What decides how a place sees a feature."""
        stamps = self.atlas.stamps
        stamp = stamps.of_place[place]
        fields = DEPENDS.get(feature, STAMP_FIELDS)
        return (feature, *(int(getattr(stamps, field)[stamp]) for field in fields))


def sum_of(parts: dict[str, Gains], stamps: int) -> Gains:
    """The sum of the gains of all parts, in the parts' order."""
    total = np.zeros(stamps, np.float32)
    for part in PARTS:
        if part in parts:
            total += parts[part]
    return total
