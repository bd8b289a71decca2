"""A page has the same elements whatever a text says; letters and data are plain."""

import json

import pytest
from django.core import mail

from entrecidades.cooperation.choices import IntroductionState
from entrecidades.mail.letters import write
from tests.factories.cooperation import IntroductionFactory
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.web.hostile import PAYLOADS, shape_of

HARMLESS = "a word"


@pytest.fixture
def records(maputo, curitiba, officer):
    """A practice, a posting and a contact, whose texts are about to be hostile."""
    return (
        PracticeFactory(entity=maputo, key="one"),
        PostingFactory(entity=maputo),
        IntroductionFactory(asker=curitiba, asked=maputo),
    )


def say(records, word):
    """Let every text of the records say a word."""
    practice, posting, contact = records
    practice.title = practice.summary = posting.title = posting.text = {"en": word}
    practice.source_title = posting.source_title = contact.message = word
    contact.asker.name = word
    for record in (*records, contact.asker):
        record.save()


def surfaces(records):
    """Where the words are shown, found again and echoed."""
    practice, posting, contact = records
    yield from (one.get_absolute_url() for one in (practice, posting, contact))
    yield contact.asker.get_absolute_url()


def shapes(client, records):
    """What each surface is made of."""
    return {path: shape_of(client.get(path)).elements for path in surfaces(records)}


@pytest.mark.slow
def test_no_payload_changes_what_a_page_is_made_of(client, officer, records):
    assert len(PAYLOADS) >= 200
    client.force_login(officer)
    say(records, HARMLESS)
    harmless = shapes(client, records)
    for payload in PAYLOADS:
        say(records, payload.replace("\0", ""))
        assert shapes(client, records) == harmless, payload


@pytest.mark.slow
def test_no_payload_changes_what_echoes_it(client, maputo):
    asked = [("/en/search/", "q"), ("/en/board/", "side"), ("/en/cities/", "country")]
    for path, field in asked:
        harmless = shape_of(client.get(path, {field: "xqzwv"})).elements
        for payload in PAYLOADS:
            echoed = client.get(path, {field: payload})
            elements = [one for one in shape_of(echoed).elements if one not in harmless]
            assert [one for one in elements if one[0] not in {"div", "p", "span"}] == [], payload


@pytest.mark.parametrize("payload", PAYLOADS[::7])
def test_a_letter_is_plain_and_its_head_is_one_line(records, officer, payload):
    say(records, payload.replace("\0", "") + "\r\nBcc: all@body.example")
    write("key", "introduction", records[2].pk, officer.pk, IntroductionState.REQUESTED)
    (letter,) = mail.outbox
    assert letter.content_subtype == "plain"
    assert not getattr(letter, "alternatives", [])
    assert len(letter.subject.splitlines()) == 1
    assert letter.recipients() == [officer.email]
    assert not letter.message()["Bcc"]


@pytest.mark.parametrize("payload", PAYLOADS[::7])
def test_data_says_it_is_data(client, maputo, payload):
    maputo.name = payload.replace("\0", "")
    maputo.save()
    response = client.get("/api/v1/entities/mz/maputo")
    assert response["Content-Type"].startswith("application/json")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert json.loads(response.content)["name"] == maputo.name


def test_the_comparison_sees_an_element(client, officer, records):
    client.force_login(officer)
    say(records, HARMLESS)
    response = client.get(records[0].get_absolute_url())
    before = shape_of(response).elements
    response.content = response.content.replace(HARMLESS.encode(), b"<script>")
    assert shape_of(response).elements != before
