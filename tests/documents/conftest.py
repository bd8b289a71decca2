"""Handing in, in one breath."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.documents import nursery
from entrecidades.documents.looking.__main__ import looked_into
from entrecidades.documents.looking.problem import Found
from entrecidades.documents.services import hand_in
from tests.conftest import A_MOMENT
from tests.documents.files import GOOD


@pytest.fixture
def without_a_child(monkeypatch):
    """Look into files in this process: the child has tests of its own, and takes its time."""

    def look_into(file, *, ending, new):
        try:
            with file.open("rb") as source:
                size = file.stat().st_size
                kind, problems = looked_into(source, size, ending=ending, new=new)
        except Found as found:
            kind, problems = "", {found.problem}
        kept = new if new.exists() and not problems else None
        return nursery.Told(kind, frozenset(problems), kept)

    monkeypatch.setattr(nursery, "look_into", look_into)


def upload(kind="txt", *, name=None, content=None, declared=""):
    """A file as a browser sends it."""
    usual, good = GOOD[kind]
    return SimpleUploadedFile(
        name or usual, good if content is None else content, content_type=declared
    )


@pytest.fixture
def handed_in(maputo, officer, on_the_day, without_a_child):
    """A function that hands a file in for Maputo."""

    def go(file=None, **facts):
        facts = {"entity": maputo, "title": "", "language": "pt", "by": officer} | facts
        return hand_in(upload=file or upload(), at=A_MOMENT, **facts)

    return go
