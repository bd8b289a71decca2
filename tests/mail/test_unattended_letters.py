"""Whoever can do something about a body that nobody acts for any more is told, once."""

import pytest
from django.core import mail

from entrecidades.mail.joining import tell_of_unattended, write_unattended
from entrecidades.queue.models import Job
from tests.conftest import BEFORE, entrusted
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def decider(maputo):
    """Somebody of the association of Maputo, who decides about claims."""
    group = EntityFactory(kind="association", name="Associação dos Municípios")
    MembershipFactory(member=maputo, group=group, valid_from=BEFORE)
    return entrusted(group, role="admin")


def test_association_and_operators_are_promised_a_letter(maputo, decider):
    operator = PersonFactory(is_staff=True)
    tell_of_unattended(maputo.pk)
    told = Job.objects.filter(name="mail.write_unattended")
    assert {job.facts["reader_id"] for job in told} == {decider.pk, operator.pk}


def test_it_says_where_the_page_is_claimed(maputo, decider):
    write_unattended("key", maputo.pk, decider.pk)
    (letter,) = mail.outbox
    assert "Maputo" in letter.subject
    assert f"/{maputo.slug}/claim/" in letter.body


def test_nothing_is_written_when_somebody_acts_for_it_again(maputo, decider):
    entrusted(maputo, role="admin")
    write_unattended("key", maputo.pk, decider.pk)
    assert mail.outbox == []
