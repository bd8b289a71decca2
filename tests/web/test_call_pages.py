"""The pages of calls given what they should not be given: named at once, kept, never a crash."""

import pytest
from django.urls import reverse

from entrecidades.calls.models import Application, Call, Reading
from tests.conftest import entrusted
from tests.factories.calls import ApplicationFactory, CallFactory, ReadingFactory
from tests.unchanged import nothing_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def send(client, person, name, *carried, **said):
    """The page that answers a form with a refusal: nothing has changed, and it is not a crash."""
    client.force_login(person)
    with nothing_changes("calls"):
        answer = client.post(reverse(f"web:{name}", args=carried), said)
    assert answer.status_code == 422
    return answer.content.decode()


def test_the_questions_are_named_by_their_words(client, application, officer):
    page = send(client, officer, "application-step", application.public_id, step="submit")
    assert "“What do you want to do?”: This is not answered yet." in page
    assert "“aim”" not in page
    assert "Curitiba has not confirmed" in page


def test_who_submits_too_early_is_told_on_the_page_where_she_did_and_keeps_her_choice(
    client, application, officer
):
    said = {"step": "submit", "is_listed": "on"}
    page = send(client, officer, "application-step", application.public_id, **said)
    assert "Check your answers" in page
    assert 'id="is-listed" checked' in page


@pytest.mark.parametrize(
    "said",
    [
        {"step": "leave", "part": "0"},
        {"step": "leave", "part": "9" * 30},
        {"step": "leave", "part": "riddle"},
        {"step": "confirm", "part": "9" * 30},
        {"step": "confirm"},
        {"step": "riddle"},
        {"step": "accept"},
        {},
    ],
)
def test_a_step_that_cannot_be_is_refused(client, application, officer, said):
    assert 'role="alert"' in send(
        client, officer, "application-step", application.public_id, **said
    )


def test_a_partner_that_nobody_knows_stays_in_the_form(client, application, officer):
    page = send(client, officer, "application-partner", application.public_id, partner="xq <zwv>")
    assert 'value="xq &lt;zwv&gt;"' in page


def test_a_question_that_must_be_answered_is_not_called_optional(client, application, officer):
    client.force_login(officer)
    address = reverse("web:application-answer", args=[application.public_id, "aim"])
    page = client.get(address).content.decode()
    assert "(optional)" not in page
    assert page.count("What do you want to do?</h1>") == 1


def test_what_was_typed_of_a_decision_is_kept(client, call, runner, maputo):
    Call.objects.update(state="evaluated")
    one = ApplicationFactory(call=call, lead=maputo, submitted=True)
    page = send(client, runner, "application-decide", one.public_id, verdict="refused", reason=" ")
    assert 'value="refused" checked' in page
    page = send(client, runner, "application-decide", one.public_id, verdict="x", reason="Since.")
    assert "Since.</textarea>" in page


@pytest.mark.parametrize("until", ["", "soon", "2009-13-40T99:00", "2009-11-20T10:00"])
def test_an_end_that_cannot_be_is_kept_with_its_reason(client, call, runner, until):
    said = {"step": "extend", "until": until, "reason": "The post is late."}
    page = send(client, runner, "call-step", call.slug, **said)
    assert f'value="{until}"' in page
    assert "The post is late.</textarea>" in page


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("9999-12-31T23:59", "between 1900 and 2200"),
        ("2010-03-14T02:30", "put forward over this time"),
    ],
)
def test_a_minute_that_the_clock_of_the_call_never_shows_is_refused(
    client, call, runner, until, told
):
    Call.objects.update(zone="America/New_York")
    said = {"step": "extend", "until": until, "reason": "The post is late."}
    page = send(client, runner, "call-step", call.slug, **said)
    assert told in page
    assert f'value="{until}"' in page


def test_the_basics_refuse_minutes_that_their_clock_never_shows(client, runner):
    drafted = CallFactory(programme=Call.objects.get().programme)
    said = {"zone": "America/New_York", "per_body": "1", "readers": "2", "scale": "10"}
    said |= {"opens_at": "2010-03-14T02:30", "closes_at": "9999-12-31T23:59", "spread": "2"}
    client.force_login(runner)
    answer = client.post(reverse("web:call-edit", args=[drafted.slug, "basics"]), said)
    assert answer.status_code == 422
    assert "put forward over this time" in answer.content.decode()
    assert "between 1900 and 2200" in answer.content.decode()
    assert 'value="9999-12-31T23:59"' in answer.content.decode()


def test_a_sheet_that_says_a_version_nobody_has_seen_is_refused(client, call):
    Call.objects.update(state="closed")
    reader = entrusted(call.entity, role="evaluator", email="reader@call.example")
    reading = ReadingFactory(
        application=ApplicationFactory(call=call, submitted=True), reader=reader
    )
    client.force_login(reader)
    said = {"version": "9" * 5000, "reason_need": "Enough."}
    answer = client.post(reading.get_absolute_url(), said)
    assert answer.status_code == 422
    assert "Enough.</textarea>" in answer.content.decode()


def test_a_sheet_names_everything_it_lacks_by_the_words_of_the_criteria(client, call):
    Call.objects.update(state="closed")
    reader = entrusted(call.entity, role="evaluator", email="reader@call.example")
    one = ApplicationFactory(call=call, submitted=True)
    reading = ReadingFactory(application=one, reader=reader)
    client.force_login(reader)
    said = {"version": "1", "step": "hand_in", "score_need": "11", "reason_means": "Enough."}
    answer = client.post(reading.get_absolute_url(), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    for says in ("Need: Give a score from 0 to 10.", "Need: Say why.", "Means: Give a score"):
        assert says in page
    assert 'value="11"' in page
    assert "Enough.</textarea>" in page
    assert Reading.objects.get().state == "reading"


def test_the_basics_name_every_problem_and_keep_what_was_typed(client, call, runner):
    Call.objects.update(state="draft")
    said = {
        "opens_at": "2009-12-31T10:00",
        "closes_at": "soon",
        "zone": "Mars/Olympus",
        "readers": "0",
        "scale": "1",
        "spread": "-1",
        "per_body": "none",
        "ceiling_amount": "much",
    }
    page = send(client, runner, "call-edit", call.slug, "basics", shown="", **said)
    alert = page.partition('role="alert"')[2].partition("</div>")[0]
    assert alert.count("<li>") == 7
    assert 'value="soon"' in page
    assert 'value="much"' in page


def test_weights_that_are_no_hundred_are_kept_and_named_by_the_builder(client, call, runner):
    criteria = [{"key": "need", "name": {"pt": "Falta"}, "weight": 70}, *call.criteria[1:]]
    Call.objects.update(state="draft", criteria=criteria)
    client.force_login(runner)
    page = client.get(reverse("web:call-build", args=[call.slug])).content.decode()
    assert "The weights are 110 together; they must be 100." in page
    assert "Criterion “Falta” has no words in “English”." in page
    client.post(reverse("web:call-step", args=[call.slug]), {"step": "publish"})
    assert Call.objects.get().state == "draft"


def test_who_begins_without_a_title_loses_nothing_and_registers_nobody(client, call, officer):
    said = {"lead": str(officer.mandates.get().entity.public_id), "title": "", "language": "pt"}
    page = send(client, officer, "call-apply", call.slug, partner="it/turin", **said)
    assert 'value="it/turin"' in page
    assert not Application.objects.exists()
