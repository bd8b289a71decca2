"""What the parties tell: words of each side, reports, measurements, help, and silence."""

import datetime as dt
from decimal import Decimal

import pytest

from entrecidades.audit.models import Trace
from entrecidades.network.choices import Confirmation, Stance
from entrecidades.network.rules import NotAllowed, NotAParty
from entrecidades.projects.jobs import remind_of_silences
from entrecidades.projects.models import Measurement, Project, ProjectReport
from entrecidades.projects.rules import NothingSaid, NotYourStep
from entrecidades.projects.services import (
    answer_help,
    ask_help,
    measure,
    report_on_project,
    say_of_project,
)
from entrecidades.queue.models import Job
from tests.conftest import entrusted
from tests.factories.cooperation import CoordinationFactory
from tests.factories.projects import HelpRequestFactory, IndicatorFactory, ProjectFactory

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
YEAR = {"first_on": dt.date(2009, 1, 1), "last_on": dt.date(2009, 12, 31)}


@pytest.fixture
def project(maputo, curitiba):
    return ProjectFactory(entity=maputo, parties=[("first_provider", curitiba)])


def say(project, entity, by, stance=Stance.CONFIRMS, **facts):
    who = {"project_id": project.pk, "entity": entity, "by": by, "at": AT}
    say_of_project(**who, stance=stance, **facts)
    project.refresh_from_db()
    return project.confirmation


def test_it_is_confirmed_when_every_party_says_so(project, maputo, curitiba, officer, counterpart):
    assert say(project, curitiba, counterpart) == Confirmation.ONE_SIDE
    assert say(project, maputo, officer) == Confirmation.CONFIRMED
    differs = {"stance": Stance.DIFFERS, "note": "It began in May."}
    assert say(project, curitiba, counterpart, **differs) == Confirmation.DISPUTED


def test_who_is_no_party_says_nothing(project, stranger, world, counterpart, maputo):
    with pytest.raises(NotAParty):
        say(project, world.body("Seattle"), stranger)
    with pytest.raises(NotAllowed):
        say(project, maputo, counterpart)
    assert not Trace.objects.exists()


def test_a_report_written_anew_replaces_itself(project, curitiba, counterpart):
    who = {"project_id": project.pk, "entity": curitiba, "by": counterpart, "at": AT, **YEAR}
    for words in ("We began.", "We built carts."):
        report_on_project(**who, words=words, language="en", may_quote=True)
    told = ProjectReport.objects.get()
    assert (told.words, told.may_quote) == ("We built carts.", False)  # nothing there to quote
    with pytest.raises(NothingSaid):
        report_on_project(**who, words=" ", language="en")


def test_a_period_is_measured_once_and_the_trace_tells_what_was_there(project, maputo, officer):
    indicator = IndicatorFactory(project=project)
    who = {"indicator_id": indicator.pk, "entity": maputo, "by": officer, "at": AT, **YEAR}
    measure(**who, value=Decimal(40), groups={"women": "22", "men": "18"})
    measure(**who, value=Decimal(45))
    assert Measurement.objects.get().value == 45
    assert Trace.objects.latest("pk").facts["was"].startswith("40")


def test_help_is_answered_by_those_who_coordinate(maputo, curitiba, anci, counterpart):
    coordination = CoordinationFactory(entity=anci)
    project = ProjectFactory(
        entity=maputo, programme=coordination.programme, parties=[("receiver", curitiba)]
    )
    who = {"project_id": project.pk, "entity": curitiba, "by": counterpart, "at": AT}
    asked = ask_help(**who, words="No lorry came.", language="pt")
    with pytest.raises(NotYourStep):
        answer_help(help_id=asked.pk, words="Wait.", language="pt", by=counterpart, at=AT)
    leader = entrusted(anci, "coordinator")
    answer_help(help_id=asked.pk, words="We call them.", language="it", by=leader, at=AT)
    asked.refresh_from_db()
    assert asked.answered_at == AT
    assert Trace.objects.latest("pk").body_id == anci.pk


def test_nobody_asks_for_help_in_another_bodys_name(project, maputo, counterpart):
    who = {"project_id": project.pk, "entity": maputo, "by": counterpart, "at": AT}
    with pytest.raises(NotAllowed):
        ask_help(**who, words="Help.", language="en")
    assert HelpRequestFactory._meta.model.objects.count() == 0


@pytest.mark.parametrize(("days", "reminded"), [(44, 0), (45, 1), (60, 1)])
def test_after_45_days_the_parties_are_reminded_once(project, days, reminded):
    at = dt.datetime(2009, 12, 1, tzinfo=dt.UTC)
    Project.objects.update(heard_at=at - dt.timedelta(days=days))
    for on in ("2009-12-01", "2009-12-02"):
        remind_of_silences(on)
    promised = Job.objects.filter(name="projects.tell_of_project").count()
    assert promised == (reminded if days != 44 else 1)  # the second day is the 45th


def test_a_silence_that_lasts_is_told_again_and_one_that_ended_is_not(project):
    Project.objects.update(heard_at=dt.datetime(2009, 9, 1, tzinfo=dt.UTC))
    for on in ("2009-11-01", "2009-12-01", "2009-12-20"):
        remind_of_silences(on)
    assert Job.objects.count() == 2
    Project.objects.update(heard_at=dt.datetime(2010, 3, 1, tzinfo=dt.UTC))
    remind_of_silences("2010-03-02")
    assert Job.objects.count() == 2


@pytest.mark.parametrize("state", ["suspended", "closed", "cancelled"])
def test_what_rests_or_is_over_may_be_silent(project, state):
    Project.objects.update(state=state, heard_at=dt.datetime(2009, 1, 1, tzinfo=dt.UTC))
    remind_of_silences("2009-12-01")
    assert not Job.objects.exists()
