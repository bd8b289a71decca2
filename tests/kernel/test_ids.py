"""What an address shows is plain, stable and tells nothing of how many came before."""

import re

from hypothesis import given
from hypothesis import strategies as st

from entrecidades.kernel.ids import public_id, slug_of

NAMES = st.text(max_size=40)


@given(NAMES)
def test_a_slug_is_made_of_plain_words_joined_by_hyphens(name):
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug_of(name))


@given(NAMES)
def test_the_slug_of_a_slug_is_itself(name):
    assert slug_of(slug_of(name)) == slug_of(name)


@given(st.text("abcdefghij ", max_size=20))
def test_capitals_change_nothing(name):
    assert slug_of(name.upper()) == slug_of(name)


def test_a_capital_keeps_its_letter():
    assert slug_of("Ølstykke") == slug_of("ølstykke") == "olstykke"


def test_no_two_ids_are_alike():
    assert len({public_id() for _ in range(100)}) == 100
