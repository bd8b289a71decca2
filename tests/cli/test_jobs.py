"""The worker's command, and what an operator sees of promises that were not kept."""

import csv
import io
import json

import pytest
from django.db import OperationalError

from entrecidades.cli.__main__ import main
from entrecidades.cli.commands import work
from entrecidades.config.jobs import RECURRING
from entrecidades.queue.models import Job, Recurring
from entrecidades.queue.services import enqueue


@pytest.fixture
def dead(db):
    job = enqueue("mail.write", kind="introduction")
    Job.objects.filter(pk=job.pk).update(state="failed", attempts=6, error="550 no")
    return job


def listed(capsys, *words):
    main(["jobs", "list", "--format", "json", *words])
    return json.loads(capsys.readouterr().out)


def refused(capsys, *words):
    with pytest.raises(SystemExit) as stop:
        main(["jobs", *words])
    assert stop.value.code == 2
    return capsys.readouterr().err


def test_what_was_given_up_is_seen_with_its_last_words(dead, capsys):
    (row,) = listed(capsys, "--state", "failed")
    assert (row["number"], row["state"], row["error"]) == (dead.pk, "failed", "550 no")
    assert listed(capsys, "--state", "waiting") == []


def test_what_is_done_is_shown_only_when_asked_for(db, capsys):
    enqueue("a.job")
    Job.objects.update(state="done")
    assert listed(capsys) == []
    main(["jobs", "list", "--state", "done", "--format", "csv"])
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["name"] == "a.job"


def test_a_long_list_says_how_many_more_there_are(db, capsys):
    for _ in range(3):
        enqueue("a.job")
    main(["jobs", "list", "--limit", "2"])
    assert "1 more" in capsys.readouterr().err


def test_it_is_tried_again_or_cancelled(dead, capsys):
    main(["jobs", "retry", str(dead.pk)])
    assert Job.objects.get().state == "waiting"
    main(["jobs", "cancel", str(dead.pk)])
    assert Job.objects.get().state == "cancelled"
    assert f"Job {dead.pk} is cancelled." in capsys.readouterr().err


def test_one_number_that_is_wrong_does_not_keep_the_others_back(dead, capsys):
    told = refused(capsys, "retry", "9999999", str(dead.pk))
    assert "There is no job number 9999999." in told
    assert Job.objects.get().state == "waiting"


def test_the_worker_promises_what_recurs_and_keeps_it(db, capsys, monkeypatch):
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    main(["work", "--once"])
    assert {*Job.objects.values_list("name", "state")} == {(name, "done") for name in RECURRING}
    main(["work", "--once"])
    assert Job.objects.count() == Recurring.objects.count() == len(RECURRING)
    main(["jobs", "schedule", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert {row["name"] for row in rows} == RECURRING.keys()
    assert {row["name"]: row["every"] for row in rows} == {n: str(e) for n, e in RECURRING.items()}


def test_the_worker_outlives_a_database_that_goes_away(db, monkeypatch):
    answers = iter([OperationalError("the server closed the connection"), None])
    rests = []

    def kept_one():
        answer = next(answers, KeyboardInterrupt())
        if answer is not None:
            raise answer
        return False

    monkeypatch.setattr(work, "_kept_one", kept_one)
    monkeypatch.setattr(work.connection, "close", lambda: None)
    monkeypatch.setattr(work.time, "sleep", rests.append)
    with pytest.raises(SystemExit) as stop:
        main(["work"])
    assert (stop.value.code, rests) == (130, [work.PAUSE] * 2)
