"""Open calls that fit: by what a body is, not by what its people still have to do."""

import datetime as dt

import pytest

from entrecidades.calls.selectors import calls_fitting
from tests.factories.calls import CallFactory
from tests.factories.network import MembershipFactory

pytestmark = pytest.mark.django_db


def named(bodies, call, at=None):
    at = at or call.opens_at + dt.timedelta(hours=1)
    return [(one, [body.name for body in meant]) for one, meant in calls_fitting(bodies, at=at)]


def test_each_call_names_the_bodies_it_is_meant_for(maputo, curitiba):
    call = CallFactory(open=True, eligibility={"countries": ["MZ", "IT"], "profile_days": 30})
    assert named([maputo, curitiba], call) == [(call, ["Maputo"])]


def test_what_is_meant_for_others_or_is_closed_is_not_told(maputo):
    call = CallFactory(open=True, eligibility={"tiers": ["no-such-tier"]})
    assert named([maputo], call) == []
    other = CallFactory(open=True)
    assert [one for one, _bodies in named([maputo], other)] == [other]
    assert named([maputo], other, at=other.closes_at) == []
    assert named([], other) == []


def test_only_members_are_told_of_what_is_for_members(maputo, curitiba, anci):
    call = CallFactory(open=True, eligibility={"member_of": str(anci.public_id)})
    MembershipFactory(member=curitiba, group=anci)
    assert named([maputo, curitiba], call) == [(call, ["Curitiba"])]
