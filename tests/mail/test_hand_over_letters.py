"""Both are written to, each in her language, when a desk changes hands and when it is undone."""

import pytest
from django.core import mail

from entrecidades.config.jobs import KEEPERS
from entrecidades.handover.services import hand_over, undo_hand_over
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.conftest import A_MOMENT, entrusted
from tests.handover.desks import admin_of, contact, invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def two(maputo):
    """Who leaves, and who follows."""
    leaver = entrusted(maputo, name="Berta", email="berta@maputo.example", language="en")
    return leaver, admin_of(maputo, name="Amélia", email="amelia@maputo.example", language="en")


def letters():
    """What was written, by its reader."""
    mail.outbox.clear()
    while waiting := Job.objects.filter(state=Job.State.WAITING).order_by("pk").first():
        keep_one(KEEPERS, now=waiting.due_at)
    return {one.to[0]: one.body for one in mail.outbox}


def hand(maputo, leaver, to, by):
    return hand_over(body=maputo, leaver=leaver, to=to, confirmed=True, by=by, at=A_MOMENT)


def test_both_are_told(maputo, curitiba, two):
    leaver, heir = two
    contact(maputo, curitiba, leaver)
    letters()
    hand(maputo, leaver, heir, heir)
    told = letters()
    assert "You no longer act for Maputo" in told["berta@maputo.example"]
    assert "is with Amélia now" in told["berta@maputo.example"]
    assert "You follow Berta at Maputo. 1 matter now waits" in told["amelia@maputo.example"]
    assert "/en/desk/" in told["amelia@maputo.example"]


def test_who_keeps_a_desk_is_told_for_how_long(maputo, two):
    leaver, keeper = two
    hand(maputo, leaver, invitation(maputo, keeper), keeper)
    assert "until the successor who is invited accepts" in letters()["amelia@maputo.example"]


def test_both_are_told_that_it_was_undone(maputo, two):
    leaver, heir = two
    done = hand(maputo, leaver, heir, heir)
    letters()
    undo_hand_over(hand_over=done, by=heir, at=A_MOMENT)
    told = letters()
    assert "you act for it again" in told["berta@maputo.example"]
    assert "waits for her again" in told["amelia@maputo.example"]
