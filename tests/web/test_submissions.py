"""An operator hands a list in, reads what it would do, takes the bad rows away, and applies it."""

import io
import os
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.exchange.choices import SubmissionState
from entrecidades.exchange.models import Batch, Submission, SubmittedFile
from entrecidades.exchange.services.submissions import KEPT, forget
from entrecidades.network.models import Entity, Partnership
from entrecidades.queue.models import Job
from tests.conftest import A_MOMENT
from tests.exchange.lists import CAMPO_LARGO, HEADER, ROWS, STATES
from tests.exchange.test_import_partnerships import COLUMNS, MAPUTO_TURIN, NOWHERE, PORTO_LYON
from tests.factories.accounts import PersonFactory
from tests.factories.exchange import SubmissionFactory
from tests.web.pages import HOSTILE, text_of
from tests.web.test_import_pages import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
NEW = "/en/imports/new/"


@pytest.fixture
def operator(client):
    person = PersonFactory(email="operator@site.example", is_staff=True)
    client.force_login(person)
    return person


def file(name, *lines, kind="text/csv"):
    return SimpleUploadedFile(name, "".join(lines).encode(), kind)


def pairs(*rows):
    return file("pairs.csv", "\n".join([COLUMNS, *rows]), "\n")


def brazil(*rows):
    return [file("estados.csv", STATES), file("municipios.csv", HEADER, *rows)]


def hand_in(client, kind, *files):
    return client.post(NEW, {"kind": kind, "uploads": list(files)})


def staged(client, kind, *files):
    """The page of a list that was handed in and read."""
    where = hand_in(client, kind, *files)["Location"]
    work()
    return where


def test_it_is_read_by_the_worker_and_nothing_is_written(client, operator, two_campo_largos):
    where = hand_in(client, "official:BR", *brazil(*ROWS, CAMPO_LARGO))["Location"]
    assert "It is being read" in text_of(client.get(where))
    before = Entity.objects.count()
    work()
    page = text_of(client.get(where))
    assert "Apply it" in page
    assert "2 joined" in page
    assert (Entity.objects.count(), Batch.objects.count()) == (before, 0)


def test_applied_it_is_an_import_and_the_files_are_gone(client, operator, two_campo_largos):
    where = staged(client, "official:BR", *brazil(*ROWS))
    assert client.post(f"{where}step/", {"step": "apply"}).status_code == 302
    work()
    batch = Batch.objects.get()
    assert batch.by == operator
    assert f"import {batch.pk}" in text_of(client.get(where))
    assert not SubmittedFile.objects.exists()
    assert Entity.objects.filter(identifiers__value="4106902").exists()


def test_only_the_bad_rows_come_as_a_spreadsheet_with_the_reasons(client, operator, world):
    where = staged(client, "partnerships", pairs(PORTO_LYON, NOWHERE, "=1+1,BR,Maputo"))
    response = client.get(f"{where}rows.xlsx")
    assert response["Content-Disposition"].startswith("attachment")
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content))["rows"].values)
    assert rows[0] == ("row", *COLUMNS.split(","), "problem", "remedy", "candidates")
    by_number = {row[0]: row for row in rows[1:]}
    assert by_number[3][1:4] == ("p4", "BR", "Nenhures")
    assert by_number[4][1] == "=1+1"
    assert "cells" in by_number[4][-3]
    assert 2 not in by_number


def test_a_cell_that_could_be_computed_is_text(client, operator, world):
    where = staged(client, "partnerships", pairs("=1+1,BR,Maputo"))
    content = client.get(f"{where}rows.xlsx").content
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_a_list_with_problems_cannot_be_applied(client, operator, world):
    where = staged(client, "partnerships", pairs("p1,BR,Maputo"))
    assert Submission.objects.get().state == SubmissionState.FAULTY
    assert "Apply it" not in text_of(client.get(where))
    assert client.post(f"{where}step/", {"step": "apply"}).status_code == 422
    work()
    assert not Batch.objects.exists()


