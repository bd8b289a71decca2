"""What people write becomes harmless markup, and nothing of it is lost."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.kernel.prose import ATTRIBUTES, TAGS, prose
from tests.web.hostile import PAYLOADS, Shape

PIECES = st.sampled_from(
    [
        *(*PAYLOADS[::7], "*", "**", "- ", "1. ", "\n", "\n\n"),
        *("[a](", "https://a.example/?a=b&c", ")", '"'),
    ]
)


def shape(words):
    """What markup is made of."""
    found = Shape()
    found.feed(prose(words))
    found.close()
    return found


def assert_harmless(words):
    found = shape(words)
    for tag, attributes in found.elements:
        assert tag in TAGS
        assert set(attributes) <= {*ATTRIBUTES.get(tag, ()), "rel"}
    assert all(to.startswith(("http://", "https://")) for to in found.addresses)


@pytest.mark.parametrize("words", PAYLOADS)
def test_no_hostile_text_becomes_more_than_a_paragraph_or_a_link(words):
    assert_harmless(words)
    assert_harmless(f"- *{words}* [{words}](https://a.example/{words})")


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=200))
def test_whatever_is_written_is_harmless(words):
    assert_harmless(words)


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs"]), max_size=200))
def test_no_letter_is_lost(words):
    shown = unescape(re.sub(r"<[^>]+>", "", prose(words)))
    assert "".join(shown.split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("words", "markup"),
    [
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("To do:\n- a\n– b", "<p>To do:</p><ul><li>a</li><li>b</li></ul>"),
        ("1. c", "<ol><li>c</li></ol>"),
        ("**a** *b* 2*3*4 a_b", "<p><strong>a</strong> <em>b</em> 2*3*4 a_b</p>"),
        ("", ""),
        ("[x](javascript:y)", "<p>[x](javascript:y)</p>"),
    ],
)
def test_lists_emphasis_and_paragraphs_are_what_they_look_like(words, markup):
    assert prose(words) == markup


def test_a_link_says_where_it_leads_and_lends_no_weight():
    told = prose("See [your bank](https://evil.example/x), or https://maputo.example/a.")
    assert told.count('rel="nofollow noopener noreferrer"') == 2
    assert "your bank</a> (evil.example)" in told
    assert "https://maputo.example/a</a>." in told


def test_much_of_everything_takes_no_time_to_speak_of():
    for piece in ("*", "[", "[a](", "**a", "https://", "- ", "\n\n"):
        assert_harmless(piece * 5000)
