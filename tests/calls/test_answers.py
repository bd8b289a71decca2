"""Writing an application together: what is kept, who may, and what history is told of it."""

import datetime as dt
from decimal import Decimal

import pytest

from entrecidades.audit.models import Trace
from entrecidades.calls.choices import Act, ApplicationStep
from entrecidades.calls.models import Application, Call
from entrecidades.calls.rules.building import LONGEST
from entrecidades.calls.selectors import obstacles, tasks_of
from entrecidades.calls.services import (
    NotAsked,
    save_answers,
    take_application_step,
    turn_call,
)
from entrecidades.kernel.lives import IllegalStep
from entrecidades.network.rules import EditedMeanwhile, NotAllowed
from entrecidades.network.services import Seen
from tests.conftest import entrusted
from tests.factories.calls import CLOSES, ApplicationFactory, CallFactory
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


def seen(sheet):
    return Seen(sheet.version, sheet.units())


def save(sheet, by, shown=None, *, tells=True, **said):
    facts = {"said": said, "by": by, "at": AT, "tells": tells}
    return save_answers(sheet=sheet, seen=shown or seen(sheet), **facts)


def part(application, position):
    return application.parts.select_related("entity", "application").get(position=position)


def test_an_unfinished_answer_is_kept_and_named_as_missing(application, officer):
    save(application, officer, budget="much")
    application.refresh_from_db()
    assert application.answers == {"budget": "much"}
    problems = {one.question["key"]: one.problem for one in tasks_of(application) if not one.sheet}
    assert problems["budget"].startswith("Write an amount")


def test_both_write_the_whole_and_each_its_own_part(application, officer, counterpart):
    save(application, counterpart, aim="Waste")
    save(part(application, 1), counterpart, part="Carts")
    for by, position in ((officer, 1), (counterpart, 0)):
        with nothing_changes("calls"), pytest.raises(NotAllowed):
            save(part(application, position), by, part="Mine")
    assert part(application, 1).answers == {"part": "Carts"}


def test_a_stranger_and_who_has_left_write_nothing(application, stranger, counterpart):
    application.parts.filter(position=1).update(declined_at=AT)
    for by in (stranger, counterpart):
        with nothing_changes("calls"), pytest.raises(NotAllowed):
            save(application, by, aim="Waste")


@pytest.mark.parametrize(
    "said", [{"riddle": "x"}, {"part": "of a side"}, {"aim": "x" * (2 * LONGEST + 1)}]
)
def test_what_was_not_asked_or_is_endless_is_not_kept(application, officer, said):
    with nothing_changes("calls"), pytest.raises(NotAsked):
        save(application, officer, **said)


def test_whoever_changes_something_makes_all_confirm_anew_and_who_changes_nothing_does_not(
    application, officer
):
    application.parts.update(confirmed_at=AT)
    save(application, officer, aim="")
    assert not application.parts.filter(confirmed_at=None).exists()
    save(application, officer, aim="Waste")
    assert not application.parts.filter(confirmed_at__isnull=False).exists()


def test_of_two_who_write_the_same_the_second_is_shown_both(application, officer, counterpart):
    shown = seen(application)
    save(application, officer, shown, aim="Waste")
    with nothing_changes("calls"), pytest.raises(EditedMeanwhile) as meanwhile:
        save(application, counterpart, shown, aim="Water")
    (clash,) = meanwhile.value.merged.clashes
    assert (clash.was, clash.theirs, clash.mine) == (None, "Waste", "Water")


def test_what_saved_itself_is_told_once_and_as_the_words_of_its_writer(
    application, officer, counterpart
):
    for words in ("W", "Wa", "Waste"):
        save(application, officer, tells=False, aim=words)
        application.refresh_from_db()
    assert not Trace.objects.exists()
    save(application, counterpart, tells=False, budget="5")
    first = Trace.objects.get(act=Act.ANSWER)
    assert (first.by_id, first.changes) == (officer.pk, {"answers.aim": [None, "Waste"]})
    take_application_step(
        application_id=application.pk, step=ApplicationStep.WITHDRAW, by=officer, at=AT
    )
    second = Trace.objects.filter(act=Act.ANSWER).latest("pk")
    assert (second.by_id, second.changes) == (counterpart.pk, {"answers.budget": [None, "5"]})


def test_the_words_of_a_draft_that_lapses_are_told(application, officer):
    save(application, officer, tells=False, aim="Waste")
    turn_call(call_id=application.call_id, at=CLOSES + dt.timedelta(hours=1))
    acts = Trace.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == [Act.STEP_CALL, Act.ANSWER, Act.STEP]
    assert Application.objects.get().answers == {"aim": "Waste"}


def test_what_is_submitted_is_no_longer_written(application, officer):
    Application.objects.update(state="submitted", submitted_at=AT)
    with nothing_changes("calls"), pytest.raises(IllegalStep):
        save(application, officer, aim="Waste")


def test_everything_that_is_missing_is_named_at_once_and_by_its_words(application):
    told = obstacles(application, on=AT.date())
    assert sum("This is not answered yet." in one for one in told) == 4
    assert sum("has not confirmed" in one for one in told) == 2
    assert any("What do you contribute?" in one and "(Curitiba)" in one for one in told)
    assert not any("aim" in one for one in told)


def test_who_asks_for_more_than_there_is_is_told_both_amounts(maputo, curitiba):
    call = CallFactory(open=True, ceiling_amount=Decimal(30_000))
    greedy = ApplicationFactory(call=call, lead=maputo, partners=[curitiba], complete=True)
    (says,) = obstacles(greedy, on=AT.date())
    assert "EUR\xa040,000" in says
    assert "EUR\xa030,000" in says
    officer = entrusted(maputo, email="second@maputo.example")
    with nothing_changes("calls"), pytest.raises(Exception, match="asks for"):
        take_application_step(
            application_id=greedy.pk, step=ApplicationStep.SUBMIT, by=officer, at=AT
        )


def test_taken_back_it_is_confirmed_and_submitted_anew_under_its_number(application, officer):
    whole = ApplicationFactory(
        call=application.call, lead=application.lead, partners=[part(application, 1).entity],
        complete=True,
    )  # fmt: skip
    step = {"application_id": whole.pk, "by": officer, "at": AT}
    first = take_application_step(step=ApplicationStep.SUBMIT, **step).number
    take_application_step(step=ApplicationStep.REOPEN, **step)
    assert not whole.parts.filter(confirmed_at__isnull=False).exists()
    whole.parts.update(confirmed_at=AT)
    again = take_application_step(step=ApplicationStep.SUBMIT, **step)
    assert (again.number, Call.objects.get(pk=whole.call_id).last_number) == (first, first)
