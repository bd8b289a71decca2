"""Relations, programmes, encounters and themes tell exactly what their records say."""

import pytest

from tests.conftest import entrusted
from tests.factories.agreements import AgreementFactory
from tests.factories.cooperation import (
    AxisFactory,
    CoordinationFactory,
    ProgrammeFactory,
    RelationFactory,
)
from tests.factories.encounters import EncounterFactory, SeriesFactory
from tests.factories.network import EntityFactory, PartnershipFactory
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.factories.themes import ThemeFactory
from tests.web.pages import HOSTILE, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation(world, anci):
    relation = RelationFactory(
        slug="brazil-mozambique",
        title={"en": "Brazil–Mozambique"},
        since_year=2013,
        story={"en": "From south to south."},
        purposes=[{"en": "Encourage initiatives"}],
        role_changes=[{"how": {"en": "Brazil becomes a provider."}}],
    )
    relation.coordinators.add(anci)
    return relation


def test_a_relation_tells_its_story_its_cities_and_its_encounters(client, world, relation):
    PartnershipFactory(one=world["Maputo"], other=world["Curitiba"])
    series = SeriesFactory(relation=relation)
    EncounterFactory(series=series, year=2007, place=world["Belo Horizonte"])
    page = text_of(client.get("/en/relations/brazil-mozambique/"))
    for words in ("From south to south.", "Encourage initiatives", "Brazil becomes a provider."):
        assert words in page
    for words in ("ANCI", "2013", "2007", "Belo Horizonte", "Curitiba", "since 2013"):
        assert words in page
    assert "<svg" in page


def test_a_decade_is_never_told_as_a_year(client, world):
    RelationFactory(slug="brazil-france", other__code="FR", since_year=1990, since_decade=True)
    page = text_of(client.get("/en/relations/brazil-france/"))
    assert "since the 1990s" in page
    assert "since 1990<" not in page


def test_a_relation_without_known_partners_says_so(client, relation):
    assert "No city has a known partner here" in text_of(
        client.get("/en/relations/brazil-mozambique/")
    )


def test_a_relation_costs_few_questions(client, relation, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        client.get("/en/relations/brazil-mozambique/")


@pytest.mark.usefixtures("on_the_day")
def test_who_carries_a_relation_begins_its_agreement_with_what_is_known(
    client, relation, anci, stranger
):
    other = EntityFactory(country__code="BR", association=True)
    relation.coordinators.add(other)
    relation.themes.add(ThemeFactory(slug="waste-disposal"))
    address = "/en/relations/brazil-mozambique/"
    begin = "/en/agreements/new/?relation=brazil-mozambique"
    client.force_login(stranger)
    assert begin not in client.get(address).content.decode()
    assert client.get(begin).context["form"].initial["partners"] == ""
    client.force_login(entrusted(anci))
    assert begin in client.get(address).content.decode()
    known = client.get(begin).context["form"].initial
    assert known["partners"] == f"br/{other.slug}"
    assert (known["themes"], known["admits_members"]) == (["waste-disposal"], True)
    assert {known["first_language"], known["second_language"]} == {"it", "pt-br"}
    made = AgreementFactory(drafter=anci, partners=[other], title={"en": "Both"})
    AgreementFactory(drafter=anci, observers=[other], title={"en": "Watched"})
    page = text_of(client.get(address))
    assert made.reference in page
    assert "Watched" not in page


def test_a_programme_tells_axes_coordinators_and_what_fits(client, world, maputo):
    programme = ProgrammeFactory(slug="cities-for-projects", since_year=2003)
    CoordinationFactory(programme=programme, entity__name="Frente Nacional de Prefeitos")
    theme = ThemeFactory(label={"en": "Basic sanitation"})
    AxisFactory(programme=programme).themes.add(theme.axis)
    PracticeFactory(entity=maputo, themes=[theme], title={"en": "Water for all"})
    page = text_of(client.get("/en/programmes/cities-for-projects/"))
    for words in ("2003", "Frente Nacional de Prefeitos", "Public services", "Water for all"):
        assert words in page


def test_a_series_tells_its_editions_in_their_order(client, world):
    series = SeriesFactory(slug="meetings")
    EncounterFactory(series=series, year=2009, place=world["Lyon"])
    EncounterFactory(series=series, year=2006, place=world["Marseille"])
    page = text_of(client.get("/en/encounters/meetings/"))
    assert page.index("Marseille, France") < page.index("Lyon, France")


def test_a_theme_bears_its_names_and_codes_and_who_needs_it(client, world, maputo):
    theme = ThemeFactory(
        slug="disposal",
        label={"en": "Waste", "fr": "Déchets"},
        synonyms={"fr": ["ordures"]},
        dac=["14050"],
        sdg=["11.6"],
        cofog=["05.1"],
    )
    PostingFactory(entity=maputo, need=True, themes=[theme], title={"en": "A plan"})
    page = text_of(client.get("/en/themes/disposal/"))
    for words in ("Déchets", "ordures", "14050", "Water supply", "11.6", "05.1", "A plan"):
        assert words in page


def test_a_theme_is_found_by_a_word_of_any_language(client):
    ThemeFactory(slug="disposal", label={"en": "Waste"}, synonyms={"it": ["rifiuti"]})
    ThemeFactory(slug="tourism", label={"en": "Tourism"})
    page = text_of(client.get("/en/themes/?q=RIFIUTI"))
    assert "/themes/disposal/" in page
    assert "/themes/tourism/" not in page


def test_the_fragment_of_the_themes_is_a_part_of_the_page(client):
    ThemeFactory()
    page = text_of(client.get("/en/themes/"))
    fragment = text_of(client.get("/en/themes/", headers={"HX-Request": "true"}))
    assert fragment.strip() in page
    assert "<html" not in fragment


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_break_no_theme_list(client, words):
    ThemeFactory()
    assert client.get("/en/themes/", {"q": words}).status_code == 200


@pytest.mark.parametrize("path", ["relations", "programmes", "encounters", "themes"])
def test_lists_are_there_when_empty_and_unknown_things_are_not(client, path):
    assert client.get(f"/en/{path}/").status_code == 200
    assert client.get(f"/en/{path}/no-such-thing/").status_code == 404
    assert client.post(f"/en/{path}/").status_code == 405


@pytest.mark.parametrize("path", ["about/data/", "about/accessibility/"])
def test_the_pages_about_us_are_open(client, path):
    response = client.get(f"/en/{path}")
    assert response.status_code == 200
    assert not response.cookies
