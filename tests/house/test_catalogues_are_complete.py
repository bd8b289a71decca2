"""Every sentence is said in each language, with the same placeholders; nothing else is kept."""

import re

import pytest
from babel.messages.catalog import Catalog

from tests.house.messages import (
    LANGUAGES,
    gathered,
    kept,
    messages_in_python,
    messages_in_template,
)

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]|\{(\w*)\}")


def keys(catalogue):
    return {(message.context, message.id) for message in catalogue if message.id}


def placeholders(words):
    return {found.group() for found in PLACEHOLDER.finditer(words)}


def untranslated(catalogue):
    for message in catalogue:
        if message.id:
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.fuzzy or not all(said):
                yield message.id


def broken(catalogue):
    """Translations that lose a placeholder or invent one; a singular may leave out its number."""
    for message in catalogue:
        if not message.id:
            continue
        plural = isinstance(message.id, tuple)
        allowed = placeholders("".join(message.id) if plural else message.id)
        needed = placeholders(message.id[1]) if plural else allowed
        said = [words for words in (message.string if plural else [message.string]) if words]
        invented = any(placeholders(words) - allowed for words in said)
        if said and (invented or placeholders(said[-1]) != needed):
            yield message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_and_nothing_is_stale(language):
    said, there = keys(gathered()), keys(kept(language))
    assert sorted(map(str, said - there)) == []
    assert sorted(map(str, there - said)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language):
    assert list(untranslated(kept(language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_agree(language):
    assert list(broken(kept(language))) == []


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% load i18n %}{% translate 'Hello' %}", (None, "Hello", None)),
        ("{% load i18n %}{% translate \"It's\" context 'x' %}", ("x", "It's", None)),
        ("{% load i18n %}{{ x|default:_('none') }}", (None, "none", None)),
        (
            "{% load i18n %}{% blocktranslate count n=x %}1{% plural %}2{% endblocktranslate %}",
            (None, "1", "2"),
        ),
    ],
)
def test_messages_of_templates_are_found(template, message):
    assert list(messages_in_template(template)) == [message]


def test_messages_of_modules_are_found():
    source = (
        '_("A")\nngettext("B", "C", n)\npgettext("x", "D")\ngettext_lazy(\n    "E"\n    "F"\n)\n'
    )
    found = [(None, "A", None), (None, "B", "C"), ("x", "D", None), (None, "EF", None)]
    assert list(messages_in_python(source)) == found


def test_the_rule_sees_a_lost_placeholder_an_invention_and_a_gap():
    catalogue = Catalog(locale="fr")
    catalogue.add("%(n)s cities", "villes")
    catalogue.add("cities", "%(n)s villes")
    catalogue.add(("One city", "%(n)s cities"), ("Une ville", "des villes"))
    catalogue.add(("One town", "%(n)s towns"), ("Une ville", "%(n)s villes"))
    catalogue.add("empty", "")
    assert list(broken(catalogue)) == ["%(n)s cities", "cities", ("One city", "%(n)s cities")]
    assert list(untranslated(catalogue)) == ["empty"]
