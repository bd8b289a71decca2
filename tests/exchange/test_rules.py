"""When a row is joined unseen, from rows of real lists that once went wrong."""

import pytest

from entrecidades.engines.sameplace import Described, ranked
from entrecidades.exchange.rules import Decision, decide

VENETO, ABRUZZO, TOSCANA, PIEMONTE = "Veneto", "Abruzzo", "Toscana", "Piemonte"


def decided(row, *places):
    return decide([like for _key, like in ranked(row, enumerate(places))])


@pytest.mark.parametrize(
    ("row", "hamlet"),
    [
        (
            Described(("neive",), PIEMONTE, 44.72, 8.11, 3_341),
            Described(("bricco di neive", "neive"), PIEMONTE, 44.72, 8.13, 57),
        ),
        (
            Described(("falcade",), VENETO, 46.36, 11.87, 2_055),
            Described(("falcade alto", "falcade"), VENETO, 46.36, 11.88, 117),
        ),
        (
            Described(("cantagallo",), TOSCANA, None, None, 3_102),
            Described(("cantagallo",), TOSCANA, 44.02, 11.08, 60),
        ),
    ],
)
def test_a_hamlet_that_bears_the_name_of_its_municipality_is_doubted(row, hamlet):
    assert decided(row, hamlet) is Decision.DOUBT


def test_a_place_that_bears_the_name_itself_on_the_spot_is_joined_whatever_its_size():
    row = Described(("avesnes sur helpe",), "Hauts-de-France", 50.12, 3.93, 4_118)
    place = Described(("avesnes sur helpe",), "Hauts-de-France", 50.12, 3.93, 7)
    assert decided(row, place) is Decision.JOIN


BALSORANO = Described(("balsorano",), ABRUZZO, 41.8098, 13.5598, 3_655)
OLD = Described(("balsorano",), ABRUZZO, 41.8098, 13.5598, 3_705)
NEW = Described(("balsorano nuovo", "balsorano"), ABRUZZO, 41.8090, 13.5598, 1_992)


def test_of_two_that_bear_a_name_the_one_called_so_first_is_joined():
    assert decided(BALSORANO, OLD, NEW) is Decision.JOIN


def test_unless_the_other_is_nearer():
    away = Described(("balsorano",), ABRUZZO, 41.84, 13.5598, 3_705)
    assert decided(BALSORANO, away, NEW) is Decision.DOUBT


def test_two_that_are_called_the_same_are_doubted():
    assert decided(BALSORANO, OLD, OLD) is Decision.DOUBT


def test_a_place_held_twice_is_joined_where_its_people_are_counted():
    row = Described(("agua azul do norte",), "PA", -6.79053, -50.4791, 27_797)
    counted = Described(("agua azul do norte",), "PA", -6.80, -50.47, 18_080)
    twin = Described(("agua azul do norte",), "PA", -6.79053, -50.462)
    assert decided(row, counted, twin) is Decision.JOIN
    assert decided(row, twin, twin) is Decision.DOUBT


def test_also_where_the_twin_is_nearer_but_not_where_the_number_does_not_fit():
    row = Described(("pompeu",), "MG", -19.2257, -45.0141, 32_248)
    twin = Described(("pompeu",), "MG", -19.2257, -45.03)
    counted = Described(("pompeu",), "MG", -19.2257, -45.07, 31_047)
    small = Described(("pompeu",), "MG", -19.2257, -45.07, 9_000)
    assert decided(row, counted, twin) is Decision.JOIN
    assert decided(row, small, twin) is Decision.DOUBT


def test_a_merged_municipality_of_which_only_the_second_half_is_known_is_not_made_unseen():
    row = Described(("corigliano rossano",), "Calabria", 39.583796, 16.576481, 74_848)
    half = Described(("rossano",), "Calabria", 39.5756, 16.6346, 5_194)
    assert decided(row, half) is Decision.DOUBT
