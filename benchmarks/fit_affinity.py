"""Fit the weights of the affinity engine on known partnerships, and write them.

Repeat with ``python -m benchmarks.fit_affinity --pairs ../shared/data/partnerships/pairs.csv.gz``.

Each safely known pair asks two questions: of all places of B's country, which is A's partner,
and the reverse. The pairs are dealt into folds; a question is seen in a world that does not know
any pair of its fold, so that nothing can be read off the answer. Pairs of one place with two
close neighbours share a fold, since they are often one pair under two names. The tables are
those of an additive conditional logit with smoothed bins; standings count only partly, so
that not everybody is shown the same capitals (see ``MODESTY``).
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.affinity_logit import Fitted, fit
from benchmarks.affinity_world import Pair, load_world, read_pairs
from entrecidades.engines.affinity.atlas import Atlas
from entrecidades.engines.affinity.cells import chord_km, unit_vectors
from entrecidades.engines.affinity.observe import (
    COUNTS,
    LIFTS,
    STANDINGS,
    between,
    distance_levels,
    level_km,
    standing,
)
from entrecidades.engines.affinity.places import SIZES, Places, size_class
from entrecidades.engines.affinity.settings import RANKS, WEIGHTS

MODESTY = 0.5
"""How much of a place's general attraction is taken away: 0 copies history, 1 forgets it."""

FOLDS = 10
DRAWN = 120
"""Candidates compared with each partner."""

SAME_KM = 25.0

SINGLE = ("partners_here", "shared_partners", "chain", "name")
PARTIAL = ("degree", "names", "crowding", "size_in_country")
"""Standings, which modesty reduces."""

SPEC: dict[str, tuple[str, list[float]]] = {
    "degree": ("history", [1, 2, 3, 4, 6, 9, 13, 19, 31]),
    "names": ("history", [2, 3, 4, 6, 8, 11, 14, 18, 23, 28, 34, 46, 71, 111]),
    "crowding": ("history", [0.01, 0.1, 0.3, 1, 2, 4, 8, 16, 32, 64]),
    "size": ("size", []),
    "size_in_country": ("size", [-3, -2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4]),
    "size_between": ("size", [-1.5, -1, -0.6, -0.3, -0.1, 0.1, 0.3, 0.6, 1, 1.5]),
    "role": ("role", []),
    "centre": ("role", []),
    "rank": ("role", []),
    "region_open": ("history", [-2, -1.5, -1, -0.6, -0.3, 0, 0.3, 0.6, 1, 1.5]),
    "region_country": ("history", [-1.5, -1, -0.6, -0.3, -0.1, 0.1, 0.3, 0.6, 1, 1.5, 2]),
    "region_around": (
        "history",
        [-2, -1.2, -0.7, -0.3, -0.1, 0.1, 0.3, 0.7, 1.2, 1.8, 2.5],
    ),
    "region_pair": ("history", [-0.6, -0.3, -0.15, -0.05, 0.05, 0.15, 0.3, 0.6, 1, 1.5]),
    "neighbours": ("history", [-9, -1.2, -0.7, -0.3, -0.1, 0.1, 0.3, 0.7, 1.2, 1.8, 2.5, 3.2]),
    "partners_here": ("history", []),
    "shared_partners": ("history", [0.01, 0.3, 0.6, 1, 2, 4, 8]),
    "chain": ("history", [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 1]),
    "name": ("name", [0.01, 1, 2, 3, 4, 5]),
    "distance": (
        "distance",
        [10, 20, 35, 50, 75, 100, 150, 200, 300, 450, 700, 1000, 1500, 2500, 4000, 7000],
    ),
}
SHAPES = {
    "size": (SIZES, SIZES),
    "role": (STANDINGS, STANDINGS),
    "centre": (WEIGHTS, WEIGHTS),
    "rank": (RANKS, RANKS),
    "partners_here": (COUNTS, LIFTS),
}


