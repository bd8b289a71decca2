"""No sentence reaches a reader past gettext: neither from a template nor from a view."""

import ast
import re
from html.parser import HTMLParser

import pytest

from tests.house.source import HOUSE, modules, plain, templates, tree_of

# The gallery of components is for builders, and is shown only where the house is being built.
FOR_BUILDERS = "gallery"
# Proper names, the names on keys, and marks that are the same in every language.
NAMES = {
    "Entrecidades",
    "entre",
    "cidades",
    "GeoNames",
    "CLDR",
    "CSV",
    "XLSX",
    "JSON",
    "GeoJSON",
    "API",
    "OpenAPI",
    "UTC",
    "Alt",
    "Esc",
}
# Names that look like sentences: cities that the search proposes, licences of what we publish.
NAMED = ("Belo Horizonte", "CC BY 4.0", "Unicode License v3")
SPOKEN = {"alt", "aria-description", "aria-label", "placeholder", "title"}
TRANSLATED = re.compile(
    r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*%}", re.DOTALL
)
COMMENTS = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
ENTITY = re.compile(r"&#?\w+;")
GETTEXT = re.compile(r"(^|\.)(_|n?p?gettext(_lazy|_noop)?)$")
# Two words with a blank between them and a capital or a full stop: a sentence, not a key.
SENTENCE = re.compile(r"^[A-ZÀ-Ý]\S* [^\W\d_]{2,}|[^\W\d_]{2,} [^\W\d_]{2,}.*[.!?]$")


class Reader(HTMLParser):
    """Collects what a reader would see or hear."""

    def __init__(self):
        super().__init__()
        self.said, self.unread = [], 0

    def handle_starttag(self, tag, attrs):
        self.unread += tag in {"script", "style"}
        self.said += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag):
        self.unread -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.unread:
            self.said.append(data)


def words_past_gettext(text):
    """The words of a template that no catalogue knows."""
    for pattern in (COMMENTS, TRANSLATED, TAGS):
        text = pattern.sub("", text)
    reader = Reader()
    reader.feed(text)
    words = [word for said in reader.said for word in WORD.findall(ENTITY.sub(" ", said))]
    return [word for word in words if word not in NAMES]


def sentences_past_gettext(tree):
    """The string constants of a module that read like sentences and are not translated."""
    quiet = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (is_gettext(node) or is_log(node)):
            quiet |= {id(child) for child in ast.walk(node)}
        elif isinstance(node, ast.Expr):
            quiet.add(id(node.value))
    for node in ast.walk(tree):
        said = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if said and id(node) not in quiet and SENTENCE.search(node.value):
            if node.value.startswith(NAMED):
                continue
            yield node.value


def is_gettext(call):
    return bool(GETTEXT.search(ast.unparse(call.func)))


def is_log(call):
    return ast.unparse(call.func).startswith("log.")


def test_every_word_of_a_template_is_in_the_catalogues():
    found = {
        plain(path): words
        for path in templates()
        if path.stem != FOR_BUILDERS
        and (words := words_past_gettext(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize("room", ["web", "mail"])
def test_every_sentence_of_a_page_is_in_the_catalogues(room):
    paths = [path for path in modules(room) if path.stem != FOR_BUILDERS]
    found = {
        plain(path): said for path in paths if (said := [*sentences_past_gettext(tree_of(path))])
    }
    assert found == {}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hello {{ name }}</p>", ["Hello"]),
        ('<a title="Read more" href="/en/">{% translate "More" %}</a>', ["Read", "more"]),
        ("<title>{{ city }} · Entrecidades</title>", []),
        ("{% blocktranslate %}Many words{% endblocktranslate %}{# a note #}&nbsp;", []),
        ("<script>const words = 1;</script>", []),
    ],
)
def test_the_rule_sees_a_word_past_gettext(template, words):
    assert words_past_gettext(template) == words


def test_the_rule_sees_a_sentence_past_gettext():
    source = 'x = "You are late."\ny = _("You are here.")\nz = "web:city-list"\n'
    assert list(sentences_past_gettext(ast.parse(source))) == ["You are late."]


def test_the_house_has_templates_to_read():
    assert HOUSE / "web/templates/web/base.html" in templates()
