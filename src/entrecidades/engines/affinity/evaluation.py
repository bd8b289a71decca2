"""The lists measured on partnerships that the atlas is not allowed to know.

Each pair asks twice: of all places of B's country with a population, which is A's partner, and
the reverse. The other known partners of the asking place do not compete. The same questions are
put to plain scorers, so that a figure can be compared with what common sense would reach.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines.affinity.atlas import Atlas
from entrecidades.engines.affinity.history import both_ways
from entrecidades.engines.affinity.matcher import Matcher
from entrecidades.engines.affinity.select import best
from entrecidades.engines.affinity.view import View, scores
from entrecidades.engines.ranking import Answer, answered, quality, quality_by

FIRST = 10
SCORERS = ("affinity", "random", "population", "population_similarity", "partners")
SIZES = {
    "under 5,000": 5_000,
    "5,000 to 20,000": 20_000,
    "20,000 to 100,000": 100_000,
    "100,000 to 1 million": 1_000_000,
}
LARGEST = "1 million and more"


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, who is the right answer, and who competes.

    Attributes
    ----------
    place, partner : rows
    candidates : rows of the partner's country and kind with a population, ascending
    barred : bool, the candidates that do not compete: other known partners, the place itself
    cold : the asking place has no known partner
    """

    place: int
    partner: int
    candidates: NDArray[np.int64]
    barred: NDArray[np.bool_]
    cold: bool


@dataclass(slots=True)
class Tally:
    """The answers so far, by scorer, with the question each belongs to."""

    answers: dict[str, list[Answer]] = field(
        default_factory=lambda: {scorer: [] for scorer in SCORERS}
    )
    questions: list[Question] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)


