"""The theme tree that every instance starts with: its shape, its words and its codes.

The shape is checked always. The codes are checked against the published lists wherever
those lie beside the project; they are not shipped with it.
"""

import csv
import json
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

import entrecidades

ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared"
TREE = Path(entrecidades.__file__).parent / "exchange" / "reference" / "themes.toml"

LABELS = ("pt-br", "pt", "fr", "en", "it", "es")
TONGUES = ("pt", "fr", "en", "it", "es")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_LABEL = 60

TREE_READ = tomllib.loads(TREE.read_text(encoding="utf-8"))
AXES = TREE_READ["axis"]
THEMES = TREE_READ["theme"]

each_theme = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme["slug"])
each_branch = pytest.mark.parametrize("branch", AXES + THEMES, ids=lambda branch: branch["slug"])
each_tongue = pytest.mark.parametrize("tongue", TONGUES)


def fold(word):
    """What is left of a word when case, accents and the shape of apostrophes are ignored."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def repeated(words):
    return [word for word, times in Counter(words).items() if times > 1]


def labels_in(theme, tongue):
    """The theme's labels in one tongue: two in Portuguese, which has two norms here."""
    names = ("pt-br", "pt") if tongue == "pt" else (tongue,)
    return {fold(theme["label"][name]) for name in names}


def themes_by_synonym(tongue):
    found = defaultdict(set)
    for theme in THEMES:
        for word in theme["synonyms"][tongue]:
            found[fold(word)].add(theme["slug"])
    return found


# Shape


def test_the_tree_says_its_version_and_its_source():
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", TREE_READ["version"])
    assert TREE_READ["source"]
    assert "\n" not in TREE_READ["source"]


def test_the_tree_is_as_large_as_a_person_can_survey():
    assert 12 <= len(AXES) <= 14
    assert 110 <= len(THEMES) <= 130


def test_no_two_branches_share_a_slug():
    assert repeated(branch["slug"] for branch in AXES + THEMES) == []


@each_branch
def test_a_slug_can_stand_in_an_address(branch):
    assert SLUG.fullmatch(branch["slug"])
    assert len(branch["slug"]) <= 50


def test_every_axis_has_themes_and_every_theme_an_axis():
    assert {theme["axis"] for theme in THEMES} == {axis["slug"] for axis in AXES}


def test_themes_stand_in_the_order_of_their_axes():
    order = [axis["slug"] for axis in AXES]
    places = [order.index(theme["axis"]) for theme in THEMES]
    assert places == sorted(places)


def test_nothing_is_written_that_no_one_reads():
    assert set(TREE_READ) == {"version", "source", "axis", "theme"}
    assert {key for axis in AXES for key in axis} == {"slug", "label"}
    assert {key for theme in THEMES for key in theme} == {
        "slug",
        "axis",
        "dac",
        "sdg",
        "cofog",
        "label",
        "synonyms",
    }


# Labels


@each_branch
def test_a_branch_has_its_six_labels(branch):
    assert tuple(branch["label"]) == LABELS


@each_branch
def test_labels_are_short_and_typeset(branch):
    for label in branch["label"].values():
        assert label == " ".join(label.split())
        assert label[0].isupper()
        assert len(label) <= LONGEST_LABEL
        assert "'" not in label, "labels are printed: they take ’"


@pytest.mark.parametrize("language", LABELS)
def test_no_two_branches_share_a_label(language):
    assert repeated(fold(branch["label"][language]) for branch in AXES + THEMES) == []


# Synonyms


@each_theme
def test_a_theme_has_synonyms_in_every_language(theme):
    assert tuple(theme["synonyms"]) == TONGUES
    for tongue, words in theme["synonyms"].items():
        assert 2 <= len(words) <= 8, tongue


@each_theme
def test_synonyms_are_words_as_people_type_them(theme):
    for words in theme["synonyms"].values():
        for word in words:
            assert word == " ".join(word.split())
            assert len(word) >= 2
            assert "’" not in word, "synonyms are typed: they take '"


@each_theme
@each_tongue
def test_a_synonym_adds_a_word(theme, tongue):
    words = [fold(word) for word in theme["synonyms"][tongue]]
    assert repeated(words) == []
    assert labels_in(theme, tongue).isdisjoint(words)


