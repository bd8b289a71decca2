"""A reader is given the nearest text there is, and told which one it was."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.kernel.text import NEAREST, check_texts, pick

LANGUAGES = [code for code, _name in settings.LANGUAGES]
TEXTS = st.dictionaries(st.sampled_from([*LANGUAGES, "de", "ja"]), st.text(max_size=5), max_size=8)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_whoever_asks_gets_words_when_there_are_any(texts, language):
    assert bool(pick(texts, language).words) == any(texts.values())


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_the_readers_own_language_comes_first(texts, language):
    if texts.get(language):
        picked = pick(texts, language)
        assert (picked.words, picked.is_fallback) == (texts[language], False)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_what_is_picked_is_in_the_language_it_says(texts, language):
    picked = pick(texts, language)
    assert picked.words == texts.get(picked.language, "")
    assert picked.wanted == language


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_a_fallback_is_never_silent(texts, language):
    picked = pick(texts, language)
    assert picked.is_fallback == (picked.language[:2] != language[:2])


def test_every_language_has_all_others_to_fall_back_on():
    assert NEAREST.keys() == set(LANGUAGES)
    assert all(set(order) == set(LANGUAGES) for order in NEAREST.values())
    assert all(order[0] == language for language, order in NEAREST.items())


def test_without_a_language_it_is_the_readers():
    with override("it"):
        assert str(pick({"it": "rifiuti", "en": "waste"})) == "rifiuti"
    with override(None):
        assert str(pick({"it": "rifiuti", "en": "waste"})) == "waste"


@pytest.mark.parametrize("value", ["waste", ["waste"], {"en": 1}, {1: "waste"}, None])
def test_anything_but_words_by_language_is_refused(value):
    with pytest.raises(ValidationError, match="language codes and words"):
        check_texts(value)


def test_words_by_language_are_taken():
    check_texts({"en": "waste"})
    check_texts({})
