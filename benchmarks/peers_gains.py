"""The gains of the score as tables of a database, for the SQL that is compared with us.

What depends on two kinds (sizes, roles, ranks ...) is a table of pairs of kinds, worked out
beforehand as a user would; nothing is left to the query that a join on whole numbers can find.
"""

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity import Atlas, Matcher, Sparse
from entrecidades.engines.affinity.history import OCTAVES
from entrecidades.engines.affinity.observe import (
    GREATEST,
    LEVEL_SHIFT,
    LEVELS,
    STANDING_BITS,
    STANDINGS,
    sizes_between,
)
from entrecidades.engines.affinity.places import SIZES
from entrecidades.engines.affinity.settings import RANKS, WEIGHTS

Table = dict[str, NDArray[np.generic]]

BITS = 64


def places_of(atlas: Atlas) -> Table:
    """The places and the kinds of each."""
    places, size = atlas.places, atlas.stamps.size[atlas.stamps.of_place]
    x, y, z = atlas.points
    centre, rank = np.divmod(atlas.settings.of_place, RANKS)
    return {
        "id": np.arange(len(atlas)),
        "country": places.country,
        "languages": places.languages,
        "programmes": places.programmes,
        "kind": places.kind,
        "roles": places.roles & ~STANDING_BITS,
        "standing": places.roles & STANDING_BITS,
        "size": size,
        "octave": size // 2,
        "centre": centre,
        "rank": rank,
        "x": x,
        "y": y,
        "z": z,
    }


def names_of(atlas: Atlas) -> Table:
    """Who bears which name, and how rare it is."""
    uses = np.diff(atlas.bearers.starts)
    keys = listed(atlas.places.keys, "key", "one")
    return {**keys, "rarity": np.log2(128 / np.maximum(uses[keys["key"]], 1))}


def listed(table: Sparse, column: str, value: str) -> Table:
    """A sparse table as rows of place, column and value."""
    return {
        "place": table.owners(),
        column: table.columns.astype(np.int64),
        value: table.values.astype(np.float64),
    }


def kinds(matcher: Matcher) -> dict[str, Table]:
    """Every table of gains."""
    alike = {name: counted(matcher, name) for name in ("language", "shared_roles", "programme")}
    return {
        **alike,
        "kind": counted(matcher, "kind"),
        "size": pairs(matcher, "size", SIZES),
        "role": pairs(matcher, "role", STANDINGS),
        "centre": pairs(matcher, "centre", WEIGHTS),
        "rank": pairs(matcher, "rank", RANKS),
        "size_in_country": usual_sizes(matcher),
        "size_between": special_sizes(matcher),
        "distance": chord_steps(matcher),
        "name_gain": steps(matcher, "name"),
    }


def counted(matcher: Matcher, feature: str) -> Table:
    """The gain of each number of things in common."""
    table, shared = matcher.model.tables[feature], np.arange(BITS)
    return {"shared": shared, "gain": table.gains[table.bins(shared)].astype(np.float64)}


def pairs(matcher: Matcher, feature: str, kinds: int) -> Table:
    """The gain of each pair of kinds."""
    mine, theirs = np.divmod(np.arange(kinds * kinds), kinds)
    gains = matcher.model.tables[feature].gains[: kinds * kinds]
    return {"mine": mine, "theirs": theirs, "gain": gains.astype(np.float64)}


def usual_sizes(matcher: Matcher) -> Table:
    """The gain of a size in its country."""
    table, lift = matcher.model.tables["size_in_country"], matcher.atlas.history.usual_lift
    country, octave = np.divmod(np.arange(lift.size), OCTAVES)
    gain = table.gains[table.bins(lift.ravel())]
    return {"country": country, "octave": octave, "gain": gain.astype(np.float64)}


def special_sizes(matcher: Matcher) -> Table:
    """The gain of a size in a country, as another country sees it."""
    table, history = matcher.model.tables["size_between"], matcher.atlas.history
    lands = len(history.countries)
    lifts = np.concatenate([sizes_between(history, home).ravel() for home in range(lands)])
    home, rest = np.divmod(np.arange(lifts.size), lands * OCTAVES)
    country, octave = np.divmod(rest, OCTAVES)
    gain = table.gains[table.bins(lifts)].astype(np.float64)
    return {"home": home, "country": country, "octave": octave, "gain": gain}


def steps(matcher: Matcher, feature: str) -> Table:
    """The gains of a feature, each with the least value that earns it."""
    table = matcher.model.tables[feature]
    return {"low": np.append(-1.0, table.edges), "gain": table.gains.astype(np.float64)}


def chord_steps(matcher: Matcher) -> Table:
    """The gains of distance, each with the least squared chord that earns it."""
    squared = (np.arange(LEVELS, dtype=np.int32) << LEVEL_SHIFT).view(np.float32)
    known = squared <= GREATEST
    gain = matcher.eye.levels[known]
    first = np.append(True, gain[1:] != gain[:-1])
    return {"low": squared[known][first], "gain": gain[first].astype(np.float64)}
