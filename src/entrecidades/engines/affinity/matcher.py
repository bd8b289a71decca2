"""Who suits whom: the best candidates of one place, of all places, and the reasons."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.atlas import Atlas
from entrecidades.engines.affinity.everyone import Lists, all_lists
from entrecidades.engines.affinity.explain import Explanation, PartScore, facts_of
from entrecidades.engines.affinity.groups import Groups
from entrecidades.engines.affinity.model import PARTS, Model
from entrecidades.engines.affinity.points import points
from entrecidades.engines.affinity.select import best
from entrecidades.engines.affinity.shortlist import MOST, Shortlist
from entrecidades.engines.affinity.view import NEVER, Eye, View, gains_by_part, scores

FEW = 50_000
"""Among fewer places the best are found by scoring all; among more, by bounds."""

SPARSE = 4
"""Less than one of so many are picked out; of more, all are scored."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The best candidates of one place, best first; equal ones by row number.

    Attributes
    ----------
    ids : int64[k], rows of the atlas
    totals : float64[k], 0 to 100: the sum over the parts of weight times score
    scores : part → float64[k], each in [0, 1]
    """

    ids: NDArray[np.int64]
    totals: NDArray[np.float64]
    scores: dict[str, NDArray[np.float64]]


class Matcher:
    """A model applied to an atlas.

    The first question costs some milliseconds more (the standing of every place, and groups of
    places that are bounded together); keep the matcher as long as its atlas lives.
    """

    def __init__(self, atlas: Atlas, model: Model) -> None:
        self.atlas = atlas
        self.model = model

    @cached_property
    def eye(self) -> Eye:
        """What does not depend on who looks."""
        return Eye(self.atlas, self.model)

    @cached_property
    def groups(self) -> Groups:
        """The places as groups that are bounded together."""
        return Groups(self.eye)

    def suggest(
        self,
        place: int,
        *,
        limit: int = 20,
        candidates: NDArray[np.bool_] | None = None,
        countries: Collection[int] | None = None,
        roles: int = 0,
        themes: Collection[int] | None = None,
        exclude: Collection[int] = (),
        abroad: bool = True,
        partners: bool = False,
    ) -> Suggestions:
        """The best candidates of one place, with the score of each part.

        Parameters
        ----------
        candidates : bool[n], who may be suggested at all
        countries : only these
        roles : only places that have all of these role bits
        themes : only these count in needs and offers
        exclude : never these rows
        abroad : leave out the place's own country
        partners : suggest known partners too
        """
        view = self.eye.view(place, None if themes is None else frozenset(themes))
        free = self.allowed(candidates, countries, roles)
        free[[place, *exclude]] = False
        if not partners:
            free[self.atlas.history.partners.row(place)[0]] = False
        ids = self.best(place, view, free, limit, abroad=abroad)
        gains = gains_by_part(self.eye, place, view, ids)
        return Suggestions(ids, *self.shown(gains))

    def best(
        self, place: int, view: View, free: NDArray[np.bool_], limit: int, *, abroad: bool
    ) -> NDArray[np.int64]:
        """The best of those who are free, by bounds where that saves work."""
        if 0 < limit <= MOST and np.count_nonzero(free) > FEW:
            found = Shortlist(self.groups, place, view, free, abroad=abroad).best(limit)
            if found is not None:
                ids, total = found
                return ids[best(total, limit)]
        if abroad:
            country = self.atlas.places.country
            free = free & (country != country[place])
        if SPARSE * np.count_nonzero(free) > free.size:
            total = scores(self.eye, place, view)
            total[~free] = NEVER
            return best(total, limit)
        ids = np.flatnonzero(free)
        return ids[best(scores(self.eye, place, view, ids), limit)]

    def allowed(
        self,
        candidates: NDArray[np.bool_] | None,
        countries: Collection[int] | None,
        roles: int,
    ) -> NDArray[np.bool_]:
        """Who passes the filters, bool[n]."""
        places = self.atlas.places
        passed = np.ones(len(places), bool) if candidates is None else np.array(candidates, bool)
        if countries is not None:
            passed &= np.isin(places.country, list(countries))
        if roles:
            passed &= (places.roles & roles) == roles
        return passed

    def shown(
        self, gains: dict[str, NDArray[np.float32]]
    ) -> tuple[NDArray[np.float64], dict[str, NDArray[np.float64]]]:
        """Totals from 0 to 100, and the score of each part in [0, 1]."""
        low, spans, weights = self.scale
        scores = np.stack([gains[part] for part in PARTS]).astype(np.float64)
        scores -= low[:, None]
        scores /= np.where(spans, spans, np.inf)[:, None]
        np.clip(scores, 0, 1, out=scores)
        total = np.zeros(scores.shape[1])
        for score, weight in zip(scores, weights.tolist(), strict=True):
            total += weight * score
        return total, dict(zip(PARTS, scores, strict=True))

    @cached_property
    def scale(self) -> tuple[NDArray[np.float64], ...]:
        """Of each part the least gain, how much it can move the score, and its weight."""
        model = self.model
        of_parts = (model.low, model.spans(), model.weights())
        return tuple(np.array([values[part] for part in PARTS]) for values in of_parts)

    def scores(self, place: int, ids: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """The sum of gains of candidates (all when left out), comparable for one place."""
        return scores(self.eye, place, self.eye.view(place), ids)

    def totals(self, place: int, ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """What :meth:`suggest` would say of candidates, 0 to 100, without the parts."""
        return self.shown(gains_by_part(self.eye, place, self.eye.view(place), ids))[0]

    def suggest_all(
        self,
        *,
        limit: int = 10,
        seekers: NDArray[np.int64] | None = None,
        candidates: NDArray[np.bool_] | None = None,
        abroad: bool = True,
        progress: Callable[[int, int], None] | None = None,
    ) -> Iterator[Lists]:
        """The best candidates of every seeker, block by block; known partners left out.

        Exactly what :meth:`suggest` finds for each, by upper bounds rather than by looking
        at every pair.

        Parameters
        ----------
        seekers : rows, all when left out; they come back in another order
        candidates : bool[n], who may be suggested
        progress : called with the number of seekers done and of all
        """
        rows = np.arange(len(self.atlas)) if seekers is None else np.asarray(seekers, np.int64)
        allowed = None if candidates is None else np.flatnonzero(candidates)
        return all_lists(self.eye, rows, allowed, limit, abroad=abroad, progress=progress)

    def explain(self, place: int, other: int) -> Explanation:
        """The parts of the score of one candidate, with the facts behind each."""
        return self.explain_many(place, [other])[0]

    def explain_many(self, place: int, others: Sequence[int]) -> list[Explanation]:
        """The same for several candidates, looking only once."""
        ids = np.asarray(others, np.int64)
        totals, parts = self.shown(gains_by_part(self.eye, place, self.eye.view(place), ids))
        given = {part: points(self.eye, part, place, ids) for part in ("role", "history")}
        weights, told = self.model.weights(), []
        for index, other in enumerate(ids.tolist()):
            facts = facts_of(self.atlas, place, other)
            for part, features in given.items():
                facts[part]["points"] = {name: float(by[index]) for name, by in features.items()}
            shown = tuple(
                PartScore(part, weights[part], float(parts[part][index]), facts[part])
                for part in PARTS
            )
            told.append(Explanation(float(totals[index]), shown))
        return told
