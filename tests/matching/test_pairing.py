"""How well two suit each other, by both eyes, for a pairing of many with many."""

import numpy as np
import pytest

from entrecidades.kernel import clock
from entrecidades.matching.pairing import Fit, fits, themes_that_fit, why_they_fit
from entrecidades.matching.selectors import row_of
from entrecidades.matching.services import rebuild_snapshot
from entrecidades.network.models import Place
from entrecidades.practices.choices import PostingState, Side
from tests.factories.network import EntityFactory
from tests.factories.practices import PostingFactory
from tests.factories.themes import ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides(prepared, keeper, monkeypatch):
    """Bodies and places of three countries, some needs among them, and the snapshot of all."""
    monkeypatch.setattr("entrecidades.matching.pairing.KEEPER", keeper)
    firsts = list(Place.objects.filter(country="MZ").order_by("pk")[:5])
    seconds = list(Place.objects.filter(country__in=["BR", "IT"]).order_by("pk")[:7])
    return firsts, seconds, keeper.snapshot(on=clock.today())


def scored(firsts, seconds):
    return fits(firsts, seconds, on=clock.today(), told=lambda *_far: None)


def test_a_pair_is_worth_the_mean_of_what_each_is_to_the_other(sides):
    firsts, seconds, held = sides
    found = scored(firsts, seconds)
    differ = []
    for row, one in enumerate(firsts):
        for column, other in enumerate(seconds):
            here, there = row_of(one, held), row_of(other, held)
            ours = held.matcher.explain(here, there).total
            theirs = held.matcher.explain(there, here).total
            assert found[row, column] == pytest.approx((ours + theirs) / 2, abs=1e-4)
            differ.append(abs(ours - theirs))
    assert max(differ) > 1  # else seeing by one eye would have been enough


def test_it_makes_no_difference_which_side_stands_first(sides):
    firsts, seconds, _held = sides
    found = scored(firsts, seconds)
    assert np.array_equal(found, scored(seconds, firsts).T, equal_nan=True)
    assert np.array_equal(found, scored(firsts, seconds), equal_nan=True)


def test_of_whom_nothing_is_known_nothing_is_said_and_nobody_is_its_own_partner(sides):
    firsts, seconds, _held = sides
    unknown = EntityFactory(seat=None)
    found = scored([firsts[0], unknown], [seconds[0], unknown, firsts[0]])
    assert np.isnan(found).tolist() == [[False, True, True], [True, True, True]]
    told = why_they_fit([firsts[0], unknown], [seconds[0], seconds[0]], on=clock.today())
    assert told[0].parts
    assert told[1] == Fit()
    assert (told[1].first, told[1].strongest(3)) == (0, [])


def test_progress_is_told_of_both_ways(sides):
    firsts, seconds, _held = sides
    told = []
    fits(firsts, seconds, on=clock.today(), told=lambda *far: told.append(far))
    count = len(firsts) + len(seconds)
    assert told == [("scores", done, count) for done in range(1, count + 1)]


def test_reasons_say_what_each_sees_and_add_up(sides, django_assert_max_num_queries):
    firsts, seconds, held = sides
    pairs = [(one, other) for one in firsts for other in seconds]
    found = scored(firsts, seconds).ravel()
    with django_assert_max_num_queries(8):
        told = why_they_fit([one for one, _ in pairs], [two for _, two in pairs], on=clock.today())
    for (one, other), fit, score in zip(pairs, told, found, strict=True):
        here, there = row_of(one, held), row_of(other, held)
        assert fit.first == pytest.approx(held.matcher.explain(here, there).total)
        assert fit.second == pytest.approx(held.matcher.explain(there, here).total)
        assert sum(part.points for part in fit.parts) == pytest.approx(float(score), abs=1e-3)
        strong = fit.strongest(3)
        assert strong == sorted(fit.parts, key=lambda part: -part.points)[:3]


def test_the_themes_that_fit_are_the_same_for_both(prepared, keeper, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.pairing.KEEPER", keeper)
    theme = ThemeFactory()
    maputo, austin = prepared.body("Maputo"), prepared.body("Austin")
    for side, body in ((Side.NEED, maputo), (Side.OFFER, austin)):
        PostingFactory(side=side, entity=body, themes=[theme], state=PostingState.PUBLISHED)
    rebuild_snapshot(on=clock.today())
    lyon = prepared.body("Lyon")
    told = themes_that_fit([maputo, austin, maputo], [austin, maputo, lyon], on=clock.today())
    assert told == [[theme], [theme], []]
