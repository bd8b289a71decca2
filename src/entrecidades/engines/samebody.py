"""Say how likely two entries of a register are the same body, and why.

Pieces of evidence are weighed and added, as in `sameplace`: names, acronyms,
kind, tier, country, region, seat, numbers, websites, lifetimes. What either
entry does not tell counts for nothing either way. Which entries of a large
register are compared at all is told in `lookalikes`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from math import exp
from urllib.parse import urlsplit

from entrecidades.engines import sameplace
from entrecidades.engines.sameplace import Described

#: From the first score on two entries are worth somebody's look; from the second they are certain.
LIKELY, CERTAIN = 0.5, 0.95
#: No contradiction of numbers is overruled: such a pair is never more than a question.
CONTRADICTED = 0.6
# Two entries that share a key are most often two bodies.
BEFORE = -2.0
BEST_NAME = 3.0
#: What official names say of the kind of body, in the languages of the house; not whose it is.
GENERIC = frozenset(
    {
        "conselho",
        "prefeitura",
        "le",
        "ayuntamiento",
        "la",
        "degli",
        "city",
        "dos",
        "al",
        "associazione",
        "e",
        "ciudad",
        "town",
        "camara",
        "de",
        "dei",
        "of",
        "y",
        "o",
        "asociacion",
        "county",
        "et",
        "alcaldia",
        "do",
        "municipio",
        "the",
        "concelho",
        "commune",
        "municipality",
        "os",
        "mairie",
        "municipale",
        "government",
        "council",
        "les",
        "las",
        "di",
        "das",
        "comune",
        "ajuntament",
        "provincia",
        "metropole",
        "du",
        "citta",
        "della",
        "association",
        "province",
        "a",
        "da",
        "municipal",
        "ville",
        "del",
        "associacao",
    }
)


class Piece(StrEnum):
    """What two entries are compared by; the meaning of the number stands beside it."""

    NAME = "name"
    """1: the same name."""
    OTHER_NAME = "other_name"
    """1: a name of one is another name of the other."""
    CORE = "core"
    """1: the same name but for words such as "municipality of"."""
    ALIKE = "alike"
    """The share of letters in common, 0 to 1."""
    PART = "part"
    """1: one name is part of the other."""
    UNLIKE = "unlike"
    """The share of letters in common, too low to speak for it."""
    ACRONYM = "acronym"
    """1: the same acronym; 0: two different ones."""
    NUMBER = "number"
    """1: one scheme knows both under one number; 0: under two numbers at one time."""
    DOMAIN = "domain"
    """1: the same host of the website; 0: two different ones."""
    KIND = "kind"
    """1: the same kind of body; 0: another."""
    TIER = "tier"
    """1: the same level of government; 0: another."""
    COUNTRY = "country"
    """0: in another country."""
    REGION = "region"
    """1: in the same region; 0: in another."""
    SEAT = "seat"
    """1: the same seat; 0: another."""
    LIFETIMES = "lifetimes"
    """0: one had ended before the other began."""


#: What each piece speaks for: where it agrees, and where it does not.
WEIGHTS: Mapping[Piece, tuple[float, float]] = {
    Piece.ACRONYM: (2.0, -1.0),
    Piece.NUMBER: (6.0, -6.0),
    Piece.DOMAIN: (3.0, -0.3),
    Piece.KIND: (0.3, -3.0),
    Piece.TIER: (0.5, -4.0),
    Piece.COUNTRY: (0.0, -5.0),
    Piece.REGION: (1.0, -3.0),
    Piece.SEAT: (1.5, -2.0),
    Piece.LIFETIMES: (0.0, -3.0),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number of one scheme, and while it was valid; None: not known."""

    scheme: str
    value: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """An entry as the register describes it.

    ``names`` are folded, its own first; ``region`` and ``seat`` are 0, the
    texts empty and the days None, where they are not known.
    """

    key: int
    names: tuple[str, ...]
    kind: str = ""
    tier: str = ""
    country: str = ""
    acronym: str = ""
    region: int = 0
    seat: int = 0
    website: str = ""
    numbers: tuple[Number, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece: what was seen, and for how many points it speaks (for: positive)."""

    piece: Piece
    number: float
    points: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two entries are one body, from 0 to 1, with the evidence."""

    score: float
    evidence: tuple[Evidence, ...] = field(default=())


@lru_cache(maxsize=2**18)
def core(name: str) -> str:
    """A folded name without the words that only say what kind of body it is.

    Examples
    --------
    >>> core("prefeitura municipal de curitiba"), core("comune di torino"), core("city of la")
    ('curitiba', 'torino', 'city of la')
    """
    return " ".join(word for word in name.split() if word not in GENERIC) or name


@lru_cache(maxsize=2**17)
def host(website: str) -> str:
    """The host of a website, without "www".

    Examples
    --------
    >>> host("https://www.curitiba.pr.gov.br/cidade"), host("nowhere"), host("http://[")
    ('curitiba.pr.gov.br', '', '')
    """
    try:
        found = urlsplit(website).hostname or ""
    except ValueError:
        return ""
    return found.removeprefix("www.")


def likeness(one: Body, other: Body, *, shared_hosts: frozenset[str] = frozenset()) -> Likeness:
    """Weigh whether two entries are one body.

    Parameters
    ----------
    one, other : Body
        What the register says of them.
    shared_hosts : frozenset of str
        Hosts that say nothing, because many bodies share them.

    Returns
    -------
    Likeness
        A score from 0 to 1, and the evidence, what speaks most first. Two
        entries that a scheme knows under two numbers at one time are never certain.

    Examples
    --------
    >>> one = Body(1, ("prefeitura de curitiba",), "local_government", country="BR", seat=7)
    >>> other = Body(2, ("curitiba",), "local_government", country="BR", seat=7)
    >>> likeness(one, other).score > LIKELY
    True
    >>> likeness(one, Body(3, ("maputo",), "local_government", country="MZ")).score < 0.001
    True
    """
    facts = tuple(_facts(one, other, shared_hosts))
    return _weighed((*facts, _of_names(one, other)))


def likeness_from(
    one: Body, other: Body, least: float, *, shared_hosts: frozenset[str] = frozenset()
) -> Likeness | None:
    """Weigh two entries as `likeness` does, if they can reach a score; else None, in less time.

    Names take the longest to compare: where even the same name would not
    suffice, they are not.
    """
    facts = tuple(_facts(one, other, shared_hosts))
    if _weighed((*facts, Evidence(Piece.NAME, 1.0, BEST_NAME))).score < least:
        return None
    found = _weighed((*facts, _of_names(one, other)))
    return found if found.score >= least else None


def _weighed(evidence: Sequence[Evidence]) -> Likeness:
    score = 1 / (1 + exp(-BEFORE - sum(one.points for one in evidence)))
    if any(one.piece is Piece.NUMBER and not one.number for one in evidence):
        score = min(score, CONTRADICTED)
    return Likeness(score, tuple(sorted(evidence, key=lambda one: -abs(one.points))))


def _facts(one: Body, other: Body, shared_hosts: frozenset[str]) -> Iterator[Evidence]:
    """All evidence but that of the names, which takes the longest to weigh."""
    if one.country and other.country and one.country != other.country:
        yield _evidence(Piece.COUNTRY, agrees=False)
    pairs = [
        (Piece.KIND, one.kind, other.kind),
        (Piece.TIER, one.tier, other.tier),
        (Piece.REGION, one.region, other.region),
        (Piece.SEAT, one.seat, other.seat),
        (Piece.ACRONYM, one.acronym.casefold(), other.acronym.casefold()),
    ]
    for piece, mine, yours in pairs:
        if mine and yours:
            yield _evidence(piece, agrees=mine == yours)
    hosts = {host(one.website), host(other.website)}
    if "" not in hosts and not hosts & shared_hosts:
        yield _evidence(Piece.DOMAIN, agrees=len(hosts) == 1)
    if _apart(one.since, one.until, other.since, other.until):
        yield _evidence(Piece.LIFETIMES, agrees=False)
    yield from _of_numbers(one.numbers, other.numbers)


def _evidence(piece: Piece, *, agrees: bool) -> Evidence:
    yes, no = WEIGHTS[piece]
    return Evidence(piece, float(agrees), yes if agrees else no)


def _apart(since: date | None, until: date | None, then: date | None, last: date | None) -> bool:
    """Whether one had ended before the other began."""
    return bool((until and then and until < then) or (last and since and last < since))


def _of_numbers(mine: Iterable[Number], yours: Sequence[Number]) -> Iterator[Evidence]:
    """Numbers of one scheme: the same, or two that were valid at one time."""
    at_one_time = [
        bare(one.value) == bare(other.value)
        for one in mine
        for other in yours
        if one.scheme == other.scheme
        and (
            bare(one.value) == bare(other.value)
            or not _apart(one.since, one.until, other.since, other.until)
        )
    ]
    # A contradiction weighs, whatever else agrees.
    if at_one_time:
        yield _evidence(Piece.NUMBER, agrees=all(at_one_time))


def bare(value: str) -> str:
    """A number without signs, case and leading zeros: "035.503-08" is "3550308"."""
    return "".join(sign for sign in value.casefold() if sign.isalnum()).lstrip("0")


def _of_names(one: Body, other: Body) -> Evidence:
    """The best agreement between two sets of names, as places are compared, or of their cores."""
    found = sameplace.likeness(Described(one.names), Described(other.names)).evidence[0]
    if found.piece in {sameplace.Piece.NAME, sameplace.Piece.OTHER_NAME}:
        return Evidence(Piece(found.piece.value), found.number, found.points)
    cores = [tuple(dict.fromkeys(map(core, body.names))) for body in (one, other)]
    if set(cores[0]) & set(cores[1]):
        return Evidence(Piece.CORE, 1.0, 2.3)
    if one.acronym.casefold() in other.names or other.acronym.casefold() in one.names:
        return Evidence(Piece.OTHER_NAME, 1.0, 2.5)
    best = sameplace.likeness(Described(cores[0]), Described(cores[1])).evidence[0]
    best = max(found, best, key=lambda evidence: evidence.points)
    piece = {sameplace.Piece.TAIL: "part"}.get(best.piece, best.piece.value)
    return Evidence(Piece(piece), best.number, best.points)
