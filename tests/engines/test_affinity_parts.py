"""The parts: what moves a score, in which direction, and what is told as its reason."""

import dataclasses

import numpy as np
import pytest

from entrecidades.engines.affinity import (
    METROPOLIS,
    PARTS,
    Atlas,
    Matcher,
    Model,
    Places,
    Profile,
    Sparse,
    name_keys,
)
from tests.factories.affinity import atlas

MODEL = Model.load()
MAPUTO, TORINO, MILANO, VILLAGE, CURITIBA = range(5)
PLACES = {
    "latitude": [-25.97, 45.07, 45.46, 45.05, -25.43],
    "longitude": [32.58, 7.69, 9.19, 7.67, -49.27],
    "population": [1_191_613, 870_456, 1_371_498, 1_200, 1_948_626],
    "country": [0, 1, 1, 1, 2],
    "region": [0, 1, 2, 1, 3],
    "languages": [1, 2, 2, 2, 1],
    "keys": name_keys([["Maputo"], ["Torino", "Turim"], ["Milano"], ["Turim"], ["Curitiba"]]),
}


def world(pairs=(), **columns):
    return Matcher(Atlas.of(Places.of(**PLACES | columns), np.array(pairs).reshape(-1, 2)), MODEL)


def part(matcher, name, place, other):
    parts = {told.part: told for told in matcher.explain(place, other).parts}
    return parts[name]


def test_every_part_is_told_once_and_weights_sum_to_a_hundred():
    told = world().explain(MAPUTO, TORINO).parts
    assert tuple(one.part for one in told) == PARTS
    assert sum(one.weight for one in told) == pytest.approx(100)
    assert 0 <= world().explain(MAPUTO, TORINO).total <= 100


def test_an_explanation_says_what_the_list_says():
    matcher = Matcher(atlas(), MODEL)
    found = matcher.suggest(3, limit=5)
    for other, total in zip(found.ids.tolist(), found.totals.tolist(), strict=True):
        assert matcher.explain(3, other).total == pytest.approx(total)
    together = matcher.explain_many(3, found.ids.tolist())
    assert [told.total for told in together] == pytest.approx(found.totals.tolist())


def test_a_need_that_is_met_leads():
    needs = Sparse.of([MAPUTO], [0], [1.0], rows=5)
    offers = Sparse.of([VILLAGE], [0], [1.0], rows=5)
    assert world().suggest(MAPUTO).ids[0] != VILLAGE
    matcher = world(needs=needs, offers=offers)
    assert matcher.suggest(MAPUTO).ids[0] == VILLAGE
    assert part(matcher, "needs", MAPUTO, VILLAGE).score == 1
    assert part(matcher, "needs", MAPUTO, VILLAGE).facts == {"themes": [(0, 1.0, 1.0)]}
    assert part(matcher, "offers", VILLAGE, MAPUTO).score == 1


def test_unknown_themes_change_nothing():
    offers = Sparse.of([VILLAGE], [0], [1.0], rows=5)
    assert np.array_equal(world().scores(MAPUTO), world(offers=offers).scores(MAPUTO))


def test_only_the_themes_asked_for_count():
    needs = Sparse.of([MAPUTO, MAPUTO], [0, 1], [1.0, 1.0], rows=5)
    offers = Sparse.of([VILLAGE, MILANO], [0, 1], [1.0, 1.0], rows=5)
    matcher = world(needs=needs, offers=offers)
    assert matcher.suggest(MAPUTO, themes=[0]).ids[0] == VILLAGE
    assert matcher.suggest(MAPUTO, themes=[1]).ids[0] == MILANO


def test_a_programme_of_both_helps_and_its_priorities_more():
    shared = {"programmes": [1, 0, 1, 0, 0]}
    plain = part(world(**shared), "programme", MAPUTO, MILANO).score
    assert plain > part(world(), "programme", MAPUTO, MILANO).score
    themes = {
        "needs": Sparse.of([MAPUTO], [0], [1.0], rows=5),
        "offers": Sparse.of([MILANO], [0], [1.0], rows=5),
        "priorities": [1],
    }
    first = part(world(**shared, **themes), "programme", MAPUTO, MILANO)
    assert first.score > plain
    assert first.facts == {"common": 1, "themes": [0]}


