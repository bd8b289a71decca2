"""Find the place of each unit of a list, so that no place is given to two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from entrecidades.engines.sameplace import Described, Evidence, Likeness, Piece, ranked
from entrecidades.exchange.progress import Progress
from entrecidades.exchange.readers.official import Unit
from entrecidades.exchange.rules import Decision, decide
from entrecidades.exchange.services.official_lists.register import Register

# So many candidates are kept for a person to choose from.
KEPT = 5
STEP = 500
Ranked = list[tuple[int, Likeness]]

# The list itself names the place by its number: nothing is left to weigh.
BY_NUMBER = Likeness(1.0, (Evidence(Piece.NAME, 1.0, 100.0),))


@dataclass(slots=True)
class Joining:
    """What became of the units: by place, new, or doubtful with their candidates."""

    joined: list[tuple[Unit, int, Likeness]] = field(default_factory=list)
    new: list[Unit] = field(default_factory=list)
    doubtful: list[tuple[Unit, Ranked]] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)


def join(
    units: Sequence[Unit], register: Register, taken: Iterable[int], progress: Progress
) -> Joining:
    """Give each unit its place.

    The surest rows choose first, and what they take is no candidate for the
    others; this is repeated until nobody finds a place any more. So the result
    does not depend on the order of the rows.
    """
    result = Joining(claimed=set(taken))
    pending: list[tuple[Unit, Ranked]] = []
    progress("compare", 0, len(units))
    for done, unit in enumerate(units, 1):
        pending.append((unit, candidates(unit, register)))
        if done % STEP == 0 or done == len(units):
            progress("compare", done, len(units))
    pending.sort(key=lambda one: (-_best(one[1]), one[0].code.value))
    found = True
    while found:
        found, rest = False, []
        for unit, ranking in pending:
            free = [(pk, like) for pk, like in ranking if pk not in result.claimed]
            if decide([like for _pk, like in free]) is Decision.JOIN:
                result.joined.append((unit, *free[0]))
                result.claimed.add(free[0][0])
                found = True
            else:
                rest.append((unit, free))
        pending = rest
    for unit, free in pending:
        if decide([like for _pk, like in free]) is Decision.DOUBT:
            result.doubtful.append((unit, free[:KEPT]))
        else:
            result.new.append(unit)
    return result


def _best(ranking: Ranked) -> float:
    return ranking[0][1].points if ranking else float("-inf")


def candidates(unit: Unit, register: Register) -> Ranked:
    """The places a unit may be, the likeliest first: the numbered, namesakes, then neighbours."""
    if unit.geonameid in register.by_number:
        return [(register.by_number[unit.geonameid], BY_NUMBER)]
    described = register.described(unit)
    ranking = _weighed(described, register.namesakes(unit, described), register)
    if decide([like for _pk, like in ranking]) is Decision.JOIN or unit.latitude is None:
        return ranking
    around = set(register.around(unit.latitude, unit.longitude or 0.0))
    near = {pk for pk in around if _may_be_alike(described, register.places[pk])}
    return _weighed(described, near | {pk for pk, _like in ranking}, register)


def _weighed(described: Described, places: Iterable[int], register: Register) -> Ranked:
    return ranked(described, [(pk, register.places[pk]) for pk in places])


def _may_be_alike(one: Described, other: Described) -> bool:
    """Whether two names share a word, or its beginning: letters are compared only then."""
    words = {word[:4] for name in one.names for word in name.split() if len(word) > 2}  # noqa: PLR2004 - the small words join everything
    return any(word[:4] in words for name in other.names for word in name.split())
