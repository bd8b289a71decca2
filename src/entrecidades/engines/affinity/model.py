"""The weights of the score: documented tables, read from a file, never from code."""

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.observe import Seen

PARTS = (
    "needs",
    "offers",
    "role",
    "size",
    "language",
    "history",
    "distance",
    "name",
    "programme",
)
"""In the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Table:
    """How one feature is judged.

    Attributes
    ----------
    part : the part of the score that it belongs to
    edges : bounds of the bins, ascending; none when the value itself is the bin
    gains : float32, what each bin adds to the score
    """

    part: str
    edges: NDArray[np.float64]
    gains: NDArray[np.float32]

    def bins(self, values: NDArray[Any]) -> NDArray[np.int64]:
        """The bin of each value; a value on a bound belongs to the upper bin."""
        if not self.edges.size:
            return values.astype(np.int64)
        return np.searchsorted(self.edges, values, side="right")

    def judge(self, seen: Seen) -> NDArray[np.float32]:
        """What each value that was seen adds to the score."""
        return self.gains[self.bins(seen.value)]

    def judge_rare(self, values: NDArray[np.float64]) -> NDArray[np.float32]:
        """The same for values of which most are zero: only the others are looked up."""
        some = np.flatnonzero(values)
        judged = np.repeat(self.gains[self.bins(np.zeros(1))], values.size)
        judged[some] = self.gains[self.bins(values[some])]
        return judged


@dataclass(frozen=True, slots=True)
class Model:
    """All tables, and how much each part of the score can add.

    Attributes
    ----------
    tables : feature → table
    needs, offers, programme : gain of a perfect fit of themes, in the unit of the tables
    low, high : part → least and greatest sum of its tables
    about : where the weights come from
    """

    tables: dict[str, Table]
    needs: float
    offers: float
    programme: float
    low: dict[str, float]
    high: dict[str, float]
    about: dict[str, Any]

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Read a file of weights; without a path, those that come with the engine.

        Examples
        --------
        >>> model = Model.load()
        >>> round(sum(model.weights().values()), 6)
        100.0
        """
        if path is None:
            text = resources.files(__package__).joinpath("weights.json").read_text("utf-8")
        else:
            text = path.read_text("utf-8")
        return cls.of(json.loads(text))

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """Build from the content of a file of weights."""
        tables = {
            name: Table(
                part=entry["part"],
                edges=np.asarray(entry.get("edges", ()), np.float64),
                gains=np.asarray(entry["gains"], np.float32).ravel(),
            )
            for name, entry in data["features"].items()
        }
        themes = data["themes"]
        low = dict.fromkeys(PARTS, 0.0)
        high = dict.fromkeys(PARTS, 0.0) | {name: float(themes[name]) for name in themes}
        for table in tables.values():
            low[table.part] += float(table.gains.min())
            high[table.part] += float(table.gains.max())
        return cls(
            tables=tables,
            needs=float(themes["needs"]),
            offers=float(themes["offers"]),
            programme=float(themes["programme"]),
            low=low,
            high=high,
            about=data.get("about", {}),
        )

    def spans(self) -> dict[str, float]:
        """Part → how much it can move the score, in the unit of the tables."""
        return {part: self.high[part] - self.low[part] for part in PARTS}

    def weights(self) -> dict[str, float]:
        """Part → its weight; they sum to 100."""
        spans = self.spans()
        total = sum(spans.values())
        return {part: 100 * span / total for part, span in spans.items()}

    def floor(self) -> float:
        """The least possible score, in the unit of the tables."""
        return sum(self.low.values())
