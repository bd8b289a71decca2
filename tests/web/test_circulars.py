"""Letters to the members on their pages: written, looked at, sent once, and the door out."""

import re

import pytest
from django.core import mail
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse

from entrecidades.mail.circulars import send_some
from entrecidades.members.models import Circular, Decline
from entrecidades.members.tickets import stop_ticket
from entrecidades.network.models import Entity
from tests.conftest import entrusted
from tests.factories.circulars import CircularFactory, DeclineFactory
from tests.factories.members import members_in_bulk
from tests.web.pages import HOSTILE, text_of

pytestmark = pytest.mark.django_db
WHERE = {"country": "it", "slug": "anci"}
PAGE_QUERIES = 34


@pytest.fixture
def members(anci):
    return members_in_bulk(anci, 9)


@pytest.fixture
def writer(client, anci, members):
    """The coordinator, logged in."""
    person = entrusted(anci, role="coordinator", email="coordinator@anci.example")
    client.force_login(person)
    return person


def words(response):
    return " ".join(text_of(response).split())


def begun(client, query=""):
    answer = client.post(reverse("web:circular-new", kwargs=WHERE) + query)
    assert answer.status_code == 302
    return Circular.objects.latest("pk")


def saved(client, letter, **said):
    said = {"version": letter.version, **{name.replace("_", "."): to for name, to in said.items()}}
    return client.post(reverse("web:circular-edit", args=[letter.public_id]), said)


def step(client, letter, name, **said):
    letter.refresh_from_db()
    said = {"step": name, "version": letter.version, **said}
    return client.post(reverse("web:circular-step", args=[letter.public_id]), said)


def test_a_letter_from_the_filtered_list_to_the_readers(client, writer):
    listed = client.get(reverse("web:member-list", kwargs=WHERE), {"lacks": "website"})
    assert "Write to these 5 members" in words(listed)
    letter = begun(client, "?lacks=website")
    assert letter.asked == "lacks=website"
    assert saved(client, letter, subject_it="Il profilo di {body}", text_it="Manca: {missing}")
    page = words(client.get(letter.get_absolute_url()))
    assert "members get the letter</dt><dd>2</dd>" in page
    assert "Il profilo di Member 00000" in page
    assert "city.example" not in page  # nobody's address is shown
    answer = step(client, letter, "send", copies="2")
    assert answer.status_code == 302
    assert "It is being sent" in words(client.get(letter.get_absolute_url()))
    send_some(key="", circular_id=letter.pk, turn=1)
    done = words(client.get(letter.get_absolute_url()))
    assert len(mail.outbox) == 2
    assert "Who got it" in done
    assert "Member 00006" in done
    assert "city.example" not in done
    assert "Il profilo" in words(client.get(reverse("web:circular-list", kwargs=WHERE)))


def test_the_preview_is_the_letter_that_is_sent(client, writer, members):
    letter = begun(client)
    saved(client, letter, subject_en="Hello {body}", text_en="{missing}\n{link}")
    page = client.get(letter.get_absolute_url(), {"member": "Member 00003"})
    shown = re.search(r"<pre[^>]*>(.*?)</pre>", text_of(page), re.DOTALL)[1]
    step(client, letter, "send", copies="3")
    send_some(key="", circular_id=letter.pk, turn=1)
    sent = next(one for one in mail.outbox if "00003" in one.subject)
    start = "letters/stop/"
    assert shown.split(start)[0].replace("&#x27;", "'") == sent.body.split(start)[0]
    assert "/it/" in sent.body.split(start)[0].rsplit("\n", 1)[1]


def test_what_is_wrong_is_named_at_once_and_what_was_typed_is_kept(client, writer):
    letter = begun(client)
    saved(client, letter, subject_fr="", text_fr="Voici {ville}", subject_it="Ciao", text_it="")
    page = words(client.get(letter.get_absolute_url()))
    for told in (
        "French: the subject is missing.",
        "French: {ville} cannot be filled in.",
        "Italian: the text is missing.",
    ):
        assert told in page
    assert "Voici {ville}" in text_of(
        client.get(reverse("web:circular-edit", args=[letter.public_id]))
    )
    refused = step(client, letter, "send", copies="3")
    assert refused.status_code == 422
    assert not mail.outbox


