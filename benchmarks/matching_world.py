"""The world for the benchmarks of matching: real places, generated themes.

The places are the gazetteer's. Needs and offers are DEALT OUT AT RANDOM, from a fixed seed: they
say nothing about any real place, and never leave the benchmark.
"""

import dataclasses
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.affinity_world import World, load_world, read_pairs
from entrecidades.engines.affinity import Atlas, Matcher, Model, Places, Sparse

THEMES = 120
MOST = 4
"""Each place is dealt one to so many needs, and as many offers."""

STEPS = (1_000, 5_000, 34_000, 235_000)
SEED = 2026


@dataclass(frozen=True)
class Stage:
    """The largest places of the world, with and without themes."""

    places: Places
    pairs: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def plain(self) -> Matcher:
        """Nobody has said what it needs or offers."""
        return Matcher(Atlas.of(self.places, self.pairs), Model.load())

    @cached_property
    def themed(self) -> Matcher:
        """Everybody has (generated) needs and offers."""
        rng = np.random.default_rng(SEED)
        dealt = {name: deal(len(self), rng) for name in ("needs", "offers")}
        places = dataclasses.replace(self.places, **dealt)
        return Matcher(Atlas.of(places, self.pairs), Model.load())


def deal(rows: int, rng: np.random.Generator) -> Sparse:
    """One to ``MOST`` themes for each row, each urgent or deep by thirds."""
    owner = np.repeat(np.arange(rows), rng.integers(1, MOST + 1, rows))
    theme = rng.integers(0, THEMES, owner.size)
    first = np.unique(owner * THEMES + theme, return_index=True)[1]
    weight = rng.integers(1, 4, owner.size) / 3
    return Sparse.of(owner[first], theme[first], weight[first], rows=rows)


def dense(table: Sparse) -> NDArray[np.float32]:
    """A table of themes as the vectors that the peers want."""
    vectors = np.zeros((len(table), THEMES), np.float32)
    vectors[table.owners(), table.columns] = table.values
    return vectors


def stages(up_to: int, pairs: Path) -> Iterator[Stage]:
    """The world in steps of growing size; the last holds all places."""
    world = load_world()
    known = known_pairs(world, pairs)
    for step in STEPS:
        if step <= up_to:
            yield largest(world.places, known, step)


def known_pairs(world: World, path: Path) -> NDArray[np.int64]:
    """The known partnerships, as rows; none without the file, which is said."""
    if not path.exists():
        print(f"!! no partnerships: {path} is missing; history will be empty", file=sys.stderr)
        return np.zeros((0, 2), np.int64)
    found = [(pair.here, pair.there) for pair in read_pairs(path, world.row_of)]
    return np.array(found, np.int64).reshape(-1, 2)


def largest(places: Places, pairs: NDArray[np.int64], count: int) -> Stage:
    """The places with most inhabitants, and the partnerships among them."""
    rows = np.sort(np.argsort(-places.population, kind="stable")[:count])
    number = np.full(len(places), -1)
    number[rows] = np.arange(rows.size)
    columns = {
        field.name: chosen(getattr(places, field.name), rows)
        for field in dataclasses.fields(places)
        if field.name != "priorities"
    }
    ends = number[pairs]
    return Stage(dataclasses.replace(places, **columns), ends[(ends >= 0).all(axis=1)])


def chosen(
    column: Sparse | NDArray[np.generic], rows: NDArray[np.int64]
) -> Sparse | NDArray[np.generic]:
    """Some rows of a column or table."""
    if not isinstance(column, Sparse):
        return column[rows]
    owner, other, value = column.rows(rows)
    return Sparse.of(owner, other, value, rows=rows.size)
