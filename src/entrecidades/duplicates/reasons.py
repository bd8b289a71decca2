"""Why two entries may be one body, in the reader's words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.engines.samebody import Piece


def in_words(reasons: Iterable[Mapping[str, Any]]) -> str:
    """Evidence as a pair keeps it (piece, number, points), as one line.

    Examples
    --------
    >>> in_words([{"piece": "name", "number": 1.0}, {"piece": "region", "number": 0.0}])
    'same name, another region'
    """
    return ", ".join(word(Piece(one["piece"]), float(one["number"])) for one in reasons)


def word(piece: Piece, number: float) -> str:
    """One piece of evidence."""
    if piece is Piece.ALIKE:
        return _("%.0f%% of the letters of the name in common") % (100 * number)
    agree, differ = {
        Piece.NAME: (_("same name"), ""),
        Piece.OTHER_NAME: (_("same as one of its other names"), ""),
        Piece.CORE: (_("same name, but for words such as “municipality of”"), ""),
        Piece.PART: (_("one name is part of the other"), ""),
        Piece.UNLIKE: (_("different names"), _("different names")),
        Piece.ACRONYM: (_("same acronym"), _("another acronym")),
        Piece.NUMBER: (_("same official number"), _("two official numbers of one list")),
        Piece.DOMAIN: (_("same website"), _("another website")),
        Piece.KIND: (_("same kind of body"), _("another kind of body")),
        Piece.TIER: (_("same tier"), _("another tier")),
        Piece.COUNTRY: ("", _("another country")),
        Piece.REGION: (_("same region"), _("another region")),
        Piece.SEAT: (_("same seat"), _("another seat")),
        Piece.LIFETIMES: ("", _("one had ended before the other began")),
    }[piece]
    return agree if number else differ
