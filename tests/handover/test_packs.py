"""The pack: what is in it, that nothing in it was changed, and that it is forgotten in time."""

import csv
import datetime as dt
import io
import json
import zipfile
from hashlib import sha256

import pytest
from django.utils.translation import override

from entrecidades.audit.models import Trace
from entrecidades.audit.selectors.history import head
from entrecidades.config.jobs import KEEPERS
from entrecidades.handover.dossier.pack import pack_zip
from entrecidades.handover.models import Pack
from entrecidades.handover.selectors.dossier import SECTIONS
from entrecidades.handover.services import ask_for_pack, forget_packs
from entrecidades.network.models import Mandate
from entrecidades.network.rules import NotAllowed
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT
from tests.factories.practices import PostingFactory
from tests.handover.desks import desk_of, fill

pytestmark = pytest.mark.slow
NEXT_DAY = A_MOMENT + dt.timedelta(days=1)


def opened(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def files(world, maputo, admin, on_the_day):
    fill(world, maputo, admin)
    PostingFactory(entity=maputo, title={"en": "=1+1"}, text={})
    return opened(pack_zip(desk_of(maputo, admin)))


def test_it_holds_the_dossier_each_section_twice_and_history(files, maputo, admin):
    keys = [find(desk_of(maputo, admin)).key for find in SECTIONS]
    tables = {f"data/{key}.{ending}" for key in keys for ending in ("csv", "json")}
    besides = {"README.txt", "dossier.pdf", "history.json", "SHA256SUMS"}
    assert set(files) == tables | besides
    assert files["dossier.pdf"].startswith(b"%PDF")


def test_its_sums_are_those_of_its_files(files):
    sums = dict(
        reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().split("\n")[:-1]
    )
    assert sums == {name: sha256(content).hexdigest() for name, content in files.items()}


def test_tables_and_data_tell_the_same(files):
    for name in [name for name in files if name.endswith(".csv")]:
        rows = list(csv.DictReader(io.StringIO(files[name].decode())))
        data = json.loads(files[name.replace(".csv", ".json")])
        assert data["meta"]["row_count"] == len(rows) == len(data["rows"])
        assert not rows or list(rows[0]) == list(data["rows"][0])


def test_a_formula_is_no_formula_any_more(files):
    assert ",'=1+1," in files["data/offers_and_needs.csv"].decode()
    rows = json.loads(files["data/offers_and_needs.json"])["rows"]
    assert "=1+1" in [row["title"] for row in rows]


@pytest.mark.django_db(transaction=True)
def test_history_ends_where_the_chain_ends(files, admin):
    told = json.loads(files["history.json"])
    assert told["head"] == {"position": head().position, "hash": head().hash}
    assert [one["act"] for one in told["traces"]] == [
        "cooperation:introduction:propose",
        "network:invitation:make",
    ]


def test_its_reader_is_told_what_is_in_it_in_her_language(world, maputo, admin):
    with override("fr"):
        readme = opened(pack_zip(desk_of(maputo, admin)))["README.txt"].decode()
    assert "19 novembre 2009" in readme
    assert all(find(desk_of(maputo, admin)).key in readme for find in SECTIONS)


def asked(maputo, admin, at=A_MOMENT):
    return ask_for_pack(body=maputo, language="fr", by=admin, at=at)


def build():
    """Do what the worker does."""
    keeper = KEEPERS["handover.build_pack"].keeper
    keeper(key="x", **Job.objects.get(name="handover.build_pack").facts)


def test_a_large_one_is_built_by_the_worker_step_by_step(maputo, admin, on_the_day):
    pack = asked(maputo, admin)
    build()
    pack.refresh_from_db()
    assert pack.done == pack.total == len(SECTIONS) + 2
    assert "dossier.pdf" in opened(bytes(pack.content))
    assert Trace.objects.get(act="handover:pack:make").by_id == admin.pk


def test_one_that_is_there_is_not_built_again(maputo, admin):
    assert asked(maputo, admin) == asked(maputo, admin)
    assert Job.objects.filter(name="handover.build_pack").count() == 1


def test_who_may_not_hand_over_gets_none(maputo, colleague):
    with pytest.raises(NotAllowed):
        asked(maputo, colleague)
    assert not Pack.objects.exists()


def test_who_has_left_meanwhile_gets_none(maputo, admin, on_the_day):
    pack = asked(maputo, admin)
    Mandate.objects.filter(person=admin).update(valid_to=A_DAY - dt.timedelta(days=1))
    build()
    pack.refresh_from_db()
    assert pack.content is None


def test_it_is_forgotten_within_a_day(maputo, admin):
    asked(maputo, admin)
    assert forget_packs(at=A_MOMENT + dt.timedelta(hours=21)) == 0
    assert forget_packs(at=NEXT_DAY - dt.timedelta(hours=1)) == 1
    assert not Pack.objects.exists()
