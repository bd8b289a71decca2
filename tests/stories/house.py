"""A house that stands for a whole file of browser tests: real cities, real relations, people.

It is built once, in an SQLite file of its own, and copied for each file of tests: the browser
talks to a server in another thread, which no transaction of a test could reach.
"""

import datetime as dt
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings
from pytest_django.live_server_helper import LiveServer

from entrecidades.cooperation.models import Programme
from entrecidades.exchange.services.reference import load_reference
from entrecidades.kernel import clock
from entrecidades.matching import snapshot
from entrecidades.matching.services import rebuild_snapshot
from entrecidades.members.tickets import stop_ticket
from entrecidades.network.models import Country, Entity, Partnership, Place
from entrecidades.themes.models import Theme
from tests.conftest import entrusted
from tests.factories.accounts import NominationFactory, PersonFactory
from tests.factories.circulars import CircularFactory
from tests.factories.cooperation import IntroductionFactory, MessageFactory, ThreadFactory
from tests.factories.documents import DocumentFactory
from tests.factories.duplicates import DuplicateFactory, merge_of_two
from tests.factories.exchange import DoubtFactory, SubmissionFactory
from tests.factories.network import CountryFactory, EntityFactory, MembershipFactory
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.factories.privacy import DataRequestFactory, IncidentFactory
from tests.factories.projects import (
    BudgetLineFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    ProjectFactory,
    ProjectReportFactory,
)
from tests.factories.reporting import AnnualReportFactory, CampaignFactory, DeclarationFactory
from tests.factories.world import build_world
from tests.stories.agreements import agreements_of
from tests.stories.calls import calls_of
from tests.stories.lives import lives_of

BY_THE_MACHINE = clock.now
A_DAY = dt.date(2026, 11, 25)
A_MOMENT = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
PASSWORD = "between-two-cities-2026"  # noqa: S105 (of people who live for one test)
CONTINENTS = {"BR": "SA", "FR": "EU", "IT": "EU", "ES": "EU", "MZ": "AF", "US": "NA"}


