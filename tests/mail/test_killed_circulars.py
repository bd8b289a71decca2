"""Workers are really killed while they send a letter to members: nobody gets it twice.

ADR 0046 promises no more: a worker that dies with a copy in its hands may cost one reader hers.
"""

import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from entrecidades.members import services
from entrecidades.members.models import Circular, Copy
from entrecidades.members.selectors import addressees_of
from tests.conftest import entrusted
from tests.factories.circulars import CircularFactory
from tests.factories.members import members_in_bulk
from tests.mail.smtp import sink
from tests.mail.test_killed_workers import PATIENCE, wait_until
from tests.mail.workers import kill, workers

MEMBERS, KILLS = 14, 5
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def letter(anci):
    """A letter that has just begun to be sent."""
    members_in_bulk(anci, MEMBERS, people_every=1)
    row, now = CircularFactory(entity=anci), timezone.now()
    services.send_circular(
        circular_id=row.pk,
        version=row.version,
        copies=addressees_of(row, on=now.date()).copies,
        by=entrusted(anci, role="coordinator"),
        at=now,
    )
    return row


def sent_by_mortals(letter, home, *, before_each=lambda: None):
    """How often each copy was taken by the server, whose workers were killed again and again."""
    with (
        sink() as server,
        workers(
            connection.settings_dict,
            home,
            ENTRECIDADES_MAIL_URL=f"smtp://127.0.0.1:{server.port}",
        ) as start,
    ):
        server.delay = 0.03
        for number in range(KILLS):
            server.took.clear()
            before_each()
            worker = start()
            assert server.took.wait(PATIENCE)
            # Some die before they hear that the letter was taken, some while they note it.
            time.sleep(server.delay * (number % 5) / 3)
            kill(worker)
        before_each()
        start()
        wait_until(lambda: Circular.objects.get(pk=letter.pk).state == "sent")
    return Counter(message_id.strip("<").split("@")[0] for _reader, message_id in server.taken)


def keys(letter, state):
    return {
        str(key) for key in letter.copies.filter(state=state).values_list("public_id", flat=True)
    }


def test_nobody_gets_it_twice_and_each_kill_leaves_at_most_one_in_doubt(letter, tmp_path):
    taken = sent_by_mortals(letter, tmp_path)
    assert {*taken.values()} == {1}
    sent, unknown = keys(letter, "sent"), keys(letter, "on_its_way")
    assert sent <= taken.keys() <= sent | unknown
    assert len(sent | unknown) == letter.copies.count() == MEMBERS
    assert len(unknown) <= KILLS


def test_were_what_is_in_doubt_sent_again_some_would_get_it_twice(letter, tmp_path):
    """The control: the kills do hit letters that the server has taken."""

    def put_back():
        Copy.objects.filter(state="on_its_way").update(state="waiting")

    taken = sent_by_mortals(letter, tmp_path, before_each=put_back)
    assert len(taken) == MEMBERS
    assert max(taken.values()) > 1
