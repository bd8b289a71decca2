"""Two people edit one thing: what both meant is kept, and where they disagree a person decides.

A thing that is edited is told in *units*, the parts that are compared as wholes: a field, or a
text in one language (``title.fr``). A value is what JSON knows; an empty unit is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Units = Mapping[str, Any]
EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Clash:
    """A unit that both have changed, each to something else; ``was`` is None where unknown."""

    unit: str
    was: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of a thing: its values, what only the others changed, and what is disputed.

    Of a disputed unit ``values`` keeps what is there already.
    """

    values: dict[str, Any]
    theirs_alone: tuple[str, ...]
    clashes: tuple[Clash, ...]


def filled(units: Units) -> dict[str, Any]:
    """The units that say something.

    Examples
    --------
    >>> filled({"title.fr": "déchets", "title.it": "", "themes": []})
    {'title.fr': 'déchets'}
    """
    return {name: value for name, value in units.items() if value not in EMPTY}


def merge(base: Units | None, theirs: Units, mine: Units) -> Merged:
    """Bring two edits of one thing together.

    ``base`` is what both began from; where nobody knows it (None), every difference is
    disputed. ``theirs`` and ``mine`` are whole: a unit that one of them left out, she emptied.

    Examples
    --------
    >>> was = {"title.pt": "lixo", "website": "https://a.example"}
    >>> merge(was, {**was, "website": "https://b.example"}, {**was, "title.pt": "resíduos"}).values
    {'title.pt': 'resíduos', 'website': 'https://b.example'}
    >>> merge(was, {"title.pt": "restos"}, {"title.pt": "resíduos"}).clashes
    (Clash(unit='title.pt', was='lixo', theirs='restos', mine='resíduos'),)
    """
    base, theirs, mine = None if base is None else filled(base), filled(theirs), filled(mine)
    values, alone, clashes = dict[str, Any](), list[str](), list[Clash]()
    for unit in sorted({*(base or {}), *theirs, *mine}):
        was = None if base is None else base.get(unit)
        there, wanted = theirs.get(unit), mine.get(unit)
        values[unit] = there
        if there == wanted:
            continue
        if base is not None and there == was:
            values[unit] = wanted
        elif base is not None and wanted == was:
            alone.append(unit)
        else:
            clashes.append(Clash(unit, was, there, wanted))
    return Merged(filled(values), tuple(alone), tuple(clashes))


def differences(before: Units, after: Units) -> dict[str, tuple[Any, Any]]:
    """What differs between two tellings of a thing: unit → (before, after).

    Examples
    --------
    >>> differences({"title.pt": "lixo"}, {"title.pt": "lixo", "title.fr": "déchets"})
    {'title.fr': (None, 'déchets')}
    """
    before, after = filled(before), filled(after)
    return {
        unit: (before.get(unit), after.get(unit))
        for unit in sorted({*before, *after})
        if before.get(unit) != after.get(unit)
    }
