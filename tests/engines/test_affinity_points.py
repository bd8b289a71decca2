"""What each feature gives: points that sum to what the part gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrecidades.engines.affinity import Matcher, Model
from entrecidades.engines.affinity.points import points
from tests.factories.affinity import atlas

MODEL = Model.load()


@given(st.integers(0, 10_000), st.integers(0, 59))
@settings(max_examples=15, deadline=None)
def test_the_points_of_a_part_are_what_the_part_gives(seed, place):
    one = Matcher(atlas(seed), MODEL)
    others = np.delete(np.arange(60), place)
    for part in ("role", "history"):
        found = points(one.eye, part, place, others)
        summed = sum(found.values())
        for other, told in zip(summed, one.explain_many(place, others.tolist()), strict=True):
            (shown,) = [one for one in told.parts if one.part == part]
            assert other == pytest.approx(shown.weight * shown.score, abs=1e-3)


def test_no_feature_gives_less_than_nothing():
    one = Matcher(atlas(), MODEL)
    found = points(one.eye, "history", 3, np.arange(60))
    assert all((given >= -1e-9).all() for given in found.values())


def test_an_explanation_carries_the_points():
    one = Matcher(atlas(), MODEL)
    facts = {told.part: told.facts for told in one.explain(3, 5).parts}
    given = points(one.eye, "role", 3, np.array([5]))
    assert facts["role"]["points"] == {name: float(by[0]) for name, by in given.items()}
    assert "degree" in facts["history"]["points"]
