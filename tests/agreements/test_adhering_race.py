"""Of ten who let one body adhere to an umbrella at once, one does; without the lock, all do."""

from threading import Barrier

import pytest

from entrecidades.agreements.choices import Act, AgreementKind
from entrecidades.agreements.rules import AdheresAlready
from entrecidades.agreements.selectors import umbrellas_to_join
from entrecidades.agreements.services import adhere, open_agreement
from entrecidades.audit.models import Trace
from tests.conftest import A_DAY, A_MOMENT, BEFORE, entrusted
from tests.factories.agreements import AgreementFactory
from tests.factories.network import EntityFactory, MembershipFactory
from tests.race import at_once

OFFICERS = 10

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def group():
    return EntityFactory(country__code="BR", association=True)


@pytest.fixture
def umbrella(group):
    other = EntityFactory(country__code="US", association=True)
    return AgreementFactory(drafter=group, partners=[other], binding=True, admits_members=True)


@pytest.fixture
def city(group):
    city = EntityFactory(country__code="BR")
    MembershipFactory(member=city, group=group, valid_from=BEFORE)
    return city


def test_of_ten_who_adhere_at_once_one_does(umbrella, city):
    officer = entrusted(city)

    def join(_number):
        return adhere(umbrella=umbrella, entity=city, by=officer, at=A_MOMENT)

    outcomes = at_once(join, times=OFFICERS)
    assert sum(isinstance(one, AdheresAlready) for one in outcomes) == OFFICERS - 1
    assert umbrella.members.count() == 1
    assert Trace.objects.filter(act=Act.ADHERE).count() == 1


def test_ten_bodies_that_adhere_at_once_all_do(umbrella, group):
    cities = [EntityFactory(country__code="BR") for _one in range(OFFICERS)]
    officers = [entrusted(city) for city in cities]
    for city in cities:
        MembershipFactory(member=city, group=group, valid_from=BEFORE)

    def join(number):
        return adhere(umbrella=umbrella, entity=cities[number], by=officers[number], at=A_MOMENT)

    outcomes = at_once(join, times=OFFICERS)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert len({one.reference for one in outcomes}) == umbrella.members.count() == OFFICERS


def test_the_race_is_real(umbrella, city):
    """Who looks whether the body adheres, and lets it, does so beside the others."""
    officer, looked = entrusted(city), Barrier(OFFICERS)

    def adhere_without_a_lock(_number):
        is_free = umbrellas_to_join(city, on=A_DAY).filter(pk=umbrella.pk).exists()
        looked.wait()
        if not is_free:
            raise AdheresAlready
        return open_agreement(
            drafter=city,
            partners=[],
            title=umbrella.title,
            languages=umbrella.languages,
            kind=AgreementKind.ADHESION,
            umbrella=umbrella,
            by=officer,
            at=A_MOMENT,
        )

    outcomes = at_once(adhere_without_a_lock, times=OFFICERS)
    assert not [one for one in outcomes if isinstance(one, AdheresAlready)]
    assert umbrella.members.count() > 1
