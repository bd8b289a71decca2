"""Two people import the same list at the same moment: one does it, the other is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from entrecidades.exchange.models import Batch, Load
from entrecidades.exchange.services.batches import OutOfDate
from entrecidades.exchange.services.partnerships import apply_partnerships, plan_partnerships
from entrecidades.network.models import Partnership
from tests.conftest import A_MOMENT

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
    start, ended = Barrier(2), []

    def carry_out(plan):
        start.wait()
        try:
            ended.append(apply_partnerships(plan, by=None, at=A_MOMENT))
        except OutOfDate as refusal:
            ended.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=carry_out, args=[plan]) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(end).__name__ for end in ended) == ["Batch", "OutOfDate"]
    assert Batch.objects.count() == Partnership.objects.filter(external_id="p1").count() == 1
