"""The small world of the tests is the real one, in little."""

from entrecidades.engines.folding import fold
from entrecidades.network.models import Place
from entrecidades.network.selectors import entities_of, partnerships_of


def test_a_city_is_found_under_any_of_its_names(world):
    assert Place.objects.named(fold("TORINO")).get() == world["Turin"]
    assert Place.objects.named(fold("lourenco marques")).get() == world["Maputo"]


def test_partners_see_each_other(world):
    marseille, genoa = world["Marseille"], world["Genoa"]
    assert [{p.one, p.other} for p in partnerships_of(genoa)] == [{marseille, genoa}]


def test_an_officer_acts_for_her_city_and_a_stranger_for_another(
    officer, stranger, maputo, on_the_day
):
    assert list(entities_of(officer, on=on_the_day)) == [maputo]
    assert maputo not in entities_of(stranger, on=on_the_day)
