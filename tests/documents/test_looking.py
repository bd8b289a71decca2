"""What files are by their content, and what speaks against those that are not taken."""

import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from entrecidades.documents import nursery
from entrecidades.documents.choices import FileKind
from entrecidades.documents.looking.__main__ import looked_into
from entrecidades.documents.looking.problem import Found, Problem
from entrecidades.documents.rules import KINDS, SAID, clean_name, kind_by_ending
from tests.documents.files import (
    GOOD,
    GPS_WORD,
    HOSTILE,
    SCRIPT,
    hostile,
    office,
    pdf,
    photograph,
    picture,
    relations,
    zipped,
)

LIVE = ("html", "svg", "xml", "script", "java", "x-sh", "xhtml", "multipart", "octet")


def look(name, content, tmp_path):
    """What is told of a file, and what would be kept instead of it."""
    new = tmp_path / "new"
    try:
        kind, problems = looked_into(
            io.BytesIO(content), len(content), ending=name.rpartition(".")[2].lower(), new=new
        )
    except Found as found:
        kind, problems = "", {found.problem}
    if kind and kind_by_ending(name) != kind:
        problems = problems | {Problem.NAMED_OTHERWISE}
    return kind, problems, new.read_bytes() if new.exists() else None


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_is_what_it_says(kind, tmp_path):
    name, content = GOOD[kind]
    assert look(name, content, tmp_path)[:2] == (kind, set())


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_for_what_it_is(case, tmp_path):
    name, content, problem = hostile(case)
    assert problem in look(name, content, tmp_path)[1]


def test_each_problem_is_tried_or_asked_before_the_content_and_has_a_sentence():
    tried = {problem for _name, _content, problem in HOSTILE.values()}
    before = {"too_large", "no_room", "declared_otherwise"}
    assert tried | before == set(Problem) == set(SAID)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_kept_without_place_camera_or_name(form, tmp_path):
    content = photograph(form)
    assert content.count(GPS_WORD.encode()) >= 3
    _kind, problems, kept = look(f"a.{form.lower()}", content, tmp_path)
    assert problems == set()
    assert GPS_WORD.encode() not in kept
    shown = Image.open(io.BytesIO(kept))
    assert shown.size == (8, 6)
    assert not shown.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile"} & shown.info.keys()


@pytest.mark.parametrize("behind", [zipped({"A.class": "x"}), SCRIPT, pdf()])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_whatever_lay_behind_a_picture_is_gone(form, behind, tmp_path):
    _kind, problems, kept = look(f"a.{form.lower()}", picture(form) + behind, tmp_path)
    assert problems == set()
    assert behind[-40:] not in kept
    assert not zipfile.is_zipfile(io.BytesIO(kept))


def test_a_picture_is_turned_upright_and_made_smaller(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = picture("JPEG", (5000, 100), exif=exif.tobytes())
    kept = look("a.jpg", lying, tmp_path)[2]
    assert Image.open(io.BytesIO(kept)).size == (82, 4096)


def test_a_clear_picture_stays_clear(tmp_path):
    out = io.BytesIO()
    Image.new("RGBA", (3, 3), (255, 0, 0, 0)).save(out, "PNG")
    kept = look("a.png", out.getvalue(), tmp_path)[2]
    assert Image.open(io.BytesIO(kept)).getpixel((1, 1))[3] == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_is_kept_in_one_encoding_whatever_it_came_in(encoding, tmp_path):
    assert look("a.csv", "São Tomé;2009\r\n".encode(encoding), tmp_path) == (
        "csv",
        set(),
        "São Tomé;2009\r\n".encode(),
    )


def test_links_that_a_reader_follows_and_charts_with_their_numbers_are_taken(tmp_path):
    links = relations(
        ("hyperlink", "https://maputo.example/a?b=c", "External"),
        ("hyperlink", "mailto:gabinete@maputo.example", "External"),
        ("image", "media/image1.png", ""),
    )
    parts = {
        "word/_rels/document.xml.rels": links,
        "word/embeddings/numbers.xlsx": office("xlsx"),
        "word/media/image1.png": picture(),
        "xl/worksheets/sheet1.xml": "<s><c><f>SUM(A1:A3)&amp;Sheet2!B4</f></c></s>",
    }
    assert look("a.docx", office(parts=parts), tmp_path)[:2] == ("docx", set())


@pytest.mark.slow
def test_files_of_the_programs_themselves_are_taken(tmp_path):
    import docx  # noqa: PLC0415
    import xlsxwriter  # noqa: PLC0415

    document = docx.Document()
    document.add_heading("Acordo")
    document.add_table(2, 2)
    document.save(tmp_path / "a.docx")
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=SUM(B1:B3)")
        sheet.write_url(1, 0, "https://maputo.example/")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$5"})
        sheet.insert_chart("D1", chart)
    for name in ("a.docx", "a.xlsx"):
        content = (tmp_path / name).read_bytes()
        assert look(name, content, tmp_path)[:2] == (name[2:], set())


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [content for _n, content, _p in HOSTILE.values() if isinstance(content, bytes)]
    ),
)
def test_noise_before_and_after_is_never_taken_for_an_active_kind(tmp_path_factory, noise, body):
    for content in (noise, noise + body[:2000], body[:2000] + noise):
        kind = look("a.x", content, tmp_path_factory.getbasetemp())[0]
        assert kind in {"", *FileKind}


