"""A body's documents, and how contents are given out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.documents.choices import FileKind
from entrecidades.documents.models import Document
from entrecidades.documents.rules import KINDS
from entrecidades.documents.selectors import content_of
from entrecidades.network.choices import Visibility
from tests.documents.conftest import upload, without_a_child  # noqa: F401 - a fixture
from tests.documents.files import hostile
from tests.factories.documents import DocumentFactory
from tests.web.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
PAGE = "/en/entities/mz/maputo/documents/"


def file_of(document):
    return f"/en/documents/{document.public_id}/file/"


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.parametrize("show", ["", "?show"])
def test_whatever_it_is_nothing_of_it_runs(client, kind, show):
    document = DocumentFactory(
        kind=kind, visibility=Visibility.PUBLIC, file_name='a";\r\nx: y.txt'
    )
    answer = client.get(file_of(document) + show)
    assert answer.status_code == 200
    assert answer["Content-Type"] == KINDS[kind].media_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"sandbox", "default-src 'none'"} <= set(answer["Content-Security-Policy"].split("; "))
    is_saved = answer["Content-Disposition"].startswith("attachment")
    assert is_saved == (not show or kind not in {"pdf", "png", "jpeg", "webp"})
    assert "no-store" in answer["Cache-Control"]
    assert "\n" not in answer["Content-Disposition"]
    assert not answer.cookies


def test_to_others_it_is_as_if_it_were_not_there(client, officer, stranger, maputo):
    document = DocumentFactory(entity=maputo)
    nothing = client.get("/en/documents/00000000-0000-4000-8000-000000000000/file/")
    for person in (None, stranger):
        client.logout() if person is None else client.force_login(person)
        answer = client.get(file_of(document))
        assert (answer.status_code, nothing.status_code) == (404, 404)
    client.force_login(officer)
    assert client.get(file_of(document)).status_code == 200
    Document.objects.update(removed_at="2009-11-19T00:00Z")
    assert client.get(file_of(document)).status_code == 404


def test_a_content_that_is_lost_is_not_found_and_no_fault(client, officer, maputo):
    document = DocumentFactory(entity=maputo)
    content_of(document).unlink()
    client.force_login(officer)
    assert client.get(file_of(document)).status_code == 404


def test_an_officer_hands_in_and_finds_it_in_the_list(client, officer, without_a_child):  # noqa: F811
    client.force_login(officer)
    sent = {"upload": upload("docx"), "title": "Acordo", "language": "pt"}
    sent["kept_until"] = "2030-01-01"
    assert client.post(PAGE, sent).status_code == 302
    page = text_of(client.get(PAGE))
    assert "Acordo" in page
    assert "kept until Jan. 1, 2030" in page


def test_what_speaks_against_a_file_is_told_and_the_title_stays(
    client, officer, without_a_child  # noqa: F811
):  # fmt: skip
    client.force_login(officer)
    name, content, _problem = hostile("docm")
    sent = {"upload": SimpleUploadedFile(name, content), "title": "Ata", "language": "pt"}
    answer = client.post(PAGE, sent)
    assert answer.status_code == 422
    assert "has macros" in text_of(answer)
    assert b'value="Ata"' in answer.content
    assert "up to 20" in text_of(answer)


def test_a_file_that_never_ends_is_cut_while_it_comes(client, officer, settings, without_a_child):  # noqa: F811
    settings.DOCUMENT_BYTES = 100_000
    client.force_login(officer)
    file = SimpleUploadedFile("a.txt", b"a" * 3_000_000)
    answer = client.post(PAGE, {"upload": file, "language": "pt"})
    assert answer.status_code == 422
    assert "larger than" in text_of(answer)


def test_nothing_handed_in_or_an_empty_file_is_told(client, officer, without_a_child):  # noqa: F811
    client.force_login(officer)
    assert client.post(PAGE, {"language": "pt"}).status_code == 422
    answer = client.post(PAGE, {"upload": SimpleUploadedFile("a.pdf", b""), "language": "pt"})
    assert "is empty" in text_of(answer)


def test_a_document_is_named_anew_removed_and_brought_back(client, officer, maputo):
    document = DocumentFactory(entity=maputo)
    client.force_login(officer)
    own = f"/en/own/document/{document.public_id}"
    assert client.get(f"{own}/edit/").status_code == 200
    assert client.post(f"{own}/remove/").status_code == 302
    assert document.title not in text_of(client.get(PAGE)).partition("Undo")[2]
    assert client.get("/en/desk/removed/").status_code == 200
    client.post(f"{own}/bring-back/")
    assert Document.objects.get() == document


def test_others_see_what_is_shared_with_them_and_hand_in_nothing(client, stranger, maputo):
    DocumentFactory(entity=maputo, title="Kept for ourselves")
    entity = "/en/entities/mz/maputo/"
    assert PAGE not in text_of(client.get(entity))
    DocumentFactory(entity=maputo, title="Plan of the drains", visibility=Visibility.PUBLIC)
    for person in (None, stranger):
        client.logout() if person is None else client.force_login(person)
        page = text_of(client.get(PAGE))
        assert "Plan of the drains" in page
        assert "Kept for ourselves" not in page
        assert 'type="file"' not in page
        assert "used" not in page.partition("<h1>")[2].partition("</header>")[0]
        assert PAGE in text_of(client.get(entity))
        assert client.post(PAGE, {"title": "x"}).status_code == 404