class Observer:
    """Bins of every feature for one place and some candidates."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.standing = {seen.feature: seen.value for seen in standing(atlas)}
        self.kilometres = np.nan_to_num(level_km())
        self.scratch = np.full(len(atlas), -np.inf)

    def bins(self, place: int, ids: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Shape (features of ``SPEC``, candidates)."""
        atlas = self.atlas
        where = {
            "stamp": atlas.stamps.of_place[ids],
            "setting": atlas.settings.of_place[ids],
            "region": atlas.places.region[ids],
            "cell": atlas.cells.of_place[ids],
            "place": ids,
        }
        values = dict.fromkeys(SINGLE, np.full(ids.size, -np.inf))
        values |= {name: column[ids] for name, column in self.standing.items()}
        values["distance"] = self.kilometres[distance_levels(atlas, place, ids)]
        for seen in between(atlas, place):
            if seen.feature not in SPEC:
                continue
            if seen.ids is None:
                values[seen.feature] = seen.value[where[seen.over]]
            else:
                self.scratch[seen.ids] = seen.value
                values[seen.feature] = self.scratch[where[seen.over]]
                self.scratch[seen.ids] = -np.inf
        return np.stack([binned(name, values[name]) for name in SPEC])


def binned(feature: str, values: NDArray[np.float64]) -> NDArray[np.uint16]:
    """The bin of each value, as the model will bin it."""
    edges = SPEC[feature][1]
    found = np.searchsorted(edges, values, side="right") if edges else np.maximum(values, 0)
    return found.astype(np.uint16)


def dealt(
    pairs: list[Pair], places: Places, rng: np.random.Generator, folds: int = FOLDS
) -> NDArray[np.int64]:
    """A fold for each pair; pairs of one place with close neighbours share theirs."""
    points = unit_vectors(places.latitude, places.longitude)
    fold = rng.integers(0, folds, len(pairs))
    anchored: dict[int, list[tuple[int, int]]] = {}
    for index, pair in enumerate(pairs):
        for anchor, other in ((pair.here, pair.there), (pair.there, pair.here)):
            for earlier, town in anchored.setdefault(anchor, []):
                if chord_km(points[other], points[town]) < SAME_KM:
                    fold[index] = fold[earlier]
            anchored[anchor].append((index, other))
    return fold


def questions(pairs: list[Pair], places: Places) -> Iterator[tuple[int, int, int]]:
    """(asking place, partner, index of the pair) in both directions, for sure pairs."""
    for index, pair in enumerate(pairs):
        for asking, partner in ((pair.here, pair.there), (pair.there, pair.here)):
            if pair.sure and places.population[partner] > 0:
                yield asking, partner, index


