"""The reference data is loaded once, follows its files; examples once removed stay away."""

import dataclasses

import pytest

from entrecidades.audit.models import Trace
from entrecidades.cooperation.models import Programme, Relation
from entrecidades.encounters.models import Encounter
from entrecidades.exchange.models import Load
from entrecidades.exchange.readers.reference import read_reference
from entrecidades.exchange.services import reference
from entrecidades.exchange.services.reference import load_reference
from entrecidades.network.models import Country, Entity, Homologue, Membership
from entrecidades.practices.models import Posting, Practice
from entrecidades.practices.services import remove_examples
from entrecidades.themes.models import Theme
from tests.conftest import A_MOMENT
from tests.factories.network import CountryFactory

MODELS = (Theme, Entity, Homologue, Membership, Relation, Programme, Encounter, Practice, Posting)


@pytest.fixture
def loaded(world):
    for code in ("BR", "FR", "IT", "US", "MZ", "ES"):
        CountryFactory(code=code)
    return load_reference(at=A_MOMENT)


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


def test_everything_is_there_with_what_belongs_together(loaded):
    assert loaded == ["themes", "bodies", "relations", "programmes", "encounters", "examples"]
    relation = Relation.objects.get(slug="brazil-italy")
    assert {body.slug for body in relation.coordinators.all()} == {"fnp", "anci", "iscos-piemonte"}
    programme = Programme.objects.get()
    assert programme.relation == relation
    assert [axis.themes.count() > 0 for axis in programme.axes.all()] == [True, True]
    assert programme.coordinations.count() == 3
    assert [edition.place.name for edition in Encounter.objects.order_by("year")] == [
        "Marseille",
        "Belo Horizonte",
        "Lyon",
    ]
    pair = Homologue.objects.get()
    assert {pair.one.acronym, pair.other.acronym} == {"FNP", "USCM"}
    membership = Membership.objects.get()
    assert (membership.member.acronym, membership.group.acronym) == ("CUF", "UCLG")
    assert Trace.objects.filter(act="exchange:reference:load").count() == len(loaded)


def test_examples_are_marked_sourced_and_on_the_government_of_their_place(loaded):
    practice = Practice.objects.get(key="curitiba-brt")
    assert practice.is_example
    assert practice.source_url
    assert practice.entity.seat.name == "Curitiba"
    assert not Practice.objects.filter(is_example=False).exists()
    assert not Posting.objects.exclude(is_example=True, state="published").exists()
    assert all(posting.themes.exists() for posting in Posting.objects.all())


def test_a_second_start_writes_nothing(loaded, django_assert_max_num_queries):
    before, traces = counts(), Trace.objects.count()
    with django_assert_max_num_queries(6) as asked:
        assert load_reference(at=A_MOMENT) == []
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    assert (counts(), Trace.objects.count()) == (before, traces)


def test_a_changed_file_changes_its_records_and_makes_none_twice(loaded, monkeypatch):
    def read_changed(name):
        file = read_reference(name)
        if name != "bodies":
            return file
        body = next(body for body in file.content["body"] if body["key"] == "fnp")
        body["website"] = "https://www.fnp.org.br"
        return dataclasses.replace(file, digest="f" * 64)

    before = counts()
    monkeypatch.setattr(reference, "read_reference", read_changed)
    assert load_reference(at=A_MOMENT) == ["bodies"]
    assert Entity.objects.get(slug="fnp").website == "https://www.fnp.org.br"
    assert counts() == before
    assert Load.objects.get(name="reference:bodies").version == "f" * 64


@pytest.mark.parametrize("changed", [False, True])
def test_removed_examples_do_not_come_back(loaded, changed):
    assert remove_examples(by=None) > 0
    if changed:
        Load.objects.filter(name="reference:examples").update(version="older")
    load_reference(at=A_MOMENT)
    assert not Practice.objects.exists()
    assert not Posting.objects.exists()


def test_a_file_that_fails_leaves_nothing_of_itself(world, monkeypatch):
    Country.objects.filter(code="ES").delete()
    broken = dict(reference.LOADERS)

    def fail(file):
        reference.load_themes(file)
        raise ZeroDivisionError

    broken["themes"] = fail
    monkeypatch.setattr(reference, "LOADERS", broken)
    with pytest.raises(ZeroDivisionError):
        load_reference(at=A_MOMENT)
    assert not Theme.objects.exists()
    assert not Load.objects.exists()
