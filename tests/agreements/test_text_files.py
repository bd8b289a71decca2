"""A numbered version leaves the house as PDF and DOCX: the same words, whatever stands in them."""

import datetime as dt
import os
from pathlib import Path

import pytest

from entrecidades.agreements.patterns import patterns
from entrecidades.agreements.selectors import text_from
from entrecidades.agreements.selectors.files import pdf_of, stamp_of, word_of
from entrecidades.agreements.text_rules import kept
from entrecidades.engines.wording.word_in import read_word
from tests.conftest import A_MOMENT
from tests.factories.agreements import (
    AgreementFactory,
    RemarkFactory,
    SignatoryFactory,
    TextFactory,
    VersionFactory,
)

#: Where whoever changes the template lets the files be kept, to look at them.
DRAWN = os.environ.get("DRAWN", "")


def version_of(maputo, curitiba, languages, kind="memorandum"):
    agreement = AgreementFactory(
        drafter=maputo,
        partners=[curitiba],
        languages=languages,
        in_force_from=dt.date(2026, 12, 1),
        ends_on=dt.date(2029, 11, 30),
    )
    title, clauses = text_from(patterns()[kind], agreement)
    text = TextFactory(agreement=agreement, title=title, clauses=[kept(one) for one in clauses])
    for party in agreement.parties.all():
        SignatoryFactory(party=party)
    return VersionFactory(text=text)


@pytest.mark.parametrize("languages", [["pt", "en"], ["fr", "pt"], ["it"]])
def test_a_version_is_a_pdf_with_the_same_bytes_each_time(maputo, curitiba, languages):
    version = version_of(maputo, curitiba, languages)
    made = pdf_of(version)
    assert made.startswith(b"%PDF-1.7")
    assert made == pdf_of(version)
    draft = made
    version.text.agreed = version
    assert pdf_of(version) != draft
    if len(languages) > 1:
        assert pdf_of(version, languages[1]) != pdf_of(version)
    if DRAWN:
        path = Path(DRAWN) / f"{'-'.join(languages)}.pdf"
        path.write_bytes(pdf_of(version))


def test_a_version_is_a_word_file_in_which_every_clause_is_recognised(maputo, curitiba):
    version = version_of(maputo, curitiba, ["pt", "fr"])
    RemarkFactory(text=version.text, words="Why?")
    read = read_word(word_of(version, at=A_MOMENT))
    assert read.faults == []
    assert read.stamp == stamp_of(version)
    words = version.in_words()
    assert read.title == words.title
    assert [(row.key, row.heading, row.body) for row in read.rows] == [
        (one.key, {**dict.fromkeys(words.languages, ""), **one.heading}, one.body)
        for one in words.clauses
    ]