def drawing_weights(atlas: Atlas, members: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chances to be drawn: some even, some by population, some by number of partners."""
    people = np.maximum(atlas.places.population[members], 1.0) ** 0.8
    degrees = atlas.history.degrees[members] + 0.05
    return 0.3 / members.size + 0.35 * people / people.sum() + 0.35 * degrees / degrees.sum()


def observe(
    places: Places, pairs: list[Pair], fold: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.uint16], NDArray[np.float64], NDArray[np.int64]]:
    """Bins (features, rows), offsets (rows) and length of each question; partners come first."""
    ends = np.array([(pair.here, pair.there) for pair in pairs])
    base = Atlas.of(places, ends)
    bins, offsets, lengths = [], [], []
    for part in range(FOLDS):
        atlas = base.with_links(ends[fold != part])
        observer = Observer(atlas)
        known = [set(atlas.history.partners.row(row)[0].tolist()) for row in range(len(atlas))]
        pools: dict[int, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}
        for asking, partner, index in questions(pairs, places):
            if fold[index] != part:
                continue
            land = int(places.country[partner])
            if land not in pools:
                members = np.flatnonzero((places.country == land) & (places.population > 0))
                pools[land] = members, drawing_weights(atlas, members)
            ids, offset = drawn(*pools[land], {asking, partner} | known[asking], rng)
            bins.append(observer.bins(asking, np.append(partner, ids)))
            offsets.append(np.append(0.0, offset))
            lengths.append(ids.size + 1)
        print(f"fold {part + 1} of {FOLDS}: {len(lengths)} questions", file=sys.stderr)
    return np.concatenate(bins, axis=1), np.concatenate(offsets), np.array(lengths)


def drawn(
    members: NDArray[np.int64],
    weights: NDArray[np.float64],
    barred: set[int],
    rng: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Some candidates, and the logarithm of how many each stands for."""
    free = ~np.isin(members, list(barred))
    ids, chance = members[free], weights[free] / max(weights[free].sum(), 1e-12)
    if ids.size <= DRAWN:
        return ids, np.zeros(ids.size)
    chosen = rng.choice(ids.size, DRAWN, p=chance)
    return ids[chosen], -np.log(DRAWN * chance[chosen])


def modest(fitted: Fitted, places: Places) -> dict[str, NDArray[np.float64]]:
    """The tables with a part of every place's general attraction taken away."""
    tables = dict(fitted)
    asking = np.bincount(size_class(places.population), minlength=SIZES) / len(places)
    attraction = np.log(np.maximum(asking @ np.exp(tables["size"]), 1e-9))
    tables["size"] = tables["size"] - MODESTY * attraction[None, :]
    for name in PARTIAL:
        tables[name] = (1 - MODESTY) * tables[name]
    return tables


def grounded(name: str, table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tables of what few candidates have start from zero, others are centred."""
    if name in (*SINGLE, "neighbours"):
        return table - table.ravel()[0]
    return table - table.mean()


DEFAULTS = {
    "language": {"part": "language", "edges": [1, 2], "gains": [0.0, 1.0, 1.2]},
    "countries": {
        "part": "history",
        "edges": [-1, -0.5, 0, 0.5, 1, 1.5, 2],
        "gains": [-1.2, -0.7, -0.2, 0.2, 0.7, 1.2, 1.7, 2.0],
    },
    "kind": {"part": "role", "edges": [1], "gains": [0.0, -3.0]},
    "shared_roles": {"part": "role", "edges": [1, 2], "gains": [0.0, 0.5, 0.8]},
    "programme": {"part": "programme", "edges": [1], "gains": [0.0, 0.5]},
}
"""Judgements that the pairs cannot teach; the reference page says why."""

THEMES = {"needs": 10.0, "offers": 8.0, "programme": 0.5}


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    default = Path("src/entrecidades/engines/affinity/weights.json")
    parser.add_argument("--out", type=Path, default=default)
    options = parser.parse_args()
    start = time.perf_counter()
    world = load_world()
    pairs = list(read_pairs(options.pairs, world.row_of))
    rng = np.random.default_rng(2026)
    fold = dealt(pairs, world.places, rng)
    bins, offsets, lengths = observe(world.places, pairs, fold, rng)
    shapes = {name: SHAPES.get(name, (1, len(edges) + 1)) for name, (_, edges) in SPEC.items()}
    fitted, loss = fit(dict(zip(SPEC, bins, strict=True)), shapes, offsets, lengths)
    tables = {name: grounded(name, table) for name, table in modest(fitted, world.places).items()}
    about = {"pairs": len(pairs), "questions": int(lengths.size), "loss": round(loss, 4)}
    options.out.write_text(written(tables, about), encoding="utf-8")
    print(f"{about}, {time.perf_counter() - start:.0f} s", file=sys.stderr)


def written(tables: dict[str, NDArray[np.float64]], about: dict[str, object]) -> str:
    """The file of weights."""
    features = dict(DEFAULTS)
    for name, (part, edges) in SPEC.items():
        gains = np.round(tables[name], 3).tolist()
        features[name] = {"part": part} | ({"edges": edges} if edges else {}) | {"gains": gains}
    data = {"about": about, "themes": THEMES, "features": features}
    return json.dumps(data) + "\n"


if __name__ == "__main__":
    main()
