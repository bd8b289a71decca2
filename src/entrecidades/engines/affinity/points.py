"""How many of the 100 points each feature gives, so that a reason tells what counted."""

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.model import Table
from entrecidades.engines.affinity.observe import Seen, between, standing
from entrecidades.engines.affinity.view import Eye, Single


def points(
    eye: Eye, part: str, place: int, ids: NDArray[np.int64]
) -> dict[str, NDArray[np.float64]]:
    """What each feature of a part gives some candidates, beyond the least that it can give.

    Returns
    -------
    dict
        feature → float64[ids], of 100; their sum is the part's weight times its score.
    """
    atlas, model = eye.atlas, eye.model
    where = {
        "stamp": atlas.stamps.of_place[ids],
        "setting": atlas.settings.of_place[ids],
        "region": atlas.places.region[ids],
        "cell": atlas.cells.of_place[ids],
        "place": ids,
    }
    tables = {name: table for name, table in model.tables.items() if table.part == part}
    gains = {name: np.zeros(ids.size, np.float32) for name in tables}
    for seen in (*standing(atlas), *between(atlas, place)):
        if seen.feature in tables:
            gains[seen.feature] = gains_of(tables[seen.feature], seen, where[seen.over])
    unit = 100 / sum(model.spans().values())
    return {
        name: unit * (gain.astype(np.float64) - float(tables[name].gains.min()))
        for name, gain in gains.items()
    }


def gains_of(table: Table, seen: Seen, wanted: NDArray[np.int64]) -> NDArray[np.float32]:
    """What a feature adds for some of the ids that it was observed over."""
    if seen.ids is not None:
        return Single(table.part, seen.ids, table.judge(seen)).of(wanted)
    return table.judge(Seen(seen.feature, seen.over, seen.value[wanted]))
