"""Model texts say the same in five languages, and take from the agreement what it knows."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.agreements.choices import AgreementKind
from entrecidades.agreements.patterns import SHARED, _read, filled, pattern_for, patterns
from entrecidades.agreements.selectors import text_from
from entrecidades.engines.wording.blanks import NAMES, UNSAID, blanks_in
from entrecidades.engines.wording.clauses import heading_of, tidy
from tests.factories.agreements import AgreementFactory
from tests.factories.network import EntityFactory
from tests.factories.themes import ThemeFactory

SPOKEN = ["pt", "fr", "en", "it", "es"]
NAMED = [*patterns()]


def test_every_kind_whose_text_is_written_here_has_a_model():
    assert sorted(NAMED) == ["addendum", "memorandum", "protocol", "technical", "twinning"]
    for kind in AgreementKind.values:
        assert (pattern_for(kind) is None) == (kind not in NAMED)


@pytest.mark.parametrize("name", NAMED)
def test_every_clause_stands_in_five_languages_with_the_same_blanks_and_paragraphs(name):
    pattern = patterns()[name]
    assert {*SPOKEN} <= {*pattern.languages}
    for clause in pattern.clauses:
        told = [clause.body[code] for code in SPOKEN]
        assert len({frozenset(blanks_in(words)) for words in told}) == 1, clause.key
        assert len({words.count("\n") for words in told}) == 1, clause.key
        assert blanks_in(told[0]) <= {*NAMES}, clause.key
        assert {*clause.heading} - {"pt-br"} == ({*SPOKEN} if clause.numbered else set())
        for words in told:
            assert tidy(words) == words, clause.key


@pytest.mark.parametrize("name", NAMED)
def test_a_model_is_a_text_of_several_clauses_that_begins_with_its_parties(name):
    keys = [clause.key for clause in patterns()[name].clauses]
    assert len({*keys}) == len(keys) >= 8
    assert "{parties}" in patterns()[name].clauses[0].body["en"]
    assert keys[-1] == "languages"


def test_no_shared_clause_is_left_unused():
    used = {clause.key for pattern in patterns().values() for clause in pattern.clauses}
    assert {*_read(SHARED)} - {"noted_on"} <= used


@given(st.sampled_from(NAMED), st.text(max_size=20))
def test_whatever_fills_a_blank_is_never_read(name, value):
    words = f"{{start}} {{{{7*7}}}} {value}"
    values = {"fr": {"parties": words}}
    _title, clauses = filled(patterns()[name], ["fr"], values)
    assert words in clauses[0].body["fr"]


def test_what_the_agreement_says_fills_the_blanks_in_each_language(maputo, curitiba):
    agreement = AgreementFactory(
        drafter=maputo,
        partners=[curitiba],
        languages=["pt-br", "fr"],
        in_force_from=dt.date(2009, 4, 1),
    )
    agreement.themes.add(ThemeFactory(label={"pt": "Resíduos", "fr": "Déchets"}))
    title, clauses = text_from(patterns()["memorandum"], agreement)
    said = {clause.key: clause.body for clause in clauses}
    assert title == {"pt-br": "Memorando de entendimento", "fr": "Mémorandum d’entente"}
    assert f"{maputo.name_in('fr')} et {curitiba.name_in('fr')}" in said["preamble"]["fr"]
    assert "seguintes áreas: Resíduos." in said["areas"]["pt-br"]
    assert f"du 1er avril 2009 au {UNSAID}" in said["term"]["fr"]
    assert "planejar" in said["follow-up"]["pt-br"]
    assert "portugais et français" in said["languages"]["fr"]
    assert all(heading_of(words) == words for one in clauses for words in one.heading.values())


def test_an_addendum_names_what_it_changes_and_who_joins(maputo, curitiba):
    signed = AgreementFactory(drafter=maputo, partners=[curitiba], title={"pt": "Resíduos"})
    lyon = EntityFactory(name="Lyon")
    addendum = AgreementFactory(
        kind="addendum",
        amends=signed,
        drafter=maputo,
        partners=[curitiba, lyon],
        languages=["pt-br", "fr"],
        ends_on=dt.date(2012, 3, 31),
    )
    title, clauses = text_from(patterns()["addendum"], addendum)
    said = {clause.key: clause.body for clause in clauses}
    assert title == {"pt-br": "Termo aditivo", "fr": "Avenant"}
    assert f"«Resíduos ({signed.reference})»" in said["preamble"]["pt-br"]
    assert "jusqu’au 31 mars 2012" in said["extension"]["fr"]
    assert "des autres : Lyon." in said["accession"]["fr"]
    assert all("termo aditivo" in said[key]["pt-br"] for key in ("object", "rest", "force"))


def test_an_addendum_between_the_same_parties_leaves_the_accession_open(maputo, curitiba):
    signed = AgreementFactory(drafter=maputo, partners=[curitiba])
    addendum = AgreementFactory(
        kind="addendum", amends=signed, drafter=maputo, partners=[curitiba], languages=["fr"]
    )
    _title, clauses = text_from(patterns()["addendum"], addendum)
    assert UNSAID in {clause.key: clause.body["fr"] for clause in clauses}["accession"]
