"""Ranks share ties, and the means are those of the definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines.ranking import Answer, answered, quality, quality_by

scores = st.lists(st.integers(0, 5), min_size=1, max_size=30)


@given(scores, st.data())
def test_a_rank_is_the_mean_place_among_equals(values, data):
    right = data.draw(st.integers(0, len(values) - 1))
    places = [
        place
        for place, value in enumerate(sorted(values, reverse=True), start=1)
        if value == values[right]
    ]
    found = answered(np.array(values), right)
    assert found == Answer(sum(places) / len(places), len(values))


@given(scores)
def test_a_scorer_that_knows_nothing_scores_like_chance(values):
    asked = [answered(np.zeros(len(values)), right) for right in range(len(values))]
    if len(values) > 1:
        assert quality(asked).auc == pytest.approx(0.5)


def test_the_barred_do_not_compete_but_the_right_one_does():
    barred = np.array([True, True, False])
    assert answered(np.array([9, 1, 5]), 1, barred) == Answer(2, 2)


def test_alone_is_first():
    found = quality([answered(np.array([1.0]), 0)])
    assert (found.auc, found.mrr, found.recall_at_10) == (1, 1, 1)


def test_nothing_asked_is_no_error():
    assert quality([]).queries == 0


def test_groups_come_most_asked_first():
    answers = [Answer(1, 10), Answer(10, 10), Answer(11, 20)]
    groups = quality_by(answers, ["BR", "IT", "IT"])
    assert list(groups) == ["IT", "BR"]
    assert groups["IT"].recall_at_10 == 0.5
    assert groups["BR"].mrr == 1
