"""Mailboxes outside are told every day where history ends, and can tell a rewriting by it."""

import datetime as dt

import pytest

from entrecidades.audit.models import Head
from entrecidades.audit.rules import read_head
from entrecidades.audit.selectors.chain import verify
from entrecidades.audit.services import record, seal
from entrecidades.config.jobs import KEEPERS
from entrecidades.mail.witnesses import tell_witnesses
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.audit.thief import sql
from tests.factories.network import EntityFactory
from tests.history import history_unguarded

NOW = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def witnesses(settings):
    settings.AUDIT_WITNESSES = ["clerk@maputo.example", "archive@lyon.example"]
    return settings.AUDIT_WITNESSES


@pytest.fixture
def acts():
    for _number in range(3):
        record("a:b:c", subject=EntityFactory(), by=None)
    seal()


def letters(mailoutbox):
    tell_witnesses(on="2009-11-19")
    while keep_one(KEEPERS, now=NOW):
        pass
    return mailoutbox


def test_each_is_written_to_once(witnesses, acts, mailoutbox):
    assert [letter.to for letter in letters(mailoutbox)] == [[one] for one in witnesses]
    assert all(str(Head.objects.get()) in letter.body for letter in mailoutbox)
    assert "2009-11-19" in mailoutbox[0].subject


def test_no_address_is_kept_with_the_promise(witnesses, acts):
    tell_witnesses(on="2009-11-19")
    assert "@" not in str([*Job.objects.values_list("facts", flat=True)])


def test_without_witnesses_or_acts_nobody_is_written_to(mailoutbox, settings, acts):
    assert letters(mailoutbox) == []
    settings.AUDIT_WITNESSES = ["clerk@maputo.example"]
    assert len(letters(mailoutbox)) == 1


def test_before_anything_was_done_there_is_nothing_to_tell(witnesses, mailoutbox):
    assert letters(mailoutbox) == []


def test_a_witness_who_is_one_no_longer_is_left_alone(witnesses, acts, mailoutbox, settings):
    tell_witnesses(on="2009-11-19")
    settings.AUDIT_WITNESSES = witnesses[:1]
    while keep_one(KEEPERS, now=NOW):
        pass
    assert [letter.to for letter in mailoutbox] == [witnesses[:1]]


def test_the_letter_finds_a_tail_that_was_cut_and_covered(witnesses, acts, mailoutbox):
    words = letters(mailoutbox)[0].body.split()
    kept = read_head(next(word for word in words if word.startswith("3:")))
    with history_unguarded():
        sql("DELETE FROM audit_trace WHERE position = 3")
        last = "SELECT hash FROM audit_trace WHERE position = 2"
        sql(f"UPDATE audit_head SET position = 2, hash = ({last})")
    assert verify().is_whole
    assert verify(heads=[kept]).broken.position == 3
