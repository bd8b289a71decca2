"""The pictures of the pages say in words and numbers what they draw."""

import numpy as np
import pytest
from django.utils import translation

from entrecidades.engines.marks import Mark
from entrecidades.web.presenters import pictures

PLACES = {"BR": (-19.9, -43.9), "FR": (43.3, 5.4), "MZ": (-25.9, 32.6), "DE": (52.5, 13.4)}
WORLD = pictures.Places(
    *(np.array(column) for column in zip(*PLACES.values(), strict=True)), np.full(4, 1e6)
)


def ties(pairs, shown=pictures.ARCS_SHOWN):
    one, other = zip(*pairs, strict=True)
    ends = np.array([(*PLACES[a], *PLACES[b]) for a, b in pairs]).T
    return pictures.country_ties(one, other, tuple(ends), shown)


def test_partnerships_are_counted_by_country_pair_in_either_direction():
    told = ties([("BR", "FR"), ("FR", "BR"), ("FR", "DE")])
    assert [(tie.codes, tie.count) for tie in told] == [(("BR", "FR"), 2), (("DE", "FR"), 1)]


def test_partnerships_within_a_country_are_no_tie_between_countries():
    assert ties([("BR", "BR")]) == []


def test_the_relations_of_the_mission_are_kept_however_few():
    told = ties([("FR", "DE")] * 9 + [("MZ", "BR")], shown=1)
    assert [tie.codes for tie in told] == [("DE", "FR"), ("BR", "MZ")]
    assert [tie.is_mission for tie in told] == [False, True]


@pytest.mark.parametrize(("language", "name"), [("fr", "Brésil"), ("pt-br", "Brasil")])
def test_countries_are_named_in_the_readers_language(language, name):
    with translation.override(language):
        (tie,) = ties([("BR", "MZ")])
        table = pictures.ties_table([tie])
    assert tie.names[0] == name
    assert [cell["text"] for cell in table["rows"][0]] == [*tie.names, 1]


def test_the_table_tells_every_arc_of_the_picture():
    told = ties([("BR", "FR"), ("BR", "MZ"), ("FR", "DE")])
    drawing = str(pictures.world_picture(WORLD, told))
    assert len(pictures.ties_table(told)["rows"]) == 3
    assert drawing.count('class="arc arc-mission"') == 2
    assert drawing.count('class="arc arc-known') == 1
    assert "<title>" in drawing


def test_a_suggestion_has_the_number_it_has_in_the_list():
    found = [pictures.Suggested("Lyon", 45.7, 4.8), pictures.Suggested("Nantes", 47.2, -1.6)]
    here = pictures.Suggested("Maputo", -25.9, 32.6)
    drawing = pictures.suggestions_picture(WORLD, here, found, "Maputo")
    numbers = [drawing.index(f">{number}</text>") for number in (1, 2)]
    assert drawing.index("<title>Lyon</title><circle") < numbers[0] < numbers[1]


def test_a_country_and_a_locator_name_what_they_show():
    country = pictures.country_picture(WORLD, [Mark(-25.9, 32.6, "Maputo & <b>")], "Mozambique")
    assert "Maputo &amp; &lt;b&gt;" in country
    assert ">Maputo</title>" in pictures.locator_picture(WORLD, -25.9, 32.6, "Maputo")
