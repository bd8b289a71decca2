"""Find what somebody meant to write: one-slip variants, and distances to many names at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LETTERS = "abcdefghijklmnopqrstuvwxyz "


def slips(word: str) -> list[str]:
    """Spell a word in every way that one slip of the hand explains.

    Parameters
    ----------
    word : str
        A folded name.

    Returns
    -------
    list of str
        Each spelling once, in a stable order: a letter missing, two swapped, one
        wrong, one too many. The word itself is not among them.

    Examples
    --------
    >>> "lyon" in slips("lyom"), "lyon" in slips("yon"), "lyon" in slips("lyno")
    (True, True, True)
    >>> "lyon" in slips("lyon")
    False
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    missing = [head + tail[1:] for head, tail in cuts if tail]
    swapped = [head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1]
    wrong = [head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS]
    added = [head + letter + tail for head, tail in cuts for letter in LETTERS]
    found = dict.fromkeys(" ".join(one.split()) for one in [*missing, *swapped, *wrong, *added])
    return [one for one in found if one and one != word]


def distances(word: str, names: Sequence[str]) -> NDArray[np.int64]:
    """Count the slips between a word and each of many names.

    A slip is a letter missing, added, wrong, or swapped with its neighbour
    (optimal string alignment). All names are compared at once, so that twenty
    thousand take some milliseconds.

    Parameters
    ----------
    word : str
        A folded name.
    names : sequence of str, of length n
        Folded names.

    Returns
    -------
    ndarray of shape (n,)
        The number of slips.

    Examples
    --------
    >>> distances("portoalegre", ["porto alegre", "porto alegro", "maputo"]).tolist()
    [1, 2, 10]
    >>> distances("mapuot", ["maputo"]).tolist()
    [1]
    """
    if not names:
        return np.zeros(0, np.int64)
    wide = max(len(word), 1)
    long = np.array([len(name) for name in names])
    text = np.array(names, dtype=f"<U{max(int(long.max()), 1)}")
    signs = text.view(np.uint32).reshape(len(names), -1).astype(np.int64)
    wanted = np.array([ord(sign) for sign in word] or [0], np.int64)
    rows = np.zeros((signs.shape[1] + 1, len(names), wide + 1), np.int16)
    rows[0] = np.arange(wide + 1)
    for at in range(1, signs.shape[1] + 1):
        _next_row(rows, at, signs, wanted)
    found: NDArray[np.int64] = rows[long, np.arange(len(names)), len(word)].astype(np.int64)
    return found


def _next_row(
    rows: NDArray[np.int16], at: int, signs: NDArray[np.int64], wanted: NDArray[np.int64]
) -> None:
    """Fill the row of one more letter of the names."""
    here, above = rows[at], rows[at - 1]
    here[:, 0] = at
    for column in range(1, here.shape[1]):
        differs = (signs[:, at - 1] != wanted[column - 1]).astype(np.int16)
        here[:, column] = np.minimum(
            np.minimum(above[:, column], here[:, column - 1]) + 1, above[:, column - 1] + differs
        )
        if at > 1 and column > 1:
            swapped = (signs[:, at - 1] == wanted[column - 2]) & (
                signs[:, at - 2] == wanted[column - 1]
            )
            better = np.minimum(here[:, column], rows[at - 2][:, column - 2] + 1)
            here[:, column] = np.where(swapped, better, here[:, column])