def test_what_the_register_has_overtaken_is_shown_again(client, operator, world):
    where = staged(client, "partnerships", pairs(MAPUTO_TURIN))
    ends = sorted(world[name].pk for name in ("Maputo", "Turin"))
    Partnership.objects.create(one_id=ends[0], other_id=ends[1], external_id="other")
    client.post(f"{where}step/", {"step": "apply"})
    work()
    assert "has changed meanwhile" in text_of(client.get(where))
    assert not Batch.objects.exists()
    client.post(f"{where}step/", {"step": "apply"})
    work()
    assert Submission.objects.get().state == SubmissionState.APPLIED


def test_applied_twice_it_is_written_once(client, operator, world):
    where = staged(client, "partnerships", pairs(MAPUTO_TURIN))
    client.post(f"{where}step/", {"step": "apply"})
    job = Job.objects.get(name="exchange.apply_submission")
    Job.objects.create(name=job.name, facts=job.facts)
    work()
    assert Batch.objects.count() == 1
    assert client.post(f"{where}step/", {"step": "apply"}).status_code == 422


def test_dropped_nothing_of_it_is_left(client, operator, world):
    where = staged(client, "partnerships", pairs(MAPUTO_TURIN))
    client.post(f"{where}step/", {"step": "drop"})
    assert client.get(where).status_code == 404
    assert not SubmittedFile.objects.exists()


def test_after_thirty_days_it_is_forgotten(operator):
    SubmissionFactory(at=A_MOMENT)
    assert forget(at=A_MOMENT + KEPT) == 0
    assert forget(at=A_MOMENT + KEPT * 1.01) == 1


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("list.csv", b"", "text/csv"),
        ("list.csv", b"PK\x03\x04", "text/csv"),
        ("list.pdf", b"%PDF-1.7", "application/pdf"),
        ("list.csv", b"<html><script>alert(1)</script>", "text/csv"),
        ("list.csv", b"a,b\n1,2\n", "text/html"),
        ("list.exe", b"MZ\x90", "application/x-msdownload"),
        ("list.csv", os.urandom(300), "text/csv"),
    ],
)
def test_what_is_no_text_is_refused_by_its_content(client, operator, name, content, kind):
    upload = SimpleUploadedFile(name, content, kind)
    response = hand_in(client, "partnerships", upload)
    assert response.status_code == 422
    assert 'role="alert"' in text_of(response)
    assert not Submission.objects.exists()
    assert not Job.objects.exists()


def test_every_bad_file_is_named_at_once(client, operator):
    bad = [SimpleUploadedFile(name, b"", "text/csv") for name in ("one.csv", "two.csv")]
    page = text_of(hand_in(client, "official:BR", *bad))
    assert "one.csv" in page
    assert "two.csv" in page


def test_without_a_file_or_a_kind_nothing_is_kept(client, operator):
    assert client.post(NEW, {"kind": "partnerships"}).status_code == 422
    assert hand_in(client, "official:XX", pairs(PORTO_LYON)).status_code == 422
    assert hand_in(client, "partnerships", *brazil(*ROWS)).status_code == 422
    assert not Submission.objects.exists()


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_and_cells_are_only_text(client, operator, world, words):
    row = f'p1,BR,"{words.replace(chr(34), "")}",,FR,Lyon,,x,,,low'.replace("\0", "")
    response = hand_in(client, "partnerships", file(f"{words}.csv", COLUMNS, "\n", row, "\n"))
    if response.status_code == 302:
        work()
        page = client.get(response["Location"])
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
        assert client.get(f"{response['Location']}rows.xlsx").status_code == 200


def test_for_others_it_is_not_there(client, officer):
    there = SubmissionFactory().public_id
    client.force_login(officer)
    for path in (NEW, f"/en/imports/lists/{there}/", f"/en/imports/lists/{there}/rows.xlsx"):
        assert client.get(path).status_code == 404
    assert client.post(f"/en/imports/lists/{there}/step/", {"step": "drop"}).status_code == 404
    assert Submission.objects.exists()