def test_a_language_in_common_and_a_shared_name_help():
    matcher = world()
    spoken = part(matcher, "language", MAPUTO, CURITIBA)
    assert spoken.score > part(matcher, "language", MAPUTO, TORINO).score
    assert spoken.facts == {"common": 1}
    named = part(matcher, "name", TORINO, VILLAGE)
    assert named.score > part(matcher, "name", TORINO, MILANO).score
    assert named.facts == {"shared": 1}


def test_bodies_of_another_kind_stand_behind():
    alike = part(world(), "role", MAPUTO, TORINO)
    unlike = part(world(kind=[1, 0, 0, 0, 0]), "role", MAPUTO, TORINO)
    assert unlike.score < alike.score
    assert alike.facts["roles"] & METROPOLIS
    assert not unlike.facts["same_kind"]


def test_partners_in_common_help_and_are_told():
    pairs = [(MAPUTO, CURITIBA), (CURITIBA, TORINO)]
    told = part(world(pairs), "history", MAPUTO, TORINO)
    assert told.score > part(world(pairs[1:]), "history", MAPUTO, TORINO).score
    assert told.facts["shared"] == [CURITIBA]
    assert told.facts["partners"] == 1
    assert not told.facts["known"]


def test_links_of_neighbours_lift_and_are_told():
    matcher = world([(VILLAGE, MAPUTO), (MILANO, CURITIBA)])
    cell = matcher.atlas.cells.of_place[MAPUTO]
    assert matcher.eye.cell_gains(TORINO)[cell] > 0
    assert matcher.eye.cell_gains(CURITIBA)[cell] == 0
    told = part(matcher, "history", TORINO, MAPUTO)
    assert told.facts["neighbours"] == [(VILLAGE, MAPUTO)]
    assert (told.facts["regions"], told.facts["countries"]) == (1, 1)


def test_an_unknown_position_or_population_is_told_as_unknown():
    matcher = world(latitude=[np.nan, 45.07, 45.46, 45.05, -25.43], population=[0, 1, 2, 3, 4])
    assert part(matcher, "distance", MAPUTO, TORINO).facts == {"km": None}
    assert part(matcher, "size", MAPUTO, TORINO).facts["ratio"] is None
    assert np.isfinite(matcher.scores(MAPUTO)).all()


CHANGES = [
    Profile(needs={0: 1.0, 11: 0.5}),
    Profile(offers={3: 1.0}),
    Profile(languages=5, roles=8, programmes=1),
    Profile(population=50_000),
    Profile(needs={}, offers={}),
]


@pytest.mark.parametrize("profile", CHANGES)
def test_a_patched_atlas_is_the_one_built_anew(profile):
    before = atlas()
    after = before.patched(7, profile)
    anew = Atlas.of(after.places, history_pairs(before))
    if profile.population is None:
        for place in (0, 7, 20):
            assert np.allclose(scored(after, place), scored(anew, place), atol=1e-5)
    assert before.places.population[7] == atlas().places.population[7]
    assert np.array_equal(scored(before, 3), scored(atlas(), 3))


def test_a_new_partner_is_known_at_once():
    before = world()
    after = Matcher(before.atlas.patched(MAPUTO, Profile(partners=(TORINO,))), MODEL)
    assert TORINO not in after.suggest(MAPUTO).ids
    assert part(after, "history", MAPUTO, TORINO).facts["known"]
    assert after.atlas.history.degrees[TORINO] == 1
    assert TORINO in before.suggest(MAPUTO).ids


def history_pairs(one):
    partners = one.history.partners
    return np.stack([partners.owners(), partners.columns], axis=1)


def scored(one, place):
    return Matcher(one, MODEL).scores(place)


def test_a_profile_leaves_what_it_does_not_name():
    fields = [field.name for field in dataclasses.fields(Profile)]
    assert all(getattr(Profile(), name) is None for name in fields)
    before = atlas()
    assert np.array_equal(scored(before.patched(7, Profile()), 7), scored(before, 7))
