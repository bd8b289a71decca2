"""Word files: out and in again without losing a word, and whatever is wrong named at once."""

import io
import re
import zipfile

import docx
import pytest
from hypothesis import given, settings

from entrecidades.engines.wording.faults import Kind
from entrecidades.engines.wording.parcel import LARGEST, MAIN, TYPES
from entrecidades.engines.wording.tags import LONGEST, place_of
from entrecidades.engines.wording.word_in import read_word
from entrecidades.engines.wording.word_out import Remark, word_file
from tests.engines.wordings import a_text, sheet, texts

RELS = "word/_rels/document.xml.rels"


def written(text=None, **options):
    text = text or a_text()
    return word_file(text, sheet(text, **options))


def repacked(content, change=None, added=()):
    """The same file with some of its parts changed or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(name, part) if change else part)
        for name, part in added:
            new.writestr(name, part)
    return made.getvalue()


def in_main(pattern, replacement, count=1):
    """Change the main part as if Word had."""

    def change(name, part):
        if name != MAIN:
            return part
        new, found = re.subn(pattern, replacement, part, count=count, flags=re.DOTALL)
        assert found
        return new

    return repacked(written(), change)


def kinds(content):
    return {fault.kind for fault in read_word(content).faults}


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(texts())
def test_a_text_comes_back_word_for_word(text):
    read = read_word(written(text))
    assert read.faults == []
    assert [row.key for row in read.rows] == [one.key for one in text.clauses]
    for row, one in zip(read.rows, text.clauses, strict=True):
        assert (row.heading, row.body) == (one.heading, one.body)
    assert read.title == text.title
    assert read.stamp == sheet(text).stamp


@pytest.mark.slow
@settings(deadline=None, max_examples=10)
@given(texts())
def test_it_comes_back_after_another_program_saved_it(text):
    again = saved(docx.Document(io.BytesIO(written(text))))
    assert [row.body for row in read_word(again).rows] == [one.body for one in text.clauses]


def test_no_tag_is_longer_than_word_keeps():
    text = a_text()
    tags = re.findall(rb'<w:tag w:val="([^"]*)"', repacked_main(written(text)))
    assert len(tags) == 1 + 2 + 4 * 4
    assert max(map(len, tags)) <= LONGEST
    assert sum(place_of(tag.decode()) is not None for tag in tags) == 18


def repacked_main(content):
    return zipfile.ZipFile(io.BytesIO(content)).read(MAIN)


def test_comments_stand_beside_their_clause():
    text = a_text()
    remarks = [Remark(text.clauses[1].key, "Curitiba", "Isto é o mesmo?")]
    document = docx.Document(io.BytesIO(written(text, remarks=remarks)))
    assert [(one.author, one.text) for one in document.comments] == [
        ("Curitiba", "Isto é o mesmo?")
    ]
    assert not read_word(written(text, remarks=remarks)).faults


def test_a_row_added_in_word_is_a_new_clause():
    document = docx.Document(io.BytesIO(written()))
    cells = document.tables[0].add_row().cells
    cells[1].text, cells[2].text = "Novo\nCorpo novo", "Seulement un corps"
    row = read_word(saved(document)).rows[-1]
    assert (row.key, row.heading, row.body) == (
        "",
        {"pt": "Novo", "fr": ""},
        {"pt": "Corpo novo", "fr": "Seulement un corps"},
    )


def test_what_was_written_below_a_clause_belongs_to_it():
    document = docx.Document(io.BytesIO(written()))
    document.tables[0].rows[1].cells[1].paragraphs[-1].text = "E mais."
    assert read_word(saved(document)).rows[0].body["pt"] == "Corpo 1.\nE mais."


def test_a_removed_row_is_simply_not_there():
    document = docx.Document(io.BytesIO(written()))
    row = document.tables[0].rows[2]._tr  # noqa: SLF001
    row.getparent().remove(row)
    read = read_word(saved(document))
    assert read.faults == []
    assert [one.key[-1] for one in read.rows] == ["1", "3", "4"]


RUN = rb"(<w:r><w:rPr><w:lang w:val=\"fr-FR\"/></w:rPr><w:t[^>]*>Corps 2.</w:t></w:r>)"
INSIDE = {
    Kind.TRACKED: rb'<w:ins w:id="1" w:author="x">\1</w:ins>',
    Kind.PICTURE: rb"\1<w:r><w:drawing/></w:r>",
    Kind.NOTE: rb'\1<w:r><w:footnoteReference w:id="2"/></w:r>',
    Kind.SYMBOL: rb'\1<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>',
    Kind.FORMULA: rb'\1<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>',
}


@pytest.mark.parametrize("kind", INSIDE)
def test_what_a_text_cannot_keep_is_named_with_its_row(kind):
    faults = read_word(in_main(RUN, INSIDE[kind])).faults
    assert [(one.kind, one.row) for one in faults] == [(kind, 2)]


def test_a_deletion_that_is_still_tracked_is_named():
    gone = rb'<w:del w:id="1" w:author="x"><w:r><w:delText>Corps 2.</w:delText></w:r></w:del>'
    assert kinds(in_main(RUN, gone)) == {Kind.TRACKED}


def test_words_outside_the_table_are_named():
    document = docx.Document(io.BytesIO(written()))
    document.add_paragraph("Uma frase perdida.")
    (fault,) = read_word(saved(document)).faults
    assert (fault.kind, fault.words) == (Kind.LOOSE, "Uma frase perdida.")


def test_a_clause_that_stands_twice_is_named():
    row = rb"(<w:tr>(?:(?!</w:tr>).)*Corpo 3\.(?:(?!</w:tr>).)*</w:tr>)"
    assert kinds(in_main(row, rb"\1\1")) == {Kind.TWICE}


def test_a_clause_that_has_lost_a_language_is_named():
    cell = rb"<w:sdt>(?:(?!</w:sdt>).)*Corps 3\.(?:(?!</w:sdt>).)*</w:sdt>"
    assert kinds(in_main(cell, b"")) == {Kind.HALF}


def test_a_clause_nobody_could_read_is_named():
    assert kinds(in_main(rb"Corps 3\.", b"x" * 20_001)) == {Kind.LONG}


OUTSIDE = (
    '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="file:///server/x" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("kind", "faults"),
    [("attachedTemplate", {Kind.OUTSIDE}), ("image", {Kind.OUTSIDE}), ("hyperlink", set())],
)
def test_what_would_be_fetched_from_elsewhere_is_named(kind, faults):
    def change(name, part):
        outside = OUTSIDE.format(kind).encode()
        return part.replace(b"</Relationships>", outside) if name == RELS else part

    assert kinds(repacked(written(), change)) == faults


def test_programs_are_named_wherever_they_stand():
    assert kinds(repacked(written(), added=[("word/vbaProject.bin", b"x")])) == {Kind.MACROS}

    def enabled(name, part):
        plain = b"document.main+xml"
        return (
            part.replace(b"wordprocessingml." + plain, b"x.macroEnabled.main+xml")
            if name == TYPES
            else part
        )

    assert Kind.MACROS in kinds(repacked(written(), enabled))
    added = [("word/embeddings/oleObject1.bin", b"x")]
    assert kinds(repacked(written(), added=added)) == {Kind.EMBEDDED}


def test_everything_that_is_wrong_is_named_at_once():
    document = docx.Document(io.BytesIO(in_main(RUN, INSIDE[Kind.TRACKED])))
    document.add_paragraph("Uma frase perdida.")
    spoiled = repacked(saved(document), added=[("word/vbaProject.bin", b"x")])
    assert kinds(spoiled) == {Kind.MACROS, Kind.LOOSE, Kind.TRACKED}


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", Kind.NOT_WORD),
        (b"%PDF-1.7", Kind.NOT_WORD),
        (b"PK\x03\x04 and nothing", Kind.NOT_WORD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old file", Kind.OLD_WORD),
        (b"x" * (LARGEST + 1), Kind.TOO_LARGE),
    ],
)
def test_another_file_is_told_from_ours(content, kind):
    assert kinds(content) == {kind}


def test_any_other_word_file_is_not_ours():
    document = docx.Document()
    document.add_paragraph("Olá")
    assert kinds(saved(document)) == {Kind.NOT_OURS}


@pytest.mark.slow
def test_no_entity_is_expanded_and_nothing_is_unpacked_beyond_the_limit():
    def entities(name, part):
        return ENTITIES + b"<x>&b;</x>" if name == MAIN else part

    assert kinds(repacked(written(), entities)) == {Kind.DOCTYPE}
    assert kinds(repacked(written(), lambda n, p: b"<x" if n == MAIN else p)) == {Kind.BROKEN}
    huge = b"<x>" + b"a" * 20_000_001
    assert kinds(repacked(written(), lambda n, p: huge if n == MAIN else p)) == {Kind.BOMB}
    many = [(f"word/x{n}.bin", b"0" * 9_000_000) for n in range(7)]
    assert kinds(repacked(written(), added=many)) == {Kind.BOMB}


def test_any_truncation_is_a_fault_and_never_an_error():
    content = written()
    for cut in range(0, len(content), 1499):
        assert read_word(content[:cut]).faults


def test_the_file_is_a_word_file_to_others():
    document = docx.Document(io.BytesIO(written()))
    assert document.core_properties.identifier == str(sheet(a_text()).stamp)
    assert len(document.tables[0].rows) == 5
