"""Small made-up worlds for the affinity engine: every column at random, every quirk present."""

import numpy as np

from entrecidades.engines.affinity import Atlas, Places, Sparse, name_keys

WORDS = ["Trento", "Nova Trento", "Santa Rita", "Rita", "Porto Alegre", "Alegre", "Maputo"]


def table(rng, rows, columns, each):
    owner = np.repeat(np.arange(rows), each)
    return Sparse.of(
        owner,
        rng.integers(0, columns, owner.size),
        rng.uniform(0.1, 0.5, owner.size),
        rows=rows,
    )


def columns(seed, size):
    """Columns of a world in which some things are unknown."""
    rng = np.random.default_rng(seed)
    country = rng.integers(0, 4, size)
    centre = rng.uniform(-50, 50, (4, 2))[country]
    latitude = centre[:, 0] + rng.normal(0, 2, size)
    latitude[rng.random(size) < 0.05] = np.nan
    return {
        "latitude": latitude,
        "longitude": centre[:, 1] + rng.normal(0, 2, size),
        "population": np.round(10 ** rng.uniform(2, 7, size)) * (rng.random(size) > 0.1),
        "country": country,
        "region": country * 3 + rng.integers(0, 3, size),
        "kind": (rng.random(size) < 0.1).astype(int),
        "roles": rng.integers(0, 2, size) * 8,
        "languages": rng.integers(0, 8, size),
        "names": rng.integers(0, 40, size),
        "keys": name_keys([[WORDS[index]] for index in rng.integers(0, len(WORDS), size)]),
        "programmes": rng.integers(0, 4, size),
        "priorities": rng.integers(0, 4, 10),
    }


def places(seed, size, *, themes=True):
    """A world of places, with or without needs and offers."""
    rng = np.random.default_rng(seed + 1)
    known = {name: table(rng, size, 12, 2) for name in ("needs", "offers")} if themes else {}
    return Places.of(**columns(seed, size), **known)


def links(seed, size):
    """Known partnerships at random, the first rows favoured."""
    rng = np.random.default_rng(seed + 2)
    return np.floor(size * rng.random((3 * size, 2)) ** 2).astype(int)


def atlas(seed=0, size=60, *, themes=True):
    """A world with its partnerships."""
    return Atlas.of(places(seed, size, themes=themes), links(seed, size))