@dataclass(frozen=True, slots=True)
class House:
    """Where it stands, who works in it, and what the addresses of its pages need."""

    url: str
    people: dict
    keys: dict[str, str]

    def session(self, who: str) -> dict:
        """The cookie of somebody who has logged in."""
        person = self.people[who]
        store = SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        # A quarter of an hour ahead: on a slow machine a file of visits outlasts a fresh proof.
        proven_at = time.time() + 900
        store["account_authentication_methods"] = [
            {"method": "password", "at": proven_at, "reauthenticated": True}
        ]
        store["account_authentication_methods_user"] = str(person.pk)
        store.save()
        return {
            "name": settings.SESSION_COOKIE_NAME,
            "value": store.session_key,
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """A house that was built once: its database and snapshot, to be copied for each file."""

    folder: Path
    people: dict
    keys: dict[str, str]


@contextmanager
def _living_in(folder: Path):
    """Keep the database and every other file in a folder; the clock stands."""
    assert clock.now is BY_THE_MACHINE, "the last house, or a test in it, left its clock behind"
    default = connections["default"]
    default.close()
    elsewhere = default.settings_dict["NAME"]
    default.settings_dict["NAME"] = str(folder / "house.sqlite3")
    own = override_settings(HOME=folder, SNAPSHOT_ROOT=folder / "snapshot", MEDIA_ROOT=folder)
    with pytest.MonkeyPatch.context() as patch, own:
        patch.setattr(clock, "today", lambda: A_DAY)
        patch.setattr(clock, "now", lambda: A_MOMENT)
        patch.setattr("entrecidades.matching.selectors.KEEPER", snapshot.Keeper())
        cache.clear()
        try:
            yield
        finally:
            cache.clear()
            connections.close_all()
            default.settings_dict["NAME"] = elsewhere


def project_of(bodies, theme):
    """A triangular project under way, of which nobody has heard for two months."""
    ends = [
        ("receiver", "maputo"),
        ("first_provider", "curitiba"),
        ("second_provider", "belo-horizonte"),
    ]
    project = ProjectFactory(
        entity=bodies["maputo"],
        title={"en": "Waste collection in the hills", "pt": "Recolha de lixo nos montes"},
        summary={"en": "Carts where no lorry can pass; an example for our tests."},
        state="implementing",
        parties=[(role, bodies[name]) for role, name in ends],
        themes=[theme],
        places=[bodies["maputo"].seat],
        planned_from=dt.date(2026, 1, 15),
        planned_to=dt.date(2027, 6, 30),
        actual_from=dt.date(2026, 2, 1),
        begun_at=A_MOMENT - dt.timedelta(days=60),
    )
    for title, start, due, done in (
        ("Diagnosis with the residents", "2026-02-01", "2026-05-31", "2026-05-20"),
        ("Twelve carts built", "2026-05-01", "2026-10-31", None),
        ("All hills served", "2026-09-01", "2027-06-30", None),
    ):
        MilestoneFactory(
            project=project, title={"en": title}, starts_on=start, due_on=due, done_on=done
        )
    BudgetLineFactory(project=project, title={"en": "Carts"}, amount=48000, spent=31000)
    BudgetLineFactory(project=project, title={"en": "Wages"}, amount=900000, currency="MZN")
    indicator = IndicatorFactory(
        project=project, title={"en": "Waste collected"}, unit="t / month", baseline=20
    )
    MeasurementFactory(indicator=indicator, value=62, groups={"women": "34", "men": "28"})
    ProjectFactory(entity=bodies["maputo"], themes=[theme], places=[bodies["maputo"].seat])
    project.programme = Programme.objects.get(slug="100-cities-100-projects")
    project.save()
    ProjectReportFactory(
        project=project,
        first_on=dt.date(2026, 1, 1),
        last_on=dt.date(2026, 12, 31),
        quote="The carts come where no lorry can.",
        may_quote=True,
    )
    AnnualReportFactory(programme=project.programme, entity=bodies["fnp"], year=2026, out=True)
    return project


def declaration_of(project, asking):
    """A party is asked to declare the year of a project, until the end of January."""
    told = {"programme": project.programme, "entity": asking, "year": 2026}
    campaign = CampaignFactory(**told, due_on=dt.date(2027, 1, 31), opened_at=A_MOMENT)
    return DeclarationFactory(campaign=campaign, project=project, entity=project.entity)


def built(folder: Path) -> Plan:
    """Build the house in an empty folder."""
    with _living_in(folder):
        call_command("migrate", verbosity=0)
        return Plan(folder, *_furnished())


@contextmanager
def standing(plan: Plan, folder: Path):
    """A house of this plan with its doors open; what happens in it happens to no other."""
    shutil.copytree(plan.folder, folder)
    with _living_in(folder):
        server = LiveServer("127.0.0.1")
        try:
            yield House(server.url, {**plan.people}, {**plan.keys})
        finally:
            server.stop()


def _furnished():
    """The world, the reference data, three officers, and one of each thing that has a page."""
    build_world()
    for code, continent in CONTINENTS.items():
        CountryFactory(code=code)
        Country.objects.filter(code=code).update(continent=continent)
    load_reference(at=A_MOMENT)
    officers = ("maputo", "curitiba", "fnp")
    bodies = {slug: Entity.objects.get(slug=slug) for slug in (*officers, "belo-horizonte")}
    people = {
        slug: entrusted(bodies[slug], email=f"officer@{slug}.example", language="pt-br")
        for slug in officers
    }
    people["admin"] = entrusted(
        bodies["maputo"], role="admin", email="admin@maputo.example", language="pt-br"
    )
    people["operator"] = PersonFactory(email="operator@example.org", is_staff=True)
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
    waste = Theme.objects.get(slug="waste-final-disposal")
    posting = PostingFactory(entity=bodies["curitiba"], themes=[waste], example=True)
    draft = PostingFactory(entity=bodies["maputo"], drafted=True)
    contact = IntroductionFactory(
        asker=bodies["maputo"],
        asked=bodies["belo-horizonte"],
        proposed_by=people["maputo"],
        state="talking",
    )
    thread = ThreadFactory(introduction=contact)
    MessageFactory(thread=thread, written_at=A_MOMENT, times=["2026-12-01T12:00:00+00:00"])
    MessageFactory(thread=thread, entity=contact.asked, written_at=A_MOMENT, language="pt-br")
    DocumentFactory(entity=bodies["maputo"])
    project = project_of(bodies, waste)
    calls = calls_of(bodies, people)
    doubt = DoubtFactory(near=Place.objects.get(slug="maputo"))
    NominationFactory(person=people["fnp"])
    member = MembershipFactory(
        group=bodies["fnp"],
        member=EntityFactory(name="Niterói", slug="niteroi", country=bodies["curitiba"].country),
    ).member
    entrusted(member, email="officer@niteroi.example", language="fr")
    letter = CircularFactory(entity=bodies["fnp"], subject={"pt-br": "Os dados de {body}"})
    letter.text = {"pt-br": "Cara colega,\n\nfalta: {missing}. Veja {link}."}
    letter.save()
    pair, merge = DuplicateFactory(), merge_of_two()
    rebuild_snapshot(on=A_DAY)
    keys = {
        "circular": str(letter.public_id),
        "roll": str(SubmissionFactory(roll=True, entity=bodies["fnp"]).public_id),
        "stop": stop_ticket(letter.entity_id, people["maputo"].pk),
        **calls,
        **agreements_of(bodies, people, waste),
        **lives_of(bodies),
        "person": str(people["maputo"].pk),
        "doubt": str(doubt.pk),
        "duplicate": str(pair.pk),
        "merge": str(merge.pk),
        "import": str(doubt.batch_id),
        "own_practice": PracticeFactory(entity=bodies["maputo"]).key,
        "submission": str(SubmissionFactory().public_id),
        "request": str(DataRequestFactory().public_id),
        "incident": str(IncidentFactory().public_id),
        "declaration": str(declaration_of(project, bodies["fnp"]).public_id),
        "project": str(project.public_id),
        "indicator": str(project.indicators.first().public_id),
        "posting": str(posting.public_id),
        "draft": str(draft.public_id),
        "contact": str(contact.public_id),
        "partnership": Partnership.objects.get().get_absolute_url().split("/partnership/")[1][:-1],
    }
    return people, keys
