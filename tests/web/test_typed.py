"""Zero characters never reach a table: what was typed is kept without them."""

import pytest
from django.urls import reverse

from entrecidades.calls.models import Call, Reading
from tests.conftest import entrusted
from tests.factories.calls import ApplicationFactory, CallFactory, ReadingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def call():
    return CallFactory(open=True)


def test_a_reason_beside_a_button_is_kept_without_zeros(client, call):
    client.force_login(entrusted(call.entity, role="coordinator"))
    said = {"step": "cancel", "reason": "No mo\0ney is left."}
    assert client.post(reverse("web:call-step", args=[call.slug]), said).status_code == 302
    assert Call.objects.get().reason == "No money is left."


def test_a_sheet_is_kept_without_zeros(client, call):
    Call.objects.update(state="closed")
    reader = entrusted(call.entity, role="evaluator", email="reader@call.example")
    one = ApplicationFactory(call=call, submitted=True)
    reading = ReadingFactory(application=one, reader=reader)
    client.force_login(reader)
    said = {"version": "1", "score_need": "\0", "reason_need": "Enough\0."}
    assert client.post(reading.get_absolute_url(), said).status_code == 302
    assert Reading.objects.get().scores["need"] == {"score": "", "reason": "Enough."}
    assert client.get(reading.get_absolute_url()).status_code == 200


def test_a_question_is_read_without_zeros(client, world):
    for asked in ("place=m%00z/map%00uto", "country=%00", "region=B%00R-18", "q=%00"):
        assert client.get(f"/en/partnerships/?{asked}").status_code == 200
