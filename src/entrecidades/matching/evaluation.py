"""How well the suggestions agree with partnerships that were held back from them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines import affinity
from entrecidades.matching.snapshot import Snapshot


def evaluate(
    held: Snapshot, pairs: NDArray[np.int64], *, progress: Callable[[str, int, int], None]
) -> dict[str, Any]:
    """Ask both questions of every pair of rows, see ``engines.affinity.evaluate``."""

    def told(done: int, total: int) -> None:
        progress("questions", done, total)

    return affinity.evaluate(held.matcher, pairs, held.book.countries, told)


def coverage(held: Snapshot, country: str, *, progress: Callable[[str, int, int], None]) -> float:
    """The share of a country's places that stand in the first ten of anybody abroad."""

    def told(done: int, total: int) -> None:
        progress(f"coverage of {country}", done, total)

    number = held.book.countries.index(country)
    return affinity.coverage(held.matcher, number, progress=told)
