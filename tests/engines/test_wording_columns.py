"""The PDF of a text: columns side by side, the same bytes for the same text, drawn and read."""

import datetime as dt
from dataclasses import replace

import pypdfium2
import pytest

from entrecidades.engines.seals.carrying import hashes_in
from entrecidades.engines.wording.clauses import Text, digest
from entrecidades.engines.wording.columns import WORDS, Imprint, Signer, columns_pdf
from tests.engines.test_wording_clauses import SSTI
from tests.engines.wordings import a_text, clause

pytestmark = pytest.mark.slow
OURS = {code: {name: f"{name} {code}" for name in WORDS} for code in ("pt", "fr", "pt-br", "en")}
SIGNER = Signer({"pt": "Maputo", "fr": "Maputo"}, "Pessoa de exemplo", "Presidente")


def imprint(**options):
    facts = {"is_draft": False, "words": OURS, "signers": [SIGNER]} | options
    return Imprint("BRFR-2026-001", 7, dt.date(2026, 11, 25), **facts)


def pages(made):
    return [page.get_textpage() for page in pypdfium2.PdfDocument(made)]


def words_of(made):
    return "\n".join(page.get_text_range() for page in pages(made))


def place_of(made, words):
    """Where some words begin on the first page: from the left and from the bottom."""
    page = pages(made)[0]
    index, _count = page.search(words).get_next()
    left, bottom, _right, _top = page.get_charbox(index)
    return left, bottom


def test_the_same_text_is_the_same_bytes_and_another_order_is_not():
    made = columns_pdf(a_text(), imprint())
    assert made == columns_pdf(a_text(), imprint())
    assert made != columns_pdf(a_text(), imprint(), ("fr", "pt"))
    assert b"<pdfaid:conformance>A<" in made
    assert b"<pdfuaid:part>1<" in made


def test_a_clause_stands_beside_itself_and_the_order_is_for_the_reader_to_choose():
    made = columns_pdf(a_text(), imprint())
    (left, height), (right, same) = place_of(made, "Corpo 2."), place_of(made, "Corps 2.")
    assert left < 298 < right  # the middle of an A4 page
    assert height == pytest.approx(same, abs=0.5)
    turned = columns_pdf(a_text(), imprint(), ("fr", "pt"))
    assert place_of(turned, "Corps 2.")[0] < 298 < place_of(turned, "Corpo 2.")[0]


def test_hash_version_and_who_signs_are_printed_and_the_hash_is_found_again():
    made, known = columns_pdf(a_text(), imprint()), digest(a_text())
    said = words_of(made)
    assert known in said
    assert "version pt / version fr 7" in said
    assert "Pessoa de exemplo" in said
    assert known in hashes_in(made)


def colours(made):
    """How many points of the first page are of the colour of a draft."""
    drawn = pypdfium2.PdfDocument(made)[0].render(scale=0.5).to_pil().convert("RGB")
    return sum(
        count for count, (r, g, b) in drawn.getcolors(1 << 20) if r > 235 and g < 232 and b > 228
    )


def test_a_draft_is_marked_so_that_nobody_takes_it_for_the_text():
    draft, agreed = (columns_pdf(a_text(), imprint(is_draft=one)) for one in (True, False))
    assert "DRAFT PT · DRAFT FR" in words_of(draft)
    assert "DRAFT" not in words_of(agreed)
    assert colours(draft) > 1000 > colours(agreed)


@pytest.mark.parametrize("order", [("pt",), ("pt", "en"), ("pt", "fr", "fr")])
def test_only_the_languages_of_the_text_can_be_ordered(order):
    with pytest.raises(ValueError, match="pt"):
        columns_pdf(a_text(), imprint(), order)


def test_no_text_is_a_command():
    clauses = tuple(clause(n, body={"pt": words}) for n, words in enumerate(SSTI, start=1))
    said = words_of(columns_pdf(replace(a_text(), clauses=clauses), imprint())).replace("\r", "")
    assert "{{7*7}}" in said
    assert '#eval("7*7")' in said
    assert "root:" not in said


@pytest.mark.parametrize("words", ["", "北京", "x" * 3000, "a\nb\nc"])
def test_whatever_a_text_says_it_is_printed(words):
    text = Text(("pt-br", "en"), {"pt-br": words}, (clause(1, body={"pt-br": words}),))
    assert columns_pdf(text, imprint(signers=[])).startswith(b"%PDF")


def test_a_text_without_clauses_is_printed():
    assert columns_pdf(Text(("pt",), {}, ()), imprint(signers=[])).startswith(b"%PDF")


def test_every_line_of_a_clause_begins_where_the_line_before_it_does():
    text = replace(a_text(1), clauses=(clause(1, body={"pt": "Um alfa.\nDois beta."}),))
    made = columns_pdf(text, imprint())
    (left, first), (same, second) = place_of(made, "Um alfa"), place_of(made, "Dois beta")
    assert abs(left - same) < 2
    assert first > second
