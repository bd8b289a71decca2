"""The keys by which two places may share a name: “Trento” and “Nova Trento”."""

from collections.abc import Iterable, Sequence

import numpy as np

from entrecidades.engines.affinity.sparse import Sparse
from entrecidades.engines.folding import fold

SHORTEST = 4
"""Words with fewer letters (de, la, san) tell nothing."""

MOST_COMMON = 100
"""A key that more places share is too common to be a tie."""

EMPTY_WORDS = frozenset(
    {
        *("saint", "sankt", "santa", "santo", "nova", "novo", "nueva", "nuevo", "nuova", "nuovo"),
        *("novi", "nowy", "nowa", "neuf", "neuve", "ville", "city", "town", "north", "south"),
        *("east", "west", "upper", "lower", "sous", "upon", "norte"),
    }
)
"""Words of many names that tie nobody."""


def keys_of(names: Sequence[str]) -> set[str]:
    """The keys of one place: each of its names, and the telling words of its first.

    Examples
    --------
    >>> sorted(keys_of(["Nova Trento"]))
    ['nova trento', 'trento']
    >>> sorted(keys_of(["Venice", "Venezia", "Veneza"]))
    ['veneza', 'venezia', 'venice']
    """
    folded = [fold(name) for name in names]
    keys = {name for name in folded if len(name) >= SHORTEST}
    words = folded[0].split() if folded else []
    return keys | {word for word in words if len(word) >= SHORTEST and word not in EMPTY_WORDS}


def name_keys(places: Iterable[Sequence[str]]) -> Sparse:
    """The keys of every place, as numbers; only keys that several, but not too many, share.

    Parameters
    ----------
    places : for each place its names, the one in use first

    Returns
    -------
    Sparse of places by keys, value 1.

    Examples
    --------
    >>> shared = name_keys([["Trento"], ["Nova Trento"], ["Maputo"]])
    >>> np.diff(shared.starts).tolist()
    [1, 1, 0]
    """
    numbers: dict[str, int] = {}
    row: list[int] = []
    column: list[int] = []
    count = 0
    for index, names in enumerate(places):
        count = index + 1
        for key in sorted(keys_of(names)):
            row.append(index)
            column.append(numbers.setdefault(key, len(numbers)))
    owner, key_of = np.array(row, np.int64), np.array(column, np.int64)
    uses = np.bincount(key_of, minlength=len(numbers))
    kept = (uses >= 2) & (uses <= MOST_COMMON)  # noqa: PLR2004 two places make a tie
    renumbered = np.cumsum(kept) - 1
    chosen = kept[key_of] if key_of.size else np.zeros(0, bool)
    return Sparse.of(owner[chosen], renumbered[key_of[chosen]], 1.0, rows=count)
