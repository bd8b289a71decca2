"""Two people apply an association's list at the same moment: one does it, the other is told."""

import pytest

from entrecidades.exchange.models import Batch
from entrecidades.exchange.services.member_lists import apply as applying
from entrecidades.exchange.services.member_lists import apply_members, plan_members
from entrecidades.network.models import Membership
from tests.conftest import A_DAY, A_MOMENT
from tests.race import at_once, meanwhile

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plans(anci, world, tmp_path):
    for city in ("Turin", "Genoa"):
        world.body(city)  # or each place would be registered once, which is a guard of its own
    path = tmp_path / "members.csv"
    path.write_text("name\nTorino\nGenova\n", encoding="utf-8")
    return [plan_members(anci, path, on=A_DAY) for _person in range(2)]


def apply_one(plan):
    return apply_members(plan, by=None, at=A_MOMENT)


def test_of_two_who_apply_at_once_one_is_refused(anci, plans):
    ended = at_once(lambda number: apply_one(plans[number]), times=2)
    assert sorted(type(end).__name__ for end in ended) == ["Batch", "OutOfDate"]
    assert (Batch.objects.count(), Membership.objects.filter(group=anci).count()) == (1, 2)


@pytest.mark.postgresql
def test_without_looking_again_both_would_write(anci, plans, monkeypatch):
    """The control: who waited for her turn and did not compare would make each member twice."""
    bases = {id(plan.base): plan.base for plan in plans}
    monkeypatch.setattr(applying, "base_of", lambda _held: next(iter(bases.values())))
    meanwhile(lambda: apply_one(plans[0]), lambda: apply_one(plans[1]))
    assert Membership.objects.filter(group=anci).count() == 4