def evaluate(
    matcher: Matcher,
    pairs: ArrayLike,
    codes: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Put every question and say how well it was answered.

    Parameters
    ----------
    pairs : int[pairs, 2], rows; they are forgotten first if the atlas knows them
    codes : of each country number its code
    progress : called with the number of questions answered and of all

    Returns
    -------
    dict
        ``pairs``, ``queries``, ``auc``, ``recall_at_10``, ``recall_at_100``, ``mrr``;
        ``coverage``, the share of the places of all countries asked about that stand in the
        first ten of any answer; ``by_country_pair`` ("IT-BR" asks in Italy for Brazil),
        ``by_size`` (of the asking place) and ``by_start`` (``cold`` without a known partner,
        else ``warm``), each with the same figures; ``baselines``
    """
    ends = np.unique(np.sort(np.asarray(pairs, np.int64).reshape(-1, 2), axis=1), axis=0)
    tally = Tally()
    ask(matcher, ends, tally, progress)
    return {"pairs": len(ends)} | report(matcher.atlas, tally, codes)


def ask(
    matcher: Matcher,
    pairs: NDArray[np.int64],
    tally: Tally,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Put both questions of each pair to an atlas that does not know any of them."""
    blind = Matcher(forgetting(matcher.atlas, pairs), matcher.model)
    asked = sorted(questions(blind.atlas, pairs), key=attrgetter("place", "partner"))
    chance = np.random.default_rng(0)
    before = len(tally.questions)
    for place, of_place in groupby(asked, key=attrgetter("place")):
        view = blind.eye.view(place)
        for question in of_place:
            answer(blind, view, question, tally, chance)
            if progress is not None:
                progress(len(tally.questions) - before, len(asked))


def forgetting(atlas: Atlas, pairs: NDArray[np.int64]) -> Atlas:
    """The atlas without some of the links it knows."""
    known = np.stack(
        [atlas.history.partners.owners(), atlas.history.partners.columns.astype(np.int64)], axis=1
    )
    here, there = both_ways(pairs)
    kept = ~np.isin(known[:, 0] * len(atlas) + known[:, 1], here * len(atlas) + there)
    return atlas.with_links(known[kept])


def questions(atlas: Atlas, pairs: NDArray[np.int64]) -> Iterator[Question]:
    """Both questions of each pair, where the right answer has a population."""
    places = atlas.places
    pools: dict[tuple[int, int], NDArray[np.int64]] = {}
    for here, there in pairs.tolist():
        for place, partner in ((here, there), (there, here)):
            if here == there or places.population[partner] <= 0:
                continue
            land, kind = int(places.country[partner]), int(places.kind[partner])
            if (land, kind) not in pools:
                alike = (places.country == land) & (places.kind == kind)
                pools[land, kind] = np.flatnonzero(alike & (places.population > 0))
            pool = pools[land, kind]
            known = atlas.history.partners.row(place)[0]
            barred = np.isin(pool, np.append(known, place))
            yield Question(place, partner, pool, barred, cold=known.size == 0)


def answer(
    matcher: Matcher, view: View, question: Question, tally: Tally, chance: np.random.Generator
) -> None:
    """Let every scorer answer one question; ``view`` is what the asking place sees."""
    ids, right = question.candidates, int(np.searchsorted(question.candidates, question.partner))
    places = matcher.atlas.places
    people = np.log(np.maximum(places.population[ids], 1))
    own = np.log(max(float(places.population[question.place]), 1))
    gains = scores(matcher.eye, question.place, view, ids)
    scored: dict[str, NDArray[Any]] = {
        "affinity": gains,
        "random": chance.random(ids.size),
        "population": people,
        "population_similarity": -np.abs(people - own),
        "partners": matcher.atlas.history.degrees[ids],
    }
    for scorer, values in scored.items():
        tally.answers[scorer].append(answered(values, right, question.barred))
    tally.questions.append(question)
    free = np.where(question.barred, np.float32(-np.inf), gains)
    tally.shown.update(ids[best(free, FIRST)].tolist())


def report(atlas: Atlas, tally: Tally, codes: Sequence[str]) -> dict[str, Any]:
    """The figures of a tally."""
    places, answers = atlas.places, tally.answers["affinity"]
    country = places.country
    ways = [f"{codes[country[q.place]]}-{codes[country[q.partner]]}" for q in tally.questions]
    starts = ["cold" if q.cold else "warm" for q in tally.questions]
    lands = np.unique([country[q.partner] for q in tally.questions]).astype(np.int64)
    asked = int(np.count_nonzero(np.isin(country, lands) & (places.population > 0)))
    groups = {
        "by_country_pair": ways,
        "by_size": [size_name(float(places.population[q.place])) for q in tally.questions],
        "by_start": starts,
    }
    return (
        dataclasses.asdict(quality(answers))
        | {"coverage": len(tally.shown) / max(asked, 1)}
        | {
            name: {
                key: dataclasses.asdict(of_key)
                for key, of_key in quality_by(answers, keys).items()
            }
            for name, keys in groups.items()
        }
        | {
            "baselines": {
                scorer: dataclasses.asdict(quality(tally.answers[scorer]))
                for scorer in SCORERS[1:]
            }
        }
    )


def size_name(population: float) -> str:
    """The class of a population, in words for programs.

    Examples
    --------
    >>> size_name(1_254_837), size_name(800)
    ('1 million and more', 'under 5,000')
    """
    return next((name for name, bound in SIZES.items() if population < bound), LARGEST)


def coverage(
    matcher: Matcher,
    country: int,
    seekers: NDArray[np.int64] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> float:
    """The share of a country's places that stand in the first ten of any seeker abroad.

    Parameters
    ----------
    seekers : rows; every place of the world when left out, which takes minutes
    """
    places = matcher.atlas.places
    candidates = (places.country == country) & (places.population > 0)
    shown = np.zeros(len(places), bool)
    for block in matcher.suggest_all(
        limit=FIRST, seekers=seekers, candidates=candidates, progress=progress
    ):
        shown[block.ids[block.ids >= 0]] = True
    return float(shown.sum()) / max(int(np.count_nonzero(candidates)), 1)
