"""A stranger's file is opened without harm: it is read, or every reason why not is told."""

import gzip
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.exchange.readers import files
from entrecidades.exchange.readers.files import MIB, read_text


@pytest.fixture
def written(tmp_path):
    def write(raw, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(raw)
        return path

    return write


def said(file):
    assert file.text == ""
    return [str(problem) for problem in file.problems]


@pytest.mark.parametrize("name", ["plain.csv", "packed.csv.gz", "packed.csv"])
def test_a_text_is_read_plain_or_packed_whatever_its_name_says(written, name):
    raw = "id,nome\n1,São Paulo\n".encode()
    file = read_text(written(gzip.compress(raw) if "packed" in name else raw, name))
    assert file.text == "id,nome\n1,São Paulo\n"
    assert not file.problems
    assert len(file.digest) == 64


def test_a_byte_order_mark_is_no_part_of_the_text(written):
    assert read_text(written("ï".encode("utf-8-sig"))).text == "ï"


def test_a_file_packed_in_several_pieces_is_one_text(written):
    assert (
        read_text(written(gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n"))).text == "a,b\n1,2\n"
    )


@pytest.mark.parametrize(
    ("raw", "name", "reason"),
    [
        (b"", "a.csv", "empty"),
        (b" \n ", "a.csv", "empty"),
        (b"a,b\n", "a.csv.gz", "called .gz and is not gzip"),
        (gzip.compress(b"a,b\n" * 99)[:-9], "a.csv.gz", "damaged"),
        (b"\x1f\x8bnothing", "a.csv.gz", "damaged"),
        (gzip.compress(b"a,b\n") + b"rubbish", "a.csv.gz", "damaged"),
        (b"PK\x03\x04\x14\x00", "a.csv", "spreadsheet or archive"),
        ("a,b".encode("utf-16"), "a.csv", "UTF-16"),
        (b"a,b\n1,\0\n", "a.csv", "row 2: This is not a text"),
    ],
)
def test_what_cannot_be_read_says_why(written, raw, name, reason):
    (line,) = said(read_text(written(raw, name)))
    assert reason in line


def test_a_file_that_is_not_there_says_so(tmp_path):
    (line,) = said(read_text(tmp_path / "nowhere.csv"))
    assert "cannot be opened" in line
    assert said(read_text(tmp_path))


def test_every_line_in_another_encoding_is_told_with_what_it_meant(written):
    raw = "id,nome\n1,São Paulo\n2,Curitiba\n3,Belém\n".encode("cp1252")
    first, second = said(read_text(written(raw)))
    assert first.startswith("row 2: The text is not in UTF-8 “1,São Paulo”")
    assert second.startswith("row 4:")


def test_a_packed_trap_is_left_before_it_fills_the_memory(written):
    packer = zlib.compressobj(9, wbits=31)
    raw = b"".join(packer.compress(bytes(MIB)) for _step in range(70)) + packer.flush()
    (line,) = said(read_text(written(raw, "trap.csv.gz")))
    assert "more than 50 times" in line


def test_what_is_too_large_is_not_read(written, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 2 * MIB)
    noise = bytes(range(97, 122)) * (MIB // 8)
    for name, raw in (("a.csv", noise), ("a.csv.gz", gzip.compress(noise))):
        assert "more than 2 MiB" in said(read_text(written(raw, name)))[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans(), st.booleans())
def test_no_bytes_whatever_raise(written, raw, packed, called):
    file = read_text(written(gzip.compress(raw) if packed else raw, "a.gz" if called else "a"))
    assert bool(file.text) != bool(file.problems)
