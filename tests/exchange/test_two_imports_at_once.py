"""Two people import the same list at the same moment: one does it, the other is told."""

import pytest

from entrecidades.exchange.models import Batch, Load
from entrecidades.exchange.services.partnerships import apply_partnerships, plan_partnerships
from entrecidades.network.models import Partnership
from tests.conftest import A_MOMENT
from tests.race import at_once

ROWS = (
    "pair_id,country_a,name_a,geonameid_a,country_b,name_b,geonameid_b,"
    "sources,first_year,network,confidence\n"
    "p1,BR,Porto Alegre,3452925,FR,Lyon,2996944,rgre_2015,1999,,medium\n"
)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_one_is_refused(world, tmp_path):
    Load.objects.create(name="gazetteer", version="test", at=A_MOMENT)
    path = tmp_path / "pairs.csv"
    path.write_text(ROWS, encoding="utf-8")
    plans = [plan_partnerships(path) for _person in range(2)]
    ended = at_once(
        lambda number: apply_partnerships(plans[number], by=None, at=A_MOMENT), times=2
    )
    assert sorted(type(end).__name__ for end in ended) == ["Batch", "OutOfDate"]
    assert Batch.objects.count() == Partnership.objects.filter(external_id="p1").count() == 1
