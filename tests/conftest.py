"""Fixtures every test may use: a small real world, people with roles, a day that stands still."""

import datetime as dt
import os

import pytest
from django.utils import translation

from entrecidades.kernel import clock
from entrecidades.network.models import Region
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory, MandateFactory, PlaceFactory
from tests.factories.world import build_world
from tests.history import history_unguarded

A_DAY = dt.date(2009, 11, 19)
A_MOMENT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
BEFORE = dt.date(2009, 1, 1)


def pytest_configure():
    """Playwright keeps a loop in this thread; Django would take ours for asynchronous code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_addoption(parser):
    """Let the submission forbid skipping, so that nothing passes by not being tried."""
    parser.addoption("--no-skips", action="store_true", help="count a skipped test as a failure")
    how_far = "how many addresses each kind of person visits in search of foreign words"
    parser.addoption("--crawl", type=int, default=250, help=how_far)


def pytest_collection_modifyitems(config, items):
    """Leave out what only PostgreSQL can show: on SQLite writers take turns, no row is held."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        left_out = [item for item in items if item.get_closest_marker("postgresql")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure where skipping is forbidden."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.config.option.no_skips:
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """On SQLite, keep the test database in a file: one in memory knows no second connection."""
    from django.conf import settings  # noqa: PLC0415 - pytest-django has set them up by now

    default = settings.DATABASES["default"]
    if "sqlite3" in default["ENGINE"]:
        home = tmp_path_factory.mktemp("database")
        default.setdefault("TEST", {})["NAME"] = str(home / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def tables_may_be_emptied():
    """Lift the guards of history while a test that commits is cleared away after itself."""
    from django.db import connection  # noqa: PLC0415 - pytest-django has set it up by now

    kind = type(connection.ops)  # beside Playwright's loop Django opens another connection
    empty = kind.execute_sql_flush

    def unguarded(ops, statements):
        with history_unguarded():
            return empty(ops, statements)

    kind.execute_sql_flush = unguarded
    yield
    kind.execute_sql_flush = empty


@pytest.fixture(autouse=True)
def away_from_home(settings, tmp_path):
    """Keep every file that a test may cause (snapshots, letters, uploads) out of the real home."""
    settings.HOME = tmp_path
    settings.SNAPSHOT_ROOT = tmp_path / "snapshot"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def in_english(settings):
    """Begin and leave each test in English: a page fetched in French leaves its thread in it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def on_the_day(monkeypatch):
    """Stop the house's clock on one day of the year of the Lyon encounter."""
    monkeypatch.setattr(clock, "today", lambda: A_DAY)
    monkeypatch.setattr(clock, "now", lambda: A_MOMENT)
    return A_DAY


@pytest.fixture
def world(db):
    """A dozen real cities of Brazil, Mozambique, France, Italy and the United States."""
    return build_world()


@pytest.fixture
def two_campo_largos(world):
    """The small world with its Brazilian states named, and two places called Campo Largo."""
    Region.objects.filter(country="BR", code="18").update(name="Paraná")
    Region.objects.filter(country="BR", code="27").update(name="São Paulo")
    region = Region.objects.get(country="BR", code="18")
    for number, (latitude, longitude) in enumerate([(-25.45, -49.53), (-25.46, -49.52)]):
        PlaceFactory(
            name="Campo Largo",
            slug=f"campo-largo-{number}",
            country=region.country,
            region=region,
            latitude=latitude,
            longitude=longitude,
            population=0,
        )
    return world


@pytest.fixture
def maputo(world):
    """The municipality of Maputo."""
    return world.body("Maputo")


@pytest.fixture
def curitiba(world):
    """The municipality of Curitiba."""
    return world.body("Curitiba")


@pytest.fixture
def anci(db):
    """The association of Italian municipalities."""
    return EntityFactory(
        name="Associazione Nazionale Comuni Italiani",
        slug="anci",
        acronym="ANCI",
        country__code="IT",
        association=True,
    )


def entrusted(entity, role="officer", **facts):
    """A person who acts for a body since before the day on which the clock stands."""
    person = PersonFactory(**facts)
    MandateFactory(entity=entity, person=person, role=role, valid_from=BEFORE)
    return person


@pytest.fixture
def officer(maputo):
    """The international-relations officer of Maputo."""
    return entrusted(maputo, email="officer@maputo.example", language="pt")


@pytest.fixture
def counterpart(curitiba):
    """The international-relations officer of Curitiba."""
    return entrusted(curitiba, email="officer@curitiba.example", language="pt-br")


@pytest.fixture
def stranger(world):
    """The officer of Seattle, a city that is party to nothing."""
    return entrusted(world.body("Seattle"), email="officer@seattle.example", language="en")


@pytest.fixture
def coordinator(anci):
    """The coordinator at ANCI."""
    return entrusted(anci, email="coordinator@anci.example", language="it")
