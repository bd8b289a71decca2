"""Who may apply: every condition, looked at on what is on record, and told with its body."""

import datetime as dt

import pytest

from entrecidades.calls.selectors import facts_of, unfulfilled
from entrecidades.calls.services import confirm_profile
from entrecidades.network.choices import MembershipKind, Visibility
from tests.factories.calls import ApplicationFactory, CallFactory
from tests.factories.network import MembershipFactory
from tests.factories.projects import ProjectFactory, ProjectReportFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
ON = AT.date()


def told(maputo, *partners, on=ON, **conditions):
    call = CallFactory(open=True, eligibility=conditions)
    return unfulfilled(ApplicationFactory(call=call, lead=maputo, partners=partners), on=on)


def test_who_applies_alone_to_a_joint_call_invites_a_partner(maputo, curitiba, world):
    assert "invite a partner" in told(maputo)[0]
    assert told(maputo, curitiba) == []
    (says,) = told(curitiba, world.body("Belo Horizonte"))
    assert "different countries" in says


def test_each_body_and_each_condition_is_told_at_once(maputo, curitiba):
    said = told(maputo, curitiba, countries=["FR"], tiers=["region"])
    assert len(said) == 4
    assert sum("Maputo" in one for one in said) == sum("Curitiba" in one for one in said) == 2


def test_a_member_is_one_on_that_day_and_not_an_observer(maputo, curitiba, anci):
    wanted = {"member_of": str(anci.public_id)}
    member = MembershipFactory(member=maputo, group=anci, valid_from=dt.date(2009, 1, 1))
    MembershipFactory(member=curitiba, group=anci, valid_to=dt.date(2009, 1, 1))
    (says,) = told(maputo, curitiba, **wanted)
    assert says.startswith("Curitiba is not on record as a member of Associazione")
    member.kind = next(kind for kind in MembershipKind if kind != MembershipKind.MEMBER)
    member.save()
    assert len(told(maputo, curitiba, **wanted)) == 2


def test_an_association_that_is_gone_has_no_members(maputo, curitiba):
    missing = "00000000-0000-0000-0000-000000000000"
    assert len(told(maputo, curitiba, member_of=missing)) == 2


def test_a_profile_is_fresh_for_so_many_days(maputo, curitiba, officer):
    asked = {"profile_days": 30}
    assert len(told(maputo, curitiba, **asked)) == 2
    confirm_profile(body=maputo, by=officer, at=AT)
    latest = facts_of(maputo, on=ON).profile_on
    (says,) = told(maputo, curitiba, on=latest + dt.timedelta(30), **asked)
    assert "Curitiba" in says
    assert len(told(maputo, curitiba, on=latest + dt.timedelta(31), **asked)) == 2


@pytest.fixture
def project(maputo, curitiba):
    """Carried out since 2007, entered in the same year, seen by everybody."""
    return ProjectFactory(
        entity=maputo,
        title={"en": "Waste on the hills"},
        parties=[("receiver", curitiba)],
        state="implementing",
        actual_from=dt.date(2007, 5, 1),
        begun_at=dt.datetime(2007, 6, 1, tzinfo=dt.UTC),
    )


def report(project, entity, year):
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    ProjectReportFactory(project=project, entity=entity, first_on=first, last_on=last)


def test_who_owes_a_report_may_not_apply_until_every_year_is_told(maputo, curitiba, project):
    asked = {"report_filed": True}
    assert len(told(maputo, curitiba, **asked)) == 2
    report(project, maputo, 2007)
    assert len(told(maputo, curitiba, **asked)) == 2
    report(project, maputo, 2008)
    (says,) = told(maputo, curitiba, **asked)
    assert says == "Curitiba owes a report on: Waste on the hills."
    assert told(maputo, curitiba) == []  # a call that does not ask does not look


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "approved"},
        {"state": "cancelled"},
        {"actual_from": dt.date(2009, 1, 1)},
        {"actual_from": None},
        {"removed_at": AT, "removed_by": 1},
        {"begun_at": dt.datetime(2009, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_of_what_was_not_carried_out_or_entered_then_nothing_is_owed(
    maputo, curitiba, project, facts
):
    type(project).objects.filter(pk=project.pk).update(**facts)
    assert told(maputo, curitiba, report_filed=True) == []


def test_a_partner_is_not_told_the_name_of_what_it_may_not_see(maputo, curitiba, project):
    type(project).objects.filter(pk=project.pk).update(visibility=Visibility.PARTNER)
    said = " ".join(told(maputo, curitiba, report_filed=True))
    assert "1 project that is not public" in said
    assert "hills" not in said