@pytest.mark.parametrize("kind", FileKind)
def test_what_is_given_out_is_never_of_a_type_that_runs(kind):
    told = KINDS[kind].media_type
    assert not any(word in told.replace("openxmlformats", "") for word in LIVE)
    assert KINDS[kind].is_shown == (kind in {"pdf", "png", "jpeg", "webp"})


@given(st.text(max_size=300), st.sampled_from(FileKind))
def test_a_kept_name_has_no_folder_no_unseen_sign_and_one_ending_of_ours(name, kind):
    kept = clean_name(name, kind)
    assert not set(kept) & set('/\\\0<>:"|?*\r\n')
    assert kept.isprintable()
    assert not kept.startswith((".", " "))
    assert kept.endswith(f".{KINDS[kind].endings[0]}")
    assert len(kept) <= 130
    assert clean_name(kept, kind) == kept


@pytest.mark.slow
def test_the_child_tells_the_same_and_knows_nothing_of_the_house(tmp_path):
    for name, content in (GOOD["jpeg"], GOOD["docx"], hostile("xxe")[:2]):
        file, new = tmp_path / "file", tmp_path / "new"
        file.write_bytes(content)
        told = nursery.look_into(file, ending=name.rpartition(".")[2], new=new)
        assert (told.kind, set(told.problems)) == look(name, content, tmp_path)[:2]
    known = "import entrecidades.documents.looking.__main__, sys; print('django' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", known], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def instead_of_the_house(folder):
    """Packages that come before ours, in which a test puts a child of its own."""
    above = folder / "entrecidades" / "documents"
    above.mkdir(parents=True)
    for package in (above.parent, above):
        (package / "__init__.py").touch()
    return above


@pytest.mark.slow
@pytest.mark.parametrize(
    "deed",
    [
        "import os; os.kill(os.getpid(), 9)",
        "bytearray(2 << 30)",
        "open('{new}', 'wb').truncate(1 << 40)",
        "print('x')",
    ],
)
def test_a_child_that_breaks_or_takes_too_much_breaks_nothing_else(deed, tmp_path, monkeypatch):
    above = instead_of_the_house(tmp_path)
    new = tmp_path / "new"
    limits = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)); "
    limits += "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)); "
    (above / "looking.py").write_text(limits + deed.format(new=new))
    monkeypatch.setattr(nursery, "ABOVE", tmp_path)
    file = tmp_path / "file"
    file.write_bytes(pdf())
    told = nursery.look_into(file, ending="pdf", new=new)
    assert told.problems == {Problem.TOO_HARD}
    assert told.new is None


@pytest.mark.slow
def test_a_child_that_never_answers_is_ended(tmp_path, monkeypatch):
    above = instead_of_the_house(tmp_path)
    (above / "looking.py").write_text("while True: pass")
    monkeypatch.setattr(nursery, "ABOVE", tmp_path)
    monkeypatch.setattr(nursery, "PATIENCE", 0.3)
    (tmp_path / "file").write_bytes(b"x")
    told = nursery.look_into(tmp_path / "file", ending="pdf", new=tmp_path / "new")
    assert told.problems == {Problem.TOO_HARD}
