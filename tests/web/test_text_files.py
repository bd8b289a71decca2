"""A version goes out as Word and comes back: the plan is seen first, every problem at once."""

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.agreements import services
from entrecidades.agreements.models import Text
from entrecidades.agreements.selectors.files import word_of
from entrecidades.audit.models import Trace
from entrecidades.network.services import Seen
from tests.conftest import A_MOMENT
from tests.engines.test_wording_files import repacked, saved
from tests.factories.agreements import VersionFactory
from tests.web.pages import HOSTILE, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def version(text):
    return VersionFactory(text=text)


@pytest.fixture
def page(version):
    return f"/en/agreements/{version.text.agreement.public_id}/text/"


def fresh(version):
    return Text.objects.select_related("agreement").get(pk=version.text_id)


def document_of(version):
    return docx.Document(io.BytesIO(word_of(version, at=A_MOMENT)))


def without(document, *rows):
    """The document with some rows of its table removed."""
    for line in [document.tables[0].rows[row]._tr for row in rows]:  # noqa: SLF001
        line.getparent().remove(line)
    return saved(document)


def sent(client, page, content, name="text.docx"):
    return client.post(f"{page}word/", {"upload": SimpleUploadedFile(name, content)})


def plan_in(response):
    """What the page of a plan sends when it is carried out."""
    told = response.content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', told)[1] for name in ("plan", "seen")
    }


def test_files_are_given_to_those_who_take_part_only(client, page, officer, stranger):
    client.force_login(stranger)
    assert client.get(f"{page}versions/1/file.pdf").status_code == 404
    client.force_login(officer)
    pdf = client.get(f"{page}versions/1/file.pdf?first=pt-br")
    assert pdf.content.startswith(b"%PDF-1.7")
    assert "-v1.pdf" in pdf["Content-Disposition"]
    assert client.get(f"{page}versions/1/file.docx").content[:2] == b"PK"
    for path in ("file.exe", "file.csv"):
        assert client.get(f"{page}versions/1/{path}").status_code == 404
    for words in HOSTILE:
        assert client.get(f"{page}versions/1/file.pdf", {"first": words}).status_code == 200


def test_a_file_that_was_not_changed_changes_nothing(inside, page, version):
    response = sent(inside, page, word_of(version, at=A_MOMENT))
    assert "says what stands here already" in text_of(response)


def test_what_was_written_in_word_is_seen_first_and_then_carried_out(inside, page, version):
    document = document_of(version)
    cells = document.tables[0].add_row().cells
    cells[1].text, cells[2].text = "Anexo\nLista.", "Anexo\nLista."
    document.tables[0].rows[2].cells[1].paragraphs[-1].text = "E mais."
    response = sent(inside, page, saved(document))
    assert "E mais." in text_of(response)
    assert fresh(version).version == 1  # nothing is saved yet
    assert inside.post(f"{page}word/", plan_in(response)).status_code == 302
    text = fresh(version)
    assert len(text.clauses) == 5
    assert text.in_words().clauses[-1].heading["pt"] == "Anexo"
    assert text.clause(text.keys[1]).body["pt"] == "Corpo 2 (pt).\nE mais."
    assert Trace.objects.filter(act="agreements:text:edit").count() == 2
    assert Trace.objects.get(act="agreements:text:bring-in").facts["changed"] == 2


def test_a_clause_that_is_missing_goes_only_if_somebody_says_so(inside, page, version):
    gone = version.text.keys[1]
    response = sent(inside, page, without(document_of(version), 2))
    assert "It goes only if you say so" in text_of(response)
    plan = plan_in(response)
    refused = inside.post(f"{page}word/", plan)
    assert refused.status_code == 422
    assert "Decide what is to be" in text_of(refused)
    assert gone in fresh(version).keys
    for choice, is_there in (("here", True), ("file", False)):
        inside.post(f"{page}word/", plan | {f"take:{gone}": choice})
        assert (gone in fresh(version).keys) == is_there


def test_where_somebody_wrote_meanwhile_the_plan_is_shown_anew(inside, page, version, counterpart):
    document = document_of(version)
    document.tables[0].rows[1].cells[1].paragraphs[-1].text = "E mais."
    key = version.text.keys[0]
    plan = plan_in(sent(inside, page, saved(document)))
    services.write_clause(
        text=version.text,
        key=key,
        seen=Seen(1, version.text.clause(key).units()),
        said={"body.pt": "Outro corpo."},
        by=counterpart,
        at=A_MOMENT,
    )
    again = inside.post(f"{page}word/", plan)
    assert again.status_code == 422
    assert "changed on both sides" in text_of(again)
    assert fresh(version).clause(key).body["pt"] == "Outro corpo."
    assert inside.post(f"{page}word/", plan_in(again) | {f"take:{key}": "file"}).status_code == 302
    assert fresh(version).clause(key).body["pt"] == "Corpo 1 (pt).\nE mais."


def test_everything_that_is_wrong_is_named_at_once_and_nothing_is_saved(inside, page, version):
    document = document_of(version)
    document.add_paragraph("Loose words.")
    key = version.text.keys[2].encode()

    def change(name, part):
        return part.replace(b"ec:" + key + b":", b"ec:nobody:") if name.endswith("t.xml") else part

    broken = repacked(without(document, 1), change, added=[("word/vbaProject.bin", b"x")])
    response = sent(inside, page, broken)
    told = text_of(response)
    assert response.status_code == 422
    for words in ("has macros", "below the table", "no clause of the version"):
        assert words in told
    assert fresh(version).version == 1


def test_a_file_of_another_text_or_version_is_refused(inside, page, version):
    other = VersionFactory()
    assert "of another text" in text_of(sent(inside, page, word_of(other, at=A_MOMENT)))
    version.number = 7
    told = text_of(sent(inside, page, word_of(version, at=A_MOMENT)))
    assert "a version that there is not" in told
    for content in (b"", b"PK", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        assert sent(inside, page, content).status_code == 422


def test_who_does_not_negotiate_brings_nothing_in(client, page, version, stranger):
    client.force_login(stranger)
    assert sent(client, page, word_of(version, at=A_MOMENT)).status_code == 404


@pytest.mark.parametrize("words", HOSTILE)
def test_a_forged_plan_is_not_understood(inside, page, words):
    sent_back = {"plan": words, "seen": words, "take:title": words}
    assert inside.post(f"{page}word/", sent_back).status_code == 422