def test_of_two_who_write_the_second_is_told_and_keeps_her_words(client, writer):
    letter = begun(client)
    saved(client, letter, subject_fr="Un", text_fr="Un")
    second = saved(client, letter, subject_fr="Deux", text_fr="Deux")
    assert second.status_code == 422
    assert "A colleague has written to this letter meanwhile." in words(second)
    assert 'value="Deux"' in text_of(second)
    letter.refresh_from_db()
    assert letter.subject == {"fr": "Un"}
    saved(client, letter, subject_fr="Deux", text_fr="Deux")
    letter.refresh_from_db()
    assert letter.subject == {"fr": "Deux"}


def test_filters_that_make_no_sense_begin_no_letter_to_everybody(client, writer):
    client.post(reverse("web:circular-new", kwargs=WHERE) + "?claimed=perhaps")
    assert not Circular.objects.exists()


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_words_break_nothing(client, writer, value):
    letter = begun(client)
    answer = saved(client, letter, subject_en=value, text_en=value)
    assert answer.status_code in {302, 422}
    page = client.get(letter.get_absolute_url(), {"member": value})
    assert page.status_code == 200
    assert "<script>alert(1)" not in text_of(page)
    assert step(client, letter, value, version=value, copies=value).status_code in {302, 422}


def test_stop_and_go_on_are_offered_where_they_lead(client, writer):
    letter = begun(client)
    saved(client, letter, subject_en="Hello", text_en="Hello")
    step(client, letter, "send", copies="3")
    assert step(client, letter, "stop").status_code == 302
    assert "Go on sending" in words(client.get(letter.get_absolute_url()))
    assert step(client, letter, "stop").status_code == 422
    assert step(client, letter, "resume").status_code == 302
    assert step(client, letter, "drop").status_code == 422


def test_a_draft_is_dropped(client, writer):
    letter = begun(client)
    assert step(client, letter, "drop").status_code == 302
    assert not Circular.objects.exists()


def test_who_only_reads_for_the_association_writes_to_nobody(client, anci, members, coordinator):
    client.force_login(coordinator)  # an officer there
    letter = CircularFactory(entity=anci)
    assert client.get(letter.get_absolute_url()).status_code == 200
    edit = reverse("web:circular-edit", args=[letter.public_id])
    assert client.get(edit).status_code == 404
    assert step(client, letter, "send", copies="3").status_code == 404
    assert client.post(reverse("web:circular-new", kwargs=WHERE)).status_code == 404
    assert "Write to these" not in words(client.get(reverse("web:member-list", kwargs=WHERE)))


def test_the_door_out_asks_once_and_a_mail_programme_needs_no_page(client, anci, officer):
    address = reverse("web:letters-stop", args=[stop_ticket(anci.pk, officer.pk)])
    assert "No more letters from" in words(client.get(address))
    assert not Decline.objects.exists()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Decline.objects.get().person == officer
    assert client.get(reverse("web:letters-stop", args=["forged"])).status_code == 404


def test_the_way_back_is_in_the_account(client, anci, officer):
    DeclineFactory(person=officer, entity=anci)
    client.force_login(officer)
    address = reverse("web:letters-accept", kwargs=WHERE)
    assert address in text_of(client.get(reverse("web:account")))
    assert client.post(address).status_code == 302
    assert not Decline.objects.exists()
    assert client.post(address).status_code == 404


def test_more_readers_cost_no_more(client, writer, anci, django_assert_max_num_queries):
    Entity.objects.filter(slug__startswith="member").update(slug=Concat(Value("a-"), "slug"))
    members_in_bulk(anci, 400, people_every=1)
    letter = CircularFactory(entity=anci)
    client.get(letter.get_absolute_url())
    with django_assert_max_num_queries(PAGE_QUERIES):
        client.get(letter.get_absolute_url())
