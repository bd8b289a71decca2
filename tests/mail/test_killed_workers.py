"""Workers are really killed, again and again: no letter is lost, none is doubled unseen."""

import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from entrecidades.mail.jobs import tell_of_introduction
from entrecidades.queue.models import Job
from tests.conftest import entrusted
from tests.factories.cooperation import IntroductionFactory
from tests.mail.smtp import sink
from tests.mail.workers import kill, workers

LETTERS, KILLS, PATIENCE = 9, 6, 30


def wait_until(true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def letters(transactional_db, maputo, curitiba):
    """A contact of which so many officers are to be told."""
    for number in range(LETTERS):
        entrusted(curitiba, email=f"officer-{number}@curitiba.example")
    # It moved just now: the worker, who also looks for silence, has nothing to remind of.
    contact = IntroductionFactory(asker=maputo, asked=curitiba, moved_at=timezone.now())
    tell_of_introduction(introduction_id=contact.pk)
    return Job.objects.filter(name="mail.write")


@pytest.mark.slow
def test_none_is_lost_and_each_kill_repeats_at_most_one_under_its_id(letters, tmp_path):
    with (
        sink() as server,
        workers(
            connection.settings_dict,
            tmp_path,
            ENTRECIDADES_MAIL_URL=f"smtp://127.0.0.1:{server.port}",
        ) as start,
    ):
        server.delay = 0.03
        for number in range(KILLS):
            server.took.clear()
            worker = start()
            assert server.took.wait(PATIENCE)
            # Some die before they hear that the letter was taken, some while they note it.
            time.sleep(server.delay * (number % 5) / 3)
            kill(worker)
        start()
        wait_until(lambda: not letters.exclude(state=Job.State.DONE).exists())
    ids = Counter(message_id for _reader, message_id in server.taken)
    assert {name.split("@")[0] for name in ids} == {f"<{job.key}" for job in letters}
    assert len(ids) == LETTERS
    assert len({reader for reader, _id in server.taken}) == LETTERS
    # That some were repeated shows that the kills were real.
    assert 1 <= ids.total() - LETTERS <= KILLS
