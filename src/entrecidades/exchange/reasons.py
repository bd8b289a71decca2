"""Why a row and a place may be one, in the reader's words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from entrecidades.engines.sameplace import Piece


def in_words(reasons: Iterable[Mapping[str, Any]]) -> str:
    """Evidence as a doubt keeps it (piece, number, points), as one line.

    Examples
    --------
    >>> in_words([{"piece": "name", "number": 1.0}, {"piece": "distance", "number": 0.9}])
    'same name, 0.9 km away'
    """
    return ", ".join(_word(Piece(one["piece"]), float(one["number"])) for one in reasons)


def _word(piece: Piece, number: float) -> str:
    """One piece of evidence."""
    if piece is Piece.DIVISION:
        return _("same state or region") if number else _("another state or region")
    tenths = number_format(round(number, 1), 1)
    words = {
        Piece.NAME: _("same name"),
        Piece.OTHER_NAME: _("same as one of its other names"),
        Piece.ALIKE: _("%.0f%% of the letters of the name in common") % (100 * number),
        Piece.PART: _("one name is part of the other"),
        Piece.TAIL: _("one name is part of the other, which begins otherwise"),
        Piece.UNLIKE: _("different names"),
        Piece.DISTANCE: _("%s km away") % tenths,
        Piece.POPULATION: _("%s times as many inhabitants") % tenths,
        Piece.UNCOUNTED: _("no number of inhabitants"),
    }
    return words[piece]
