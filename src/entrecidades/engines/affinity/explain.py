"""The facts behind each part of the score of a pair: numbers and rows, no sentences."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from entrecidades.engines.affinity.atlas import Atlas
from entrecidades.engines.affinity.cells import chord_km
from entrecidades.engines.affinity.settings import RANKS
from entrecidades.engines.affinity.sparse import Sparse

EXAMPLES = 5
"""So many partnerships of neighbours are named at most."""


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of the score of a pair.

    Attributes
    ----------
    part : its name, one of ``PARTS``
    weight : how much of 100 it can give
    score : in [0, 1]
    facts : what it rests on, see :func:`facts_of`
    """

    part: str
    weight: float
    score: float
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The score of a pair: ``total`` is the sum of weight times score of the parts."""

    total: float
    parts: tuple[PartScore, ...]


def facts_of(atlas: Atlas, place: int, other: int) -> dict[str, dict[str, Any]]:
    """For each part its facts.

    ``Matcher.explain`` adds to those of ``role`` and ``history`` the ``points`` of each feature.

    Returns
    -------
    dict
        ``needs`` and ``offers``: ``themes``, tuples (theme, urgency, depth);
        ``role``: ``roles`` and ``other_roles`` (bit masks), ``same_kind``, ``settings`` (of
        both: the classes of weight among the surroundings and of rank in the region);
        ``size``: ``population``, ``other_population``, ``ratio`` (greater by smaller, None
        when one is unknown);
        ``language``: ``common`` (bit mask);
        ``history``: see :func:`history_facts`;
        ``distance``: ``km``, None when a position is unknown;
        ``name``: ``shared`` (how many names or words in common);
        ``programme``: ``common`` (bit mask), ``themes`` (that fit and are priorities there)
    """
    places = atlas.places
    ours, theirs = float(places.population[place]), float(places.population[other])
    small, great = sorted((ours, theirs))
    needs = fitting_themes(places.needs, place, places.offers, other)
    offers = fitting_themes(places.needs, other, places.offers, place)
    common = int(places.programmes[place] & places.programmes[other])
    fitting = sorted({theme for theme, _, _ in (*needs, *offers)})
    first = [t for t in fitting if t < places.priorities.size and places.priorities[t] & common]
    return {
        "needs": {"themes": needs},
        "offers": {"themes": offers},
        "role": {
            "roles": int(places.roles[place]),
            "other_roles": int(places.roles[other]),
            "same_kind": bool(places.kind[place] == places.kind[other]),
            "settings": tuple(
                divmod(int(atlas.settings.of_place[row]), RANKS) for row in (place, other)
            ),
        },
        "size": {
            "population": ours,
            "other_population": theirs,
            "ratio": great / small if small > 0 else None,
        },
        "language": {"common": int(places.languages[place] & places.languages[other])},
        "history": history_facts(atlas, place, other),
        "distance": {"km": kilometres(atlas, place, other)},
        "name": {
            "shared": int(np.isin(places.keys.row(place)[0], places.keys.row(other)[0]).sum())
        },
        "programme": {"common": common, "themes": first},
    }


def fitting_themes(
    needs: Sparse, seeker: int, offers: Sparse, giver: int
) -> list[tuple[int, float, float]]:
    """The themes that one needs and the other offers, most urgent first."""
    wanted = dict(zip(*(part.tolist() for part in needs.row(seeker)), strict=True))
    given = dict(zip(*(part.tolist() for part in offers.row(giver)), strict=True))
    themes = [(theme, wanted[theme], given[theme]) for theme in wanted if theme in given]
    return sorted(themes, key=lambda fit: (-fit[1] * fit[2], fit[0]))


def kilometres(atlas: Atlas, place: int, other: int) -> float | None:
    """The distance between two places, None when a position is unknown."""
    points = atlas.points.T.astype(np.float64)[[place, other]]
    distance = float(chord_km(points[0], points[1]))
    return None if np.isnan(distance) else distance


def history_facts(atlas: Atlas, place: int, other: int) -> dict[str, Any]:
    """What is known of links between the two and what is around them.

    Returns
    -------
    dict
        ``known`` (already partners), ``partners`` and ``names`` (of the other), ``crowd``
        (ends of links around the other, without its own, close ones counting more),
        ``partners_here`` (of the other in our country), ``shared`` (rows of partners in
        common); links of the other's region: ``abroad`` (with other countries),
        ``region_here`` (with our country), ``regions`` (with our region); ``countries`` (links
        of the two countries), ``neighbours`` (tuples of rows: a town near us and its partner
        near the other, nearest first)
    """
    history, places = atlas.history, atlas.places
    ours, theirs = history.partners.row(place)[0], history.partners.row(other)[0]
    regions, links = history.regions.row(places.region[place])
    home, land, region = places.country[place], places.country[other], places.region[other]
    around = float(atlas.currents.density[atlas.cells.of_place[other]])
    return {
        "known": bool(np.isin(other, ours)),
        "partners": int(theirs.size),
        "names": int(places.names[other]),
        "crowd": max(around - theirs.size, 0.0),
        "partners_here": int((places.country[theirs] == home).sum()),
        "shared": np.intersect1d(ours, theirs).tolist(),
        "abroad": int(
            history.country_region[:, region].sum() - history.country_region[land, region]
        ),
        "region_here": int(history.country_region[home, region]),
        "regions": int(links[regions == region].sum()),
        "countries": int(history.countries[home, land]),
        "neighbours": neighbour_links(atlas, place, other),
    }


def neighbour_links(atlas: Atlas, place: int, other: int) -> list[tuple[int, int]]:
    """Partnerships between a town near the one and a town near the other, nearest first."""
    cells, linked = atlas.cells, atlas.history.linked
    near_us = linked.rows(cells.near.row(cells.of_place[place])[0])[1]
    near_them = linked.rows(cells.near.row(cells.of_place[other])[0])[1]
    near_us = near_us[near_us != place]
    owner, partner, _ = atlas.history.partners.rows(near_us)
    close = np.isin(partner, near_them) & (partner != place)
    towns, partners = near_us[owner[close]], partner[close]
    points = atlas.points.T.astype(np.float64)
    away = chord_km(points[towns], points[place]) + chord_km(points[partners], points[other])
    order = np.lexsort((partners, towns, away))[:EXAMPLES]
    return [(int(towns[i]), int(partners[i])) for i in order]
