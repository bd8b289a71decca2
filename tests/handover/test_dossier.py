"""The dossier as PDF: alike each time, printable whatever is in it, in six languages."""

import json
import re
import zlib

import pytest
import typst
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from entrecidades.engines.typeface import MISSING, RANGES, has, shown
from entrecidades.engines.typesetting import typeset
from entrecidades.handover.dossier.facts import dossier_facts
from entrecidades.handover.dossier.pack import TEMPLATE, dossier_pdf
from entrecidades.handover.selectors.dossier import SECTIONS
from tests.factories.network import EntityFactory
from tests.handover.desks import admin_of, desk_of, fill

LONG_NAME = "Communauté d’agglomération de Saint-Quentin-en-Yvelines et du Pays de " + "x" * 90


def facts_of(body, person):
    desk = desk_of(body, person)
    return dossier_facts(desk, [find(desk) for find in SECTIONS])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr", "pt", "pt-br", "it", "es"])
def test_the_same_facts_are_the_same_bytes(world, maputo, admin, on_the_day, language):
    fill(world, maputo, admin)
    with override(language):
        first = dossier_pdf(desk_of(maputo, admin))
        assert first == dossier_pdf(desk_of(maputo, admin))
    code = language.split("-")[0].encode()
    assert re.search(rb"/Lang ?\(" + code, first)


@pytest.mark.slow
def test_it_is_an_archives_file_that_can_be_read_aloud(maputo, admin):
    made = dossier_pdf(desk_of(maputo, admin))
    metadata = next(
        one
        for one in re.findall(rb"<\?xpacket.*?<\?xpacket end", made, re.DOTALL)
        if b"pdfaid" in one
    )
    assert b"<pdfaid:part>2<" in metadata
    assert b"<pdfaid:conformance>A<" in metadata
    assert b"<pdfuaid:part>1<" in metadata
    assert b"/StructTreeRoot" in made or b"/StructTreeRoot" in unpacked(made)


def unpacked(made):
    """What is packed inside a PDF."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    found = []
    for part in parts:
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            continue
    return b"".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("name", [LONG_NAME, "北京", "", "بلدية مابوتو", "#set page()[*]$x$\\"])
def test_whatever_a_body_is_called_it_is_printed(db, name):
    body = EntityFactory(name=name, slug="somewhere")
    assert dossier_pdf(desk_of(body, admin_of(body, name=name))).startswith(b"%PDF")


def test_a_sign_that_cannot_be_printed_is_shown_as_a_box(db):
    body = EntityFactory(name="Maputo 北", slug="somewhere")
    facts = facts_of(body, admin_of(body))
    assert (facts["body"], facts["boxes"]) == (f"Maputo {MISSING}", True)


def test_a_dossier_without_boxes_does_not_speak_of_them(maputo, admin):
    assert facts_of(maputo, admin)["boxes"] is False


@pytest.mark.slow
def test_every_sign_of_the_list_is_in_the_typeface():
    signs = [chr(one) for first, last in RANGES for one in range(first, last + 1)]
    source = '#set document(title: "x", date: datetime(year: 2009, month: 11, day: 19))\n'
    source += '#set text(font: "Libertinus Serif", fallback: false)\n'
    source += "#for s in json(bytes(sys.inputs.signs)) [#text(s) *#s* _#s;_ ]"
    made = typst.compile(
        source.encode(),
        sys_inputs={"signs": json.dumps(signs)},
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
    )
    assert made.startswith(b"%PDF")


@given(st.text())
def test_what_is_shown_can_be_printed(text):
    assert all(map(has, shown(text)))


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_the_typesetter_takes_whatever_is_shown(text):
    rows = [{"cells": [shown(text)], "link": ""}]
    section = {"title": shown(text) or "x", "empty": "", "rows": rows}
    section["columns"] = [{"label": "x", "share": 1}]
    words = dict.fromkeys(
        ("as_of", "in_hands", "nobody", "contents", "lead", "confidential", "boxes"), "x"
    )
    facts = {
        "lang": "en",
        "region": "",
        "date": [2009, 11, 19],
        "body": shown(text),
        "country": "",
        "day": "",
        "hands": [shown(text)],
        "words": words | {"title": "x", "page_of": "{page}/{pages}"},
        "chapters": [{"title": "x", "sections": [section]}],
        "boxes": False,
    }
    assert typeset(TEMPLATE, facts) == typeset(TEMPLATE, facts)
