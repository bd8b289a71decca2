"""Contents are there whole or not at all, last, and go when nothing names them any more."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as house
from django.db import connection

from entrecidades.config.jobs import KEEPERS, RECURRING
from entrecidades.documents import jobs, store
from entrecidades.documents.models import Document
from entrecidades.documents.rules import IsBound
from entrecidades.documents.services import bind, let_go, release, sweep
from entrecidades.network.services import remove
from entrecidades.network.services.removing import delete_removed
from tests.conftest import A_DAY, A_MOMENT, BEFORE, entrusted
from tests.documents.killed import PLACES
from tests.factories.documents import DocumentFactory, kept
from tests.mail.workers import ROOT, address_of

LATER = 2 * store.YOUNG


def left():
    """Everything that lies in the store, but its lock."""
    return [path for path in store.root().rglob("*") if path.is_file() and path.name != "lock"]


def test_a_content_lies_where_no_web_server_looks_and_only_we_read_it():
    sha256 = kept(b"a")
    assert not store.path_of(sha256).is_relative_to(house.STATIC_ROOT)
    assert store.path_of(sha256).stat().st_mode & 0o077 == 0
    assert store.path_of(sha256).parent.stat().st_mode & 0o077 == 0


def test_the_sweep_takes_what_nothing_names_and_is_no_longer_young():
    named, unnamed = kept(b"a"), kept(b"b")
    assert store.sweep(lambda _some: {named}, now=time.time()) == 0
    assert store.sweep(lambda _some: {named}, now=time.time() + LATER) == 1
    assert left() == [store.path_of(named)]
    assert not store.is_kept(unnamed)


def test_what_is_brought_in_again_is_young_again():
    sha256 = kept(b"a")
    os.utime(store.path_of(sha256), (0, 0))
    kept(b"a")
    assert store.sweep(lambda _some: set(), now=time.time()) == 0
    os.utime(store.path_of(sha256), (0, 0))
    assert store.is_kept(sha256)
    assert store.sweep(lambda _some: set(), now=time.time()) == 0


def test_a_desk_that_somebody_left_is_cleared():
    (store.root() / "desks" / "left").mkdir(parents=True)
    (store.root() / "desks" / "left" / "in").write_bytes(b"half")
    assert store.sweep(lambda _some: set(), now=time.time()) == 0
    assert store.sweep(lambda _some: set(), now=time.time() + LATER) == 1
    assert list((store.root() / "desks").iterdir()) == []


def test_nothing_is_swept_where_nothing_was_ever_kept(tmp_path):
    assert store.sweep(lambda _some: set(), now=time.time()) == 0


@pytest.mark.django_db
def test_a_content_goes_with_the_last_row_that_names_it(maputo):
    officer = entrusted(maputo)
    one, other = DocumentFactory(entity=maputo), DocumentFactory()
    remove(record=one, by=officer, on=A_DAY, at=A_MOMENT)
    assert sweep(now=time.time() + LATER) == 0
    assert delete_removed(at=A_MOMENT.replace(year=2010), at_most=9) == 1
    assert sweep(now=time.time() + LATER) == 0
    other.delete()
    assert sweep(now=time.time() + LATER) == 1
    assert left() == []


@pytest.mark.django_db
def test_a_document_goes_when_its_day_is_over_and_can_come_back(maputo, on_the_day):
    over = DocumentFactory(entity=maputo, kept_until=BEFORE)
    today = DocumentFactory(entity=maputo, kept_until=A_DAY)
    jobs.let_go_of_documents(A_DAY.isoformat())
    assert set(Document.objects.all()) == {today}
    over.refresh_from_db()
    assert (over.removed_by, over.kept_until) == (None, None)
    assert over.removed_at is not None


@pytest.mark.django_db
def test_what_is_part_of_something_that_stays_is_not_removed_by_anybody(maputo):
    officer = entrusted(maputo)
    document = DocumentFactory(entity=maputo, kept_until=BEFORE)
    bind(document)
    assert let_go(document_id=document.pk, on=A_DAY, at=A_MOMENT) is False
    with pytest.raises(IsBound, match="part of a record"):
        remove(record=document, by=officer, on=A_DAY, at=A_MOMENT)
    release(document)
    remove(record=document, by=officer, on=A_DAY, at=A_MOMENT)
    assert Document.objects.count() == 0


def test_both_errands_are_promised():
    assert {"documents.let_go", "documents.sweep"} <= KEEPERS.keys() & RECURRING.keys()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_nothing_is_half_there_and_the_next_one_succeeds(maputo, tmp_path):
    officer = entrusted(maputo)
    surroundings = {
        "DATABASE_URL": address_of(connection.settings_dict),
        "ENTRECIDADES_HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, Path(__file__).with_name("killed.py"), str(officer.pk), str(maputo.pk)],
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [f"{place}: 9" for place in PLACES]
    assert Document.every_row.count() == 0
    whole = [path for path in left() if path.parent.parent == store.root()]
    assert all(path.name == store.hash_of(path) for path in whole)
    assert len(left()) > len(whole)  # desks were left behind: the deaths were real
    sweep(now=time.time() + LATER)
    assert left() == []
