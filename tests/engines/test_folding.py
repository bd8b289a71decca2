"""One name has one key, however it is written."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from entrecidades.engines.folding import fold

NAMES = st.text(max_size=40)
LATIN = st.text("abcçdeéêfgãhiíjñoõöuü' -", max_size=20)


@given(NAMES)
@example("ᴬ")  # taken apart, it is a capital
def test_the_key_of_a_key_is_itself(name):
    assert fold(fold(name)) == fold(name)


@given(LATIN)
def test_case_changes_nothing(name):
    assert fold(name.upper()) == fold(name)


@given(LATIN)
def test_marks_change_nothing(name):
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    assert fold(bare) == fold(name)


@given(NAMES)
def test_composed_and_decomposed_are_one(name):
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


@given(NAMES)
def test_words_stand_one_blank_apart(name):
    assert fold(name) == " ".join(fold(name).split())


def test_signs_of_many_scripts_are_kept():
    assert [fold(name) for name in ("東京", "Київ", "Αθήνα")] == ["東京", "киів", "αθηνα"]
