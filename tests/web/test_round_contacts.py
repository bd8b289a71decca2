"""The first contacts of a round, as those who coordinate and those who are paired see them."""

import pytest
from django.urls import reverse

from entrecidades.calls.choices import Follow
from entrecidades.calls.services import publish_round
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.services import propose_introduction
from entrecidades.matching import jobs
from tests.conftest import entrusted
from tests.factories.rounds import AT, a_round, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def paired(client):
    """A round with three published pairs; its coordinator is logged in."""
    made, by = a_round()
    run = answered(made, by, [(0, 0), (1, 1), (2, 2)])
    publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow=Follow.LETTER, by=by, at=AT
    )
    client.force_login(by)
    return made, by, reverse("web:round-contacts", args=[made.public_id])


def words(response):
    return " ".join(response.content.decode().split())


def send(client, address, made, **said):
    keys = ",".join(str(one.pk) for one in made.pairs.all())
    said = {"step": "open", "pairs": keys, "message": "Meet.", "language": "en", **said}
    return client.post(address, said)


def test_they_are_looked_at_opened_and_seen_by_those_who_take_part(paired, client):
    made, _by, address = paired
    look = words(client.get(address))
    assert "Open these 3 first contacts?" in look
    assert "Aracaju – Ancona" in look
    assert "your two cities were paired" in look
    assert send(client, address, made).status_code == 302
    told = words(client.get(address))
    assert "3 first contacts are open." in told
    assert told.count("Forwarded") == 3
    assert "Open these" not in told
    again = send(client, address, made)
    assert again.status_code == 422
    assert "opened already" in words(again)
    assert Introduction.objects.count() == 3
    contact = made.pairs.whole().first().introduction
    assert f'href="{contact.get_absolute_url()}"' in words(client.get(made.get_absolute_url()))
    page = client.get(contact.get_absolute_url())
    assert "Why these two" in words(page)
    assert made.get_absolute_url() in words(page)
    client.logout()
    assert contact.get_absolute_url() not in words(client.get(made.get_absolute_url()))
    officer = entrusted(contact.asker)
    client.force_login(officer)
    told = words(client.get(contact.get_absolute_url()))
    assert "because they were paired" in told
    assert 'value="decline"' in told
    assert 'value="accept"' not in told


def test_only_those_that_were_ticked(paired, client):
    made, _by, address = paired
    pair = made.pairs.first()
    look = words(client.post(address, {"step": "choose", "pair": [str(pair.pk), "x"]}))
    assert "Open this 1 first contact?" in look
    assert f'name="pairs" value="{pair.pk}"' in look
    send(client, address, made, pairs=str(pair.pk))
    assert [one.asker for one in Introduction.objects.all()] == [pair.first.entity]
    assert "Open these 2 first contacts?" in words(client.get(address))


def test_many_are_opened_by_the_worker_and_the_page_says_how_far(paired, client, monkeypatch):
    made, _by, address = paired
    for module in ("entrecidades.web.views.round_contacts", "entrecidades.matching.jobs"):
        monkeypatch.setattr(f"{module}.PIECE", 2)
    send(client, address, made)
    assert not Introduction.objects.exists()
    told = words(client.get(address))
    assert "0 / 3" in told
    assert 'hx-trigger="every 2s"' in told
    opening = made.openings.get()
    jobs.open_contacts(opening_id=opening.pk)
    assert "2 / 3" in words(client.get(address))
    jobs.open_contacts(opening_id=opening.pk)
    assert 'hx-trigger="every 2s"' not in words(client.get(address))


def test_a_contact_of_their_own_is_told_as_no_more_than_that(paired, client):
    made, _by, address = paired
    pair = made.pairs.whole().first()
    there = propose_introduction(
        asker=pair.first.entity, asked=pair.second.entity, broker=None, themes=[],
        message="A secret", language="en", by=entrusted(pair.first.entity), at=AT,
    )  # fmt: skip
    send(client, address, made)
    told = words(client.get(address))
    assert "In contact already" in told
    assert str(there.public_id) not in told
    assert client.get(there.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("pairs", ["", "x", "1,,2", "9" * 30])
def test_what_is_no_pair_is_refused(paired, client, pairs):
    made, _by, address = paired
    assert send(client, address, made, pairs=pairs).status_code == 422
    assert send(client, address, made, message=" ").status_code == 422
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("pair", ["9" * 5000, "9" * 30, "-1", "²", "x", ""])
def test_what_is_no_pair_is_not_ticked(paired, client, pair):
    made, _by, address = paired
    ticked = made.pairs.first().pk
    look = client.post(address, {"step": "choose", "pair": [pair, ticked]})
    assert look.status_code == 200
    assert "Open this 1 first contact?" in words(look)
