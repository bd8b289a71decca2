"""A single adjective or participle says of which thing it is, where it is said of several.

Portuguese, French, Italian and Spanish agree with the thing: an agreement is "expirado", an offer
"expirada". One message without a context can be only one of the two.
"""

import re
from collections import Counter

import pytest

from tests.house.messages import messages, messages_in_python

WORD = re.compile(r"[A-Za-z-]+")
#: Participles that do not end in -ed, and adjectives that are said of a state.
OTHERS = re.compile(
    "begun|built|done|drawn|empty|given|gone|held|kept|known|late|left|lost|met|new|none|open|over|"
    "overdue|proven|read|ready|said|seen|sent|shown|stale|taken|told|undone|valid|withdrawn|written",
    re.IGNORECASE,
)


def agrees(words):
    """Whether a message is one word that other languages make agree with its thing."""
    return bool(WORD.fullmatch(words)) and bool(words.endswith("ed") or OTHERS.fullmatch(words))


def said_of_several(found):
    """Such words that are said without a context at more than one place."""
    told = Counter(words for context, words, plural, *_path in found if not (context or plural))
    return sorted(words for words, times in told.items() if times > 1 and agrees(words))


def test_a_word_that_is_said_of_several_things_names_the_thing():
    assert said_of_several(messages()) == []


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ('_("expired")\n_("expired")', ["expired"]),
        ('pgettext("agreement", "expired")\npgettext("offer or need", "expired")', []),
        ('_("expired")', []),
        ('_("new")\n_("New")\n_("new")', ["new"]),
        ('_("Text agreed")\n_("Text agreed")\n_("State")\n_("State")', []),
        ('ngettext("closed", "closed", n)\nngettext("closed", "closed", m)', []),
    ],
)
def test_the_rule_sees_a_word_without_its_thing(source, seen):
    assert said_of_several(messages_in_python(source)) == seen