@each_tongue
def test_a_synonym_leads_to_one_theme(tongue):
    shared = {word: slugs for word, slugs in themes_by_synonym(tongue).items() if len(slugs) > 1}
    assert shared == {}


@each_tongue
def test_a_synonym_is_not_the_name_of_another_theme(tongue):
    synonyms = themes_by_synonym(tongue)
    for theme in THEMES:
        for label in labels_in(theme, tongue):
            assert synonyms.get(label, set()) <= {theme["slug"]}


# The promise across languages


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("waste-final-disposal", ("lixo", "déchets", "garbage", "rifiuti", "basura")),
        ("water-supply", ("água potável", "eau potable", "drinking water", "acquedotto", "agua")),
        ("public-transport", ("ônibus", "bus", "transit", "autobus", "autobús")),
        ("school-meals", ("merenda", "cantine", "school lunch", "mensa", "comedor escolar")),
        ("gender-equality", ("mulheres", "femmes", "women", "donne", "mujeres")),
        ("urban-forests", ("árvores", "arbres", "trees", "alberi", "árboles")),
        ("sports", ("futebol", "football", "soccer", "calcio", "fútbol")),
    ],
)
def test_five_peoples_find_the_same_theme_by_their_own_words(slug, words):
    for tongue, word in zip(TONGUES, words, strict=True):
        assert themes_by_synonym(tongue)[fold(word)] == {slug}


def test_lixo_is_dechets_is_rifiuti_is_basura_is_garbage():
    words = {"pt": "lixo", "fr": "déchets", "it": "rifiuti", "es": "basura", "en": "garbage"}
    homes = [themes_by_synonym(tongue)[fold(word)] for tongue, word in words.items()]
    assert set.intersection(*homes)


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        ("waste-final-disposal", "Destinação final de resíduos sólidos"),
        (
            "public-transport-financing",
            "Financiamento do transporte público urbano e metropolitano",
        ),
        ("e-government-social-networks", "Governo eletrônico na era das redes sociais"),
        ("basic-sanitation", "Saneamento básico"),
        ("social-policies-human-rights", "Políticas sociais e direitos humanos"),
        ("public-services", "Serviços públicos"),
    ],
)
def test_what_the_founding_programmes_name_is_there_by_its_name(slug, label):
    names = {branch["slug"]: branch["label"]["pt-br"] for branch in AXES + THEMES}
    assert names[slug] == label


# Codes


@each_theme
@pytest.mark.parametrize(
    ("list_name", "form"),
    [
        ("dac", r"\d{5}"),
        ("sdg", r"(1[0-7]|[1-9])\.([1-9]\d?|[a-d])"),
        ("cofog", r"\d{2}\.\d(\.\d)?"),
    ],
)
def test_a_theme_has_codes_of_the_right_form_and_none_twice(theme, list_name, form):
    codes = theme[list_name]
    assert codes
    assert repeated(codes) == []
    assert all(re.fullmatch(form, code) for code in codes)


def dac_purposes_in_use():
    listed = json.loads(shared("iati/codelists/i18n/en/Sector.json"))["data"]
    return {item["code"] for item in listed if item["status"] == "active"}


def sdg_targets():
    rows = csv.DictReader(shared("taxonomies/sdg/pt/global_targets.csv").splitlines())
    return {row["target"] for row in rows}


def cofog_functions():
    # A note may run over several lines, so the reader is given them with their ends.
    text = shared("taxonomies/cofog/cofog_en_fr_es.csv")
    return {row["Code"] for row in csv.DictReader(text.splitlines(keepends=True))}


@cache
def shared(path):
    """The text of a published list that lies beside the project, or a loud skip."""
    file = SHARED / "data" / path
    if not file.exists():
        pytest.skip(f"CODES NOT CHECKED: {path} does not lie beside the project in shared/data")
    return file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("list_name", "published"),
    [("dac", dac_purposes_in_use), ("sdg", sdg_targets), ("cofog", cofog_functions)],
)
def test_every_code_is_in_the_published_list(list_name, published):
    known = published()
    unknown = {
        theme["slug"]: sorted(set(theme[list_name]) - known)
        for theme in THEMES
        if not known.issuperset(theme[list_name])
    }
    assert len(known) > 100
    assert unknown == {}
