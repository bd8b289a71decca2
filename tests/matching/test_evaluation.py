"""Measuring suggestions on partnerships that were held back."""

import numpy as np
import pytest

from entrecidades.kernel import clock
from entrecidades.matching.evaluation import evaluate


@pytest.fixture
def result(prepared, keeper):
    held = keeper.snapshot(on=clock.today())
    ends = [("Maputo", "Curitiba"), ("Marseille", "Genoa")]
    pairs = [[held.rows.of_place(prepared[name].pk) for name in pair] for pair in ends]
    return evaluate(held, np.array(pairs), progress=lambda *_words: None)


def test_each_pair_is_asked_in_both_directions(result):
    assert (result["pairs"], result["queries"]) == (2, 4)
    assert set(result["by_country_pair"]) == {"MZ-BR", "BR-MZ", "FR-IT", "IT-FR"}


def test_a_scorer_that_knows_nothing_does_no_better_than_chance(result):
    assert result["baselines"]["random"]["auc"] == pytest.approx(0.5)


def test_the_largest_city_is_first_by_population(result):
    """Maputo for Curitiba, Marseille for Genoa; Curitiba third of four, Genoa second of two."""
    assert result["baselines"]["population"]["mrr"] == pytest.approx((1 + 1 + 1 / 3 + 1 / 2) / 4)


def test_the_pair_itself_does_not_count_as_known(result):
    """Marseille and Genoa are imported; asked about, they are no partners of anybody."""
    assert result["baselines"]["partners"]["auc"] == pytest.approx(0.5)
    assert result["by_start"]["cold"]["queries"] == 4
