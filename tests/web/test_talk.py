"""The conversation of a contact on its page."""

import datetime as dt
import uuid

import pytest
from django.utils.html import strip_tags

from entrecidades.cooperation.models import Message, Thread, ThreadSide
from entrecidades.documents.models import Document
from entrecidades.network.models import Place
from tests.conftest import A_MOMENT
from tests.documents.conftest import upload, without_a_child  # noqa: F401 - a fixture
from tests.documents.files import HTML
from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import IntroductionFactory, MessageFactory, ThreadFactory
from tests.web.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def contact(maputo, curitiba, anci):
    return IntroductionFactory(asker=maputo, asked=curitiba, broker=anci, state="accepted")


@pytest.fixture
def sent(maputo):
    facts = {"entity": str(maputo.public_id), "words": "Bom *dia*", "language": "pt"}
    return facts | {"token": str(uuid.uuid4())}


def test_an_officer_writes_and_the_counterpart_reads_which_language_it_is(
    client, contact, sent, officer, counterpart
):
    client.force_login(officer)
    answer = client.post(f"{contact.get_absolute_url()}say/", sent)
    assert answer.status_code == 302
    client.force_login(counterpart)
    page = client.get(contact.get_absolute_url())
    assert b'<div class="prose" lang="pt"><p>Bom <em>dia</em></p></div>' in page.content
    assert "Portuguese" in text_of(page)


def test_opened_by_the_other_side_it_is_read_and_opened_by_ones_own_it_is_not(
    client, contact, officer, counterpart, curitiba
):
    thread = ThreadFactory(introduction=contact)
    MessageFactory(thread=thread)
    client.force_login(officer)
    client.get(contact.get_absolute_url())
    assert not ThreadSide.objects.exclude(read_at=None).exists()
    client.force_login(counterpart)
    client.get(contact.get_absolute_url())
    assert ThreadSide.objects.get(entity=curitiba).read_at == A_MOMENT
    client.force_login(officer)
    assert "Curitiba has read it" in text_of(client.get(contact.get_absolute_url()))


def test_dates_are_shown_by_both_clocks(client, contact, sent, officer):
    for end, zone in ((contact.asker, "Africa/Maputo"), (contact.asked, "America/Sao_Paulo")):
        Place.objects.filter(pk=end.seat_id).update(timezone=zone)
    client.force_login(officer)
    client.post(f"{contact.get_absolute_url()}say/", {**sent, "when_1": "2026-12-01T15:00"})
    assert Message.objects.get().times == ["2026-12-01T13:00:00+00:00"]
    said = text_of(client.get(contact.get_absolute_url()))
    said = " ".join(strip_tags(said.replace("<br>", " ")).split())
    assert "Maputo: Tuesday, Dec. 1, 2026, 3 p.m. Curitiba: Tuesday, Dec. 1, 2026, 10 a.m." in said


@pytest.mark.parametrize(
    "wrong",
    [
        ("9999-12-31T23:59", "between 1900 and 2200"),
        ("0001-01-01T00:00", "between 1900 and 2200"),
        ("2009-03-08T02:30", "put forward over this time"),
    ],
)
def test_a_moment_that_the_clock_never_shows_is_refused(client, contact, sent, officer, wrong):
    when, told = wrong
    Place.objects.filter(pk=contact.asker.seat_id).update(timezone="America/New_York")
    client.force_login(officer)
    answer = client.post(f"{contact.get_absolute_url()}say/", {**sent, "when_1": when})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert when.encode() in answer.content
    assert not Message.objects.exists()


def test_what_is_refused_is_told_and_the_words_stay(
    client, contact, sent, officer, without_a_child  # noqa: F811
):  # fmt: skip
    client.force_login(officer)
    file = upload(name="a.pdf", content=HTML)
    answer = client.post(f"{contact.get_absolute_url()}say/", {**sent, "upload": file})
    assert answer.status_code == 422
    assert "web page or a program" in text_of(answer)
    assert b"Bom *dia*</textarea>" in answer.content
    assert (Thread.objects.count(), Message.objects.count(), Document.objects.count()) == (0, 0, 0)


@pytest.mark.usefixtures("without_a_child", "officer")
def test_a_document_is_given_to_the_other_side_and_to_nobody_else(
    client, contact, sent, counterpart, stranger
):
    client.force_login(contact.asker.mandates.get().person)
    client.post(f"{contact.get_absolute_url()}say/", {**sent, "upload": upload("pdf")})
    address = f"/en/documents/{Document.objects.get().public_id}/file/"
    client.force_login(counterpart)
    assert address.encode() in client.get(contact.get_absolute_url()).content
    assert client.get(address).content.startswith(b"%PDF")
    for person in (stranger, PersonFactory(is_staff=True)):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_an_operator_and_the_association_read_no_word_of_it(client, contact, coordinator):
    MessageFactory(thread=ThreadFactory(introduction=contact), words="kanari")
    client.force_login(PersonFactory(is_staff=True, is_superuser=True))
    assert client.get(contact.get_absolute_url()).status_code == 404
    client.force_login(coordinator)
    page = client.get(contact.get_absolute_url())
    assert page.status_code == 200
    assert b"kanari" not in page.content


def test_the_association_is_let_in(client, contact, officer, coordinator):
    MessageFactory(thread=ThreadFactory(introduction=contact), words="kanari")
    client.force_login(officer)
    client.post(f"{contact.get_absolute_url()}let-in/")
    client.force_login(coordinator)
    assert b"kanari" in client.get(contact.get_absolute_url()).content


def test_one_may_begin_with_words_in_the_language_of_either_side(client, officer, maputo):
    contact = IntroductionFactory(asker=maputo, asked__country__code="FR", state="accepted")
    client.force_login(officer)
    page = client.get(f"{contact.get_absolute_url()}?begin=fr")
    assert b"?begin=pt#write" in page.content
    assert "Merci d’avoir accepté ce contact" in page.content.decode().partition("<textarea")[2]
    assert client.get(f"{contact.get_absolute_url()}?begin=../x").status_code == 200


def test_unread_it_is_taken_back(client, contact, officer):
    thread = ThreadFactory(introduction=contact)
    message = MessageFactory(thread=thread, written_by=officer, written_at=A_MOMENT)
    client.force_login(officer)
    address = f"{contact.get_absolute_url()}take-back/"
    assert client.post(address, {"message": "x"}).status_code == 404
    assert client.post(address, {"message": str(message.public_id)}).status_code == 302
    assert Message.objects.count() == 0
    late = MessageFactory(thread=thread, written_by=officer, written_at=A_MOMENT)
    ThreadSide.objects.update(read_at=A_MOMENT + dt.timedelta(minutes=1))
    answer = client.post(address, {"message": str(late.public_id)})
    assert answer.status_code == 422
    assert "read it already" in text_of(answer)


def test_before_it_is_accepted_nobody_writes(client, contact, sent, officer):
    type(contact).objects.update(state="forwarded")
    client.force_login(officer)
    assert "once the contact is accepted" in text_of(client.get(contact.get_absolute_url()))
    assert client.post(f"{contact.get_absolute_url()}say/", sent).status_code == 422
    assert Message.objects.count() == 0
