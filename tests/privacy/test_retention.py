"""What time takes away: on the day the register says, and not before."""

import datetime as dt
import re

import pytest

from entrecidades.accounts.models import Person
from entrecidades.config.jobs import KEEPERS, RECURRING
from entrecidades.kernel import clock
from entrecidades.privacy import jobs
from entrecidades.privacy.models import DataRequest, Dormancy
from entrecidades.privacy.register import register
from entrecidades.privacy.services.retention import NOTICE, UNUSED
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT
from tests.factories.accounts import PersonFactory
from tests.house.source import rows_of
from tests.privacy.canary import smallest

DAY = dt.timedelta(days=1)
MIDNIGHT = dt.datetime(2009, 11, 19, tzinfo=dt.UTC)


def said():
    """What the page says in days: model → numbers of days."""
    found = {}
    for field, _kind, _purpose, kept in rows_of("personal-data.md"):
        for number in re.findall(r"(\d+) days", kept):
            found.setdefault(field.rsplit(".", 1)[0], set()).add(int(number))
    return found


def test_days_on_the_page_are_days_of_a_job():
    cleared = {
        label: {one.days for one in entry.clearings if one.days}
        for label, entry in register().items()
        if any(one.days for one in entry.clearings)
    }
    assert said() == cleared | {"accounts.Person": {UNUSED.days}}


def test_every_job_that_the_page_names_is_promised_daily():
    kept = " ".join(row[-1] for row in rows_of("personal-data.md"))
    named = set(re.findall(r"`(privacy\.\w+)`", kept))
    assert named == {"privacy.clear", "privacy.warn_dormant", "privacy.erase_dormant"}
    assert named <= RECURRING.keys() & KEEPERS.keys()


CLEARINGS = [(entry, one) for entry in register().values() for one in entry.clearings]


def first_of(value):
    return value[0] if isinstance(value, list) else value


@pytest.mark.django_db
@pytest.mark.parametrize(("entry", "one"), CLEARINGS)
def test_what_has_had_its_time_goes_and_nothing_sooner(entry, one, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: A_MOMENT)
    so = {name.removesuffix("__in"): first_of(value) for name, value in one.when.items()}
    over = A_MOMENT - one.days * DAY
    old = smallest(entry.model, **so, **dict.fromkeys(one.blank, "x@y.example"))
    young = smallest(entry.model, **so, **dict.fromkeys(one.blank, "x@y.example"))
    for row, at in ((old, over), (young, over + DAY)):
        entry.model.objects.filter(pk=row.pk).update(**{one.after: at})
    jobs.clear(A_DAY.isoformat())
    rows = {row.pk: row for row in entry.model.objects.filter(pk__in=[old.pk, young.pk])}
    assert young.pk in rows
    if one.blank:
        assert [getattr(rows[old.pk], name) for name in one.blank] == [""] * len(one.blank)
        assert getattr(rows[young.pk], one.blank[0]) != ""
    else:
        assert old.pk not in rows


def dormant(days, **facts):
    """Somebody who logged in so many days ago."""
    return PersonFactory(last_login=MIDNIGHT - days * DAY, **facts)


@pytest.mark.django_db
def test_a_dormant_account_is_told_a_month_before_and_then_erased():
    person, fresh = dormant(700), dormant(699)
    jobs.warn_dormant("2009-11-19")
    jobs.warn_dormant("2009-11-20")
    assert set(Dormancy.objects.values_list("person", flat=True)) == {person.pk, fresh.pk}
    told = Job.objects.filter(name="privacy.tell_of_dormancy").first()
    assert told.facts == {"person_id": person.pk, "last_day": "2009-12-19"}
    jobs.erase_dormant("2009-12-18")
    assert Person.objects.filter(pk=person.pk).exists()
    jobs.erase_dormant("2009-12-19")
    assert list(Person.objects.values_list("pk", flat=True)) == [fresh.pk]


@pytest.mark.django_db
def test_who_logs_in_after_the_letter_stays():
    person = dormant(710)
    jobs.warn_dormant("2009-11-19")
    Person.objects.filter(pk=person.pk).update(last_login=MIDNIGHT + DAY)
    jobs.erase_dormant((MIDNIGHT + NOTICE + DAY).date().isoformat())
    jobs.warn_dormant("2009-12-20")
    assert Person.objects.filter(pk=person.pk).exists()
    assert Dormancy.objects.count() == 0


@pytest.mark.django_db
def test_operators_and_accounts_that_are_used_are_left_alone():
    dormant(3000, is_staff=True)
    dormant(10)
    PersonFactory(joined_at=MIDNIGHT - 10 * DAY)
    jobs.warn_dormant("2009-11-19")
    assert Dormancy.objects.count() == 0


@pytest.mark.django_db
def test_much_is_taken_in_parts(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: A_MOMENT)
    monkeypatch.setattr(jobs, "BATCH", 3)
    rows = [Job(name="x", state="done", due_at=A_MOMENT - 31 * DAY) for _n in range(5)]
    Job.objects.bulk_create(rows)
    jobs.clear("2009-11-19")
    assert Job.objects.filter(name="x").count() == 2
    assert Job.objects.filter(name="privacy.clear").count() == 1


@pytest.mark.django_db
def test_a_request_keeps_its_proof_without_the_person():
    row = smallest(DataRequest, state="done", email="a@b.example", words="w", decided_at=A_MOMENT)
    DataRequest.objects.update(decided_at=clock.now() - 1096 * DAY)
    jobs.clear("2009-11-19")
    row.refresh_from_db()
    assert (row.email, row.words, row.state) == ("", "", "done")
