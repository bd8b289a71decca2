"""Texts for the tests: drawn at random, and one that can be read."""

import datetime as dt
import uuid

from hypothesis import strategies as st

from entrecidades.engines.wording.clauses import Clause, Text, heading_of, tidy
from entrecidades.engines.wording.tags import Stamp
from entrecidades.engines.wording.word_out import Sheet

A_MOMENT = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
LANGUAGES = ("pt", "fr")
NAMES = {"pt": "português", "fr": "français", "en": "English", "it": "italiano", "es": "español"}
words = st.lists(st.text(max_size=8), max_size=3).map("\n".join)


def keys():
    return st.uuids(version=4).map(lambda one: one.hex)


@st.composite
def clauses(draw, languages=LANGUAGES):
    def said(clean):
        return {code: clean(draw(words)) for code in languages}

    return Clause(draw(keys()), said(heading_of), said(tidy), draw(st.booleans()))


@st.composite
def texts(draw):
    languages = draw(st.sampled_from([("pt",), ("pt", "fr"), ("pt-br", "en"), ("fr", "it", "es")]))
    some = draw(st.lists(clauses(languages), max_size=3, unique_by=lambda one: one.key))
    title = {code: heading_of(draw(words)) for code in languages}
    return Text(languages, title, tuple(some))


def clause(n, **said):
    body = {"pt": f"Corpo {n}.", "fr": f"Corps {n}."} | said.pop("body", {})
    heading = {"pt": f"Cláusula {n}", "fr": f"Clause {n}"} | said.pop("heading", {})
    return Clause(uuid.UUID(int=n).hex, heading, body, **said)


def a_text(count=4):
    title = {"pt": "Memorando de entendimento", "fr": "Mémorandum d’entente"}
    return Text(LANGUAGES, title, tuple(clause(n) for n in range(1, count + 1)))


def sheet(text, version=7, remarks=()):
    stamp = Stamp("text", uuid.UUID(int=99).hex, version, text.languages)
    return Sheet(stamp, "Version 7", "How to use it.", NAMES, A_MOMENT, remarks)
