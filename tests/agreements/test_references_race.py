"""Twenty who open agreements at once are given twenty references; without the lock, fewer."""

from threading import Barrier

import pytest
from django.db import IntegrityError

from entrecidades.agreements.choices import AgreementKind
from entrecidades.agreements.models import Agreement, Series
from entrecidades.agreements.services import open_agreement
from tests.conftest import A_MOMENT, entrusted
from tests.factories.network import EntityFactory
from tests.race import at_once

OFFICERS = 20

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_no_reference_is_given_twice_and_none_is_lost():
    ours, theirs = (EntityFactory(country__code=code) for code in ("MZ", "BR"))
    officer = entrusted(ours)

    def opening(_number):
        return open_agreement(
            drafter=ours,
            partners=[theirs],
            title={"en": "Waste"},
            languages=["pt"],
            kind=AgreementKind.PROTOCOL,
            by=officer,
            at=A_MOMENT,
        )

    opened = at_once(opening, times=OFFICERS)
    assert {one.reference for one in opened} == {
        f"BRMZ-2009-{number:03}" for number in range(1, OFFICERS + 1)
    }
    assert Agreement.objects.count() == OFFICERS


def test_the_race_is_real():
    Series.objects.create(prefix="BRMZ-2009")
    looked = Barrier(OFFICERS)

    def number_without_a_lock(_number):
        last = Series.objects.get(prefix="BRMZ-2009").last
        looked.wait()
        Series.objects.filter(prefix="BRMZ-2009").update(last=last + 1)
        return last + 1

    given = at_once(number_without_a_lock, times=OFFICERS)
    numbers = [one for one in given if not isinstance(one, IntegrityError)]
    assert len({*numbers}) < OFFICERS
