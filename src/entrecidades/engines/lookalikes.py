"""Find the entries of a register that may be one body, without comparing each with each.

Only entries that have something in common are compared (`pairs`), so that a
hundred thousand take seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from entrecidades.engines.samebody import (
    LIKELY,
    Body,
    Likeness,
    bare,
    core,
    host,
    likeness_from,
)

#: Most entries that may share a key before the key says too little to compare them all.
CROWD = 40
#: A host that more bodies share is a provider's, not a body's.
SHARED_HOST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Two entries, the smaller key first, that may be one body."""

    one: int
    other: int
    likeness: Likeness


def pairs(bodies: Sequence[Body]) -> set[tuple[int, int]]:
    """Which entries have enough in common to be compared: positions, the smaller first.

    They share a name but for generic words (within a region, or anywhere if
    few do), its consonants, an acronym, a number, a website, a seat, or a rare
    word. A key that more than `CROWD` entries share says too little.
    """
    words = Counter(word for body in bodies for word in {*core(body.names[0]).split()})
    held: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, body in enumerate(bodies):
        for key in set(_keys(body, words)):
            held[key].append(at)
    return {
        pair for some in held.values() if 1 < len(some) <= CROWD for pair in combinations(some, 2)
    }


def _keys(body: Body, words: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    for name in body.names:
        bare_name = core(name)
        yield "name", body.country, bare_name
        yield "name", body.country, body.region, body.tier, bare_name
        yield "sound", body.country, body.region, _consonants(bare_name)
        if len(bare_name) <= 12 and " " not in bare_name:  # noqa: PLR2004 - an acronym may stand for a name
            yield "acronym", bare_name
    if body.acronym:
        yield "acronym", body.acronym.casefold()
    if body.website and (found := host(body.website)):
        yield "host", found
    if body.seat:
        yield "seat", body.seat, body.kind
    for number in body.numbers:
        yield "number", number.scheme, bare(number.value)
    rarest = min(core(body.names[0]).split(), key=lambda word: (words[word], word))
    yield "word", body.country, rarest


@lru_cache(maxsize=2**18)
def _consonants(name: str) -> str:
    """How a name sounds: its first letter and its consonants, doubled ones once."""
    found = name[:1]
    for sign in name[1:]:
        if sign not in "aeiouhy " and sign != found[-1:]:
            found += sign
    return found


def duplicates(bodies: Sequence[Body], *, least: float = LIKELY) -> list[Found]:
    """Every pair of entries that may be one body, the likeliest first.

    Parameters
    ----------
    bodies : sequence of Body
        The register.
    least : float
        The lowest score that is told.

    Returns
    -------
    list of Found
        Equal scores in the order of their keys.

    Examples
    --------
    >>> fnp = Body(1, ("frente nacional de prefeitos",), "association", "", "BR", "FNP")
    >>> again = Body(2, ("frente nacional dos prefeitos",), "association", "", "BR", "FNP")
    >>> other = Body(3, ("confederacao nacional de municipios",), "association", "", "BR", "CNM")
    >>> [(found.one, found.other) for found in duplicates([fnp, again, other])]
    [(1, 2)]
    """
    hosts = Counter(host(body.website) for body in bodies if body.website)
    shared = frozenset(name for name, count in hosts.items() if count > SHARED_HOST)
    told = []
    for at, then in pairs(bodies):
        one, other = sorted((bodies[at], bodies[then]), key=lambda body: body.key)
        found = likeness_from(one, other, least, shared_hosts=shared)
        if found is not None:
            told.append(Found(one.key, other.key, found))
    return sorted(told, key=lambda found: (-found.likeness.score, found.one, found.other))
