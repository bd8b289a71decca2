"""No cell of a file is computed, nothing is lost, and numbers stay numbers."""

import csv
import datetime as dt
import io
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.exchange.exports.cells import escape, is_live, unescape
from entrecidades.exchange.exports.comma import csv_pieces
from entrecidades.exchange.exports.sheet import Facts, Record, Sheet

TRIGGERS = "=+-@\t\r\n\0＝＋－＠﹢﹣−"
texts = st.text() | st.builds(
    lambda blank, sign, rest: blank + sign + rest,
    st.text(" \t\u00a0\u200b\ufeff'", max_size=3),
    st.sampled_from(TRIGGERS),
    st.text(max_size=10),
)
FACTS = Facts("t", "l", "a", "q", "u", "en", dt.datetime(2009, 11, 19, tzinfo=dt.UTC), 1)


@given(texts)
def test_what_was_escaped_comes_back(text):
    assert unescape(escape(text)) == text


@given(texts)
def test_no_escaped_text_begins_like_a_formula(text):
    written = escape(text)
    seen = written.lstrip(" \t\r\n\0\u00a0\u200b\ufeff")
    assert not unicodedata.normalize("NFKC", seen[:1]).startswith(tuple("=+-@−"))
    assert not written.startswith(("\t", "\r", "\n", "\0"))


@pytest.mark.slow
def test_of_200000_texts_none_is_live_and_none_is_lost():
    chance = random.Random(20261125)  # noqa: S311 - no secret: the same texts each time
    signs = TRIGGERS + " \t'\"\u00a0\u200b\ufeff;,|!%^&()0123456789azAZéя中"
    for _ in range(200_000):
        text = "".join(chance.choices(signs, k=chance.randint(0, 9)))
        written = escape(text)
        assert unescape(written) == text
        assert not is_live(written)


@pytest.mark.parametrize("text", ["Maputo", "L'Aquila", "São Paulo", "1 + 1", "", "a=b"])
def test_an_ordinary_text_is_left_alone(text):
    assert escape(text) == text
    assert not is_live(text)


def read_back(*values):
    sheet = Sheet("cells", tuple(f"c{n}" for n in range(len(values))), [Record(values)], FACTS)
    written = b"".join(csv_pieces(sheet)).decode()
    return list(csv.reader(io.StringIO(written, newline="")))[1]


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_as_a_number(number):
    assert float(read_back(number)[0]) == float(number)


@given(texts.filter(lambda text: "\0" not in text))
def test_a_text_survives_the_file(text):
    assert unescape(read_back(text, 1)[0]) == text


def test_lists_and_days_are_written_plainly():
    day = dt.date(2013, 5, 2)
    assert read_back(("pt", "fr"), day, None, -25.97) == ["pt;fr", "2013-05-02", "", "-25.97"]
