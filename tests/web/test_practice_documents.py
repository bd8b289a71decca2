"""A body shows what it does well by documents: who sees them, who shows and takes them away."""

import pytest

from entrecidades.audit.models import Trace
from entrecidades.documents.models import Document
from entrecidades.network.choices import Visibility
from entrecidades.network.rules import NotAllowed
from entrecidades.practices.models import Evidence
from entrecidades.practices.services import hide_document, show_document
from tests.conftest import A_MOMENT, entrusted
from tests.documents.conftest import upload, without_a_child  # noqa: F401 - a fixture
from tests.documents.files import hostile
from tests.factories.practices import PracticeFactory
from tests.web.pages import text_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_the_day", "without_a_child"),
]


@pytest.fixture
def practice(maputo):
    return PracticeFactory(entity=maputo, key="drains")


PAGE, FORM = "/en/practices/drains/", "/en/practices/drains/documents/"


def show(client, visibility=Visibility.PUBLIC, file=None):
    sent = {"upload": file or upload("pdf"), "title": "Evaluation of 2008", "language": "pt"}
    return client.post(FORM, sent | {"visibility": str(int(visibility))})


def test_what_is_shown_stands_on_the_page_for_who_may_see_the_document(
    client, practice, officer, stranger
):
    client.force_login(officer)
    assert FORM in text_of(client.get(PAGE))
    assert show(client, Visibility.PRIVATE).status_code == 302
    assert "Evaluation of 2008" in text_of(client.get(PAGE))
    client.force_login(stranger)
    assert "Evaluation of 2008" not in text_of(client.get(PAGE))
    Document.objects.update(visibility=Visibility.PUBLIC)
    client.logout()
    page = text_of(client.get(PAGE))
    assert "Evaluation of 2008" in page
    address = f"/en/documents/{Document.objects.get().public_id}/file/"
    assert address in page
    assert client.get(address).status_code == 200


def test_it_leaves_its_traces_and_hidden_it_stays_the_bodys(client, practice, officer):
    client.force_login(officer)
    show(client)
    shown = Evidence.objects.get()
    assert client.post(f"{FORM}{shown.public_id}/hide/").status_code == 302
    assert not Evidence.objects.exists()
    assert Document.objects.count() == 1
    assert "Evaluation of 2008" not in text_of(client.get(PAGE)).partition("<aside")[0]
    acts = Trace.objects.filter(act__startswith="practices:evidence").order_by("pk")
    assert [(one.act, one.by_id) for one in acts] == [
        ("practices:evidence:show", officer.pk),
        ("practices:evidence:hide", officer.pk),
    ]


@pytest.mark.parametrize("trick", ["docm", "html_as_pdf"])
def test_what_is_not_taken_is_told_and_nothing_is_shown(client, practice, officer, trick):
    name, content, _problem = hostile(trick)
    client.force_login(officer)
    answer = show(client, file=upload("pdf", name=name, content=content))
    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer)
    assert b'value="Evaluation of 2008"' in answer.content
    assert not Evidence.objects.exists()
    assert not Document.objects.exists()


def test_nobody_else_shows_or_takes_away(client, practice, maputo, officer, stranger):
    client.force_login(officer)
    show(client)
    hide = f"{FORM}{Evidence.objects.get().public_id}/hide/"
    for person in (stranger, entrusted(maputo, role="technician")):
        client.force_login(person)
        assert client.get(FORM).status_code == 404
        assert show(client).status_code == 404
        assert client.post(hide).status_code == 404
        with pytest.raises(NotAllowed):
            hide_document(evidence=Evidence.objects.get(), by=person, at=A_MOMENT)
        with pytest.raises(NotAllowed):
            show_document(
                practice_id=practice.pk,
                upload=upload("pdf"),
                title="",
                language="pt",
                visibility=Visibility.PUBLIC,
                by=person,
                at=A_MOMENT,
            )
    assert Evidence.objects.count() == Document.objects.count() == 1


def test_a_document_of_another_practice_is_not_there(client, practice, maputo, officer):
    client.force_login(officer)
    show(client)
    other = PracticeFactory(entity=maputo, key="other")
    shown = Evidence.objects.get().public_id
    assert client.post(f"/en/practices/{other.key}/documents/{shown}/hide/").status_code == 404


def test_a_removed_document_is_shown_no_longer(client, practice, officer):
    client.force_login(officer)
    show(client)
    Document.objects.update(removed_at="2009-11-19T00:00Z")
    assert "Evaluation of 2008" not in text_of(client.get(PAGE))
