"""Two coordinators press "send" at the same moment: the letter leaves once."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError

from entrecidades.audit.models import Trace
from entrecidades.kernel.lives import IllegalStep
from entrecidades.members import services
from entrecidades.members.models import Circular, Copy
from entrecidades.members.selectors import addressees_of
from entrecidades.members.services import sending
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.circulars import CircularFactory
from tests.factories.members import members_in_bulk
from tests.race import at_once, meanwhile

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pressing(anci):
    """What each of two coordinators does."""
    members_in_bulk(anci, 6, people_every=1)
    row = CircularFactory(entity=anci)
    shown = addressees_of(row, on=A_DAY).copies
    people = [entrusted(anci, role="coordinator") for _number in range(2)]

    def send(number):
        return services.send_circular(
            circular_id=row.pk,
            version=row.version,
            copies=shown,
            by=people[number],
            at=A_MOMENT,
        )

    return send


def test_one_sends_and_the_other_is_told(pressing):
    ended = at_once(pressing, times=2)
    assert sorted(type(end).__name__ for end in ended) == ["Circular", "IllegalStep"]
    assert Copy.objects.count() == 6
    assert Job.objects.filter(name="members.send_some").count() == 1
    assert Trace.objects.filter(act="members:circular:send").count() == 1


@pytest.mark.postgresql
def test_who_comes_second_waits_and_is_told(pressing):
    assert isinstance(meanwhile(lambda: pressing(0), lambda: pressing(1)), IllegalStep)


@pytest.mark.postgresql
def test_without_the_lock_both_would_send(pressing, monkeypatch):
    """The control: only the database's own rule would stop the second, without a sentence."""
    unlocked = SimpleNamespace(get=Circular.objects.select_related("entity").get)
    monkeypatch.setattr(sending, "held", lambda key: unlocked.get(pk=key))
    monkeypatch.setattr(sending, "take_turn", lambda _entity: None)
    assert isinstance(meanwhile(lambda: pressing(0), lambda: pressing(1)), IntegrityError)
