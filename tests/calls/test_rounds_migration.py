"""Rounds that were made when each was of a call belong to that call's programme."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from entrecidades.calls.models import Round
from tests.factories.calls import CallFactory
from tests.factories.rounds import AT

BEFORE = [("calls", "0003_first_contacts_of_pairs")]
AFTER = [("calls", "0004_rounds_without_a_call")]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_round_that_is_there_gets_the_programme_of_its_call():
    calls = [CallFactory(state="decided") for _twice in range(2)]
    MigrationExecutor(connection).migrate(BEFORE)
    try:
        then = MigrationExecutor(connection).loader.project_state(BEFORE).apps
        for call in calls:
            facts = {"call_id": call.pk, "entity_id": call.entity_id, "made_at": AT}
            then.get_model("calls", "Round").objects.create(title="Old", **facts)
    finally:
        MigrationExecutor(connection).migrate(AFTER)
    found = {one.call: one.programme for one in Round.objects.all()}
    assert found == {call: call.programme for call in calls}
