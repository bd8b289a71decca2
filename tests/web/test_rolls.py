"""A coordinator hands in the list of members, settles it, applies it and takes it back."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.audit.models import Trace
from entrecidades.engines.folding import fold
from entrecidades.exchange.models import Submission
from entrecidades.exchange.readers.members import BY_WORD, COLUMNS, HEADERS
from entrecidades.network.models import Entity, Membership
from tests.conftest import A_DAY, entrusted
from tests.factories.exchange import SubmissionFactory
from tests.factories.network import EntityFactory, MembershipFactory
from tests.web.pages import text_of
from tests.web.test_import_pages import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
LISTS = "/en/entities/br/exemplo/members/lists/"


@pytest.fixture
def fnp(two_campo_largos):
    return EntityFactory(
        name="Frente de Exemplo", slug="exemplo", country__code="BR", association=True
    )


@pytest.fixture
def keeper(client, fnp):
    person = entrusted(fnp, role="coordinator", email="keeper@fnp.example")
    client.force_login(person)
    return person


def macros():
    """A workbook with a macro in it."""
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return file.getvalue()


def hand_in(client, *rows, name="members.csv", encoding="utf-8"):
    content = ("\n".join(rows) + "\n").encode(encoding)
    return client.post(LISTS, {"upload": SimpleUploadedFile(name, content, "text/csv")})


def staged(client, *rows):
    where = hand_in(client, *rows)["Location"]
    work()
    return where


def step(client, where, **said):
    answer = client.post(f"{where}step/", said)
    work()
    return answer


def test_the_whole_way(client, keeper, fnp):
    where = staged(client, "nome;desde", "Curitiba;1998", "Campo Largo;2001")
    page = text_of(client.get(where))
    assert "new members: 1" in page
    assert "Campo Largo (Paraná, BR) · 0.95 · same name" in page
    assert not Membership.objects.filter(group=fnp).exists()
    key = Submission.objects.get().findings[0]["keys"][0]
    step(client, where, step="answer", **{"row-3": key})
    assert "new members: 2" in text_of(client.get(where))
    step(client, where, step="apply")
    assert Membership.objects.filter(group=fnp).count() == 2
    assert Trace.objects.filter(by_id=keeper.pk, body_id=fnp.pk).count() == 3
    assert "Take it back" in text_of(client.get(where))
    step(client, where, step="undo")
    assert not Membership.objects.filter(group=fnp).exists()
    assert not Entity.objects.filter(name="Campo Largo").exists()
    assert "undone" in text_of(client.get(where))


def test_who_is_not_named_ends_only_where_it_is_said(client, keeper, fnp):
    old = [EntityFactory(name=name, country=fnp.country) for name in ("Old", "Older")]
    held = [MembershipFactory(member=one, group=fnp) for one in old]
    where = staged(client, "name", "Curitiba")
    refused = step(client, where, step="answer", end="some", ending=old[0].pk, ends_on="")
    assert (refused.status_code, "last day" in text_of(refused)) == (422, True)
    step(client, where, step="answer", end="some", ending=old[0].pk, ends_on="2009-11-19")
    page = client.get(where)
    assert "memberships that end: 1" in text_of(page)
    assert f'value="{old[0].pk}" checked' in page.content.decode()
    step(client, where, step="apply")
    ends = [Membership.objects.get(pk=one.pk).valid_to for one in held]
    assert ends == [A_DAY, None]


@pytest.mark.parametrize("ending", ["9" * 5000, "9" * 30, "²", "-1", "x"])
def test_what_is_no_membership_is_not_ended(client, keeper, fnp, ending):
    held = MembershipFactory(member=EntityFactory(country=fnp.country), group=fnp)
    where = staged(client, "name", "Curitiba")
    said = {"step": "answer", "end": "some", "ending": ending, "ends_on": "2009-11-19"}
    assert step(client, where, **said).status_code in {302, 422}
    assert client.get(where).status_code == 200
    assert Membership.objects.get(pk=held.pk).valid_to is None


def test_every_problem_comes_back_as_a_spreadsheet_that_can_be_handed_in_again(
    client, keeper, fnp
):
    where = staged(client, "name,country,since", "Curitiba,ZZ,x", "Nenhures,,", "Porto Alegre,,")
    assert "Apply it" not in text_of(client.get(where))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{where}rows.xlsx").content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:4] == ("row", "name", "country", "since")
    assert "ZZ" in rows[1][4]
    assert "This is not a day" in rows[1][4]
    content = client.get(f"{where}rows.xlsx").content
    again = SimpleUploadedFile("rows.xlsx", content, "application/octet-stream")
    where = client.post(LISTS, {"upload": again})["Location"]
    work()
    assert Submission.objects.first().counts["rows"] == 2


def test_the_template_changes_nothing_when_it_is_handed_in(client, keeper, fnp, curitiba, maputo):
    MembershipFactory(member=curitiba, group=fnp, valid_from=A_DAY.replace(year=2001))
    MembershipFactory(member=maputo, group=fnp)
    content = client.get("/pt-br/entities/br/exemplo/members/lists/template.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert next(book.worksheets[0].iter_rows(values_only=True))[0] == "nome"
    upload = SimpleUploadedFile("members.xlsx", content, "application/octet-stream")
    where = client.post(LISTS, {"upload": upload})["Location"]
    work()
    counts = Submission.objects.get().counts
    assert (counts["unchanged"], counts["problems"], counts["missing"]) == (2, 0, 0)
    step(client, where, step="apply")
    assert "nothing was written" in text_of(client.get(where))


@pytest.mark.parametrize("language", HEADERS)
def test_each_template_is_read_back(language):
    assert [BY_WORD[fold(words)] for words in HEADERS[language]] == list(COLUMNS)


def test_a_file_that_is_no_list_is_refused_where_it_was_asked(client, keeper, fnp):
    for upload in (SimpleUploadedFile("m.xlsx", macros()), SimpleUploadedFile("m.csv", b"")):
        refused = client.post(LISTS, {"upload": upload})
        assert refused.status_code == 422
    assert "macros" in text_of(
        client.post(LISTS, {"upload": SimpleUploadedFile("m.xlsx", macros())})
    )
    assert not Submission.objects.exists()


def test_only_whoever_keeps_the_members_finds_it(client, fnp):
    roll = SubmissionFactory(roll=True, entity=fnp)
    where = f"/en/members/lists/{roll.public_id}/"
    for role, status in (("officer", 404), ("technician", 404), ("admin", 200)):
        client.force_login(entrusted(fnp, role=role))
        assert client.get(where).status_code == status
        assert client.get(LISTS).status_code == status
        assert client.get(f"{LISTS}template.xlsx").status_code == status
    client.force_login(entrusted(EntityFactory(association=True), role="coordinator"))
    assert client.get(where).status_code == 404
    assert client.post(f"{where}step/", {"step": "apply"}).status_code == 404


def test_an_answer_that_was_not_asked_for_is_not_kept(client, keeper, fnp):
    where = staged(client, "name", "Campo Largo")
    step(client, where, step="answer", **{"row-2": "body:1", "row-9": "nobody"})
    assert Submission.objects.get().answers["rows"] == {}
    step(client, where, step="answer", **{"row-2": "nobody"})
    assert Submission.objects.get().counts["doubtful"] == 0


def test_the_members_page_leads_there_and_tells_who_is_announced(client, keeper, fnp, maputo):
    MembershipFactory(member=maputo, group=fnp, kind="announced")
    page = client.get("/en/entities/br/exemplo/members/")
    assert LISTS in page.content.decode()
    assert "1 body is announced" in text_of(page)
    assert "has not confirmed yet" in text_of(client.get(maputo.get_absolute_url()))


def test_a_list_of_members_is_no_operators_matter(client, fnp):
    roll = SubmissionFactory(roll=True, entity=fnp)
    client.force_login(entrusted(fnp, role="officer", is_staff=True))
    assert client.get(f"/en/imports/lists/{roll.public_id}/").status_code == 404
    assert str(roll.public_id) not in client.get("/en/imports/new/").content.decode()
