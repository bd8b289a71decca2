"""Encounters are told by their year and their place, as precisely as the source tells them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.factories.encounters import EncounterFactory, SeriesFactory


def test_an_edition_says_its_city_and_year(world):
    edition = EncounterFactory(year=2006, place=world["Marseille"])
    assert str(edition) == "Marseille, 2006"


def test_where_the_gazetteer_lacks_the_city_its_name_is_kept(db):
    assert str(EncounterFactory(year=2009, place_name={"en": "Lyon"})) == "Lyon, 2009"


def test_editions_of_a_series_follow_one_another(db):
    series = SeriesFactory(name={"en": "Encounters"}, purposes=[{"en": "meet"}])
    years = [2009, 2006, 2007]
    for year in years:
        EncounterFactory(series=series, year=year)
    assert [edition.year for edition in series.editions.all()] == sorted(years)
    assert (str(series), series.purpose_texts) == ("Encounters", ["meet"])


def test_an_edition_cannot_end_before_it_begins(db):
    days = {"begins_on": dt.date(2009, 11, 20), "ends_on": dt.date(2009, 11, 19)}
    with pytest.raises(IntegrityError), transaction.atomic():
        EncounterFactory(**days)


def test_there_is_one_edition_a_year(db):
    first = EncounterFactory(year=2006)
    with pytest.raises(IntegrityError), transaction.atomic():
        EncounterFactory(series=first.series, year=2006)
