"""Days stand as the readers of each language write them."""

import datetime as dt

import pytest
from django.utils import translation
from django.utils.formats import date_format

FIRST, SECOND = (dt.datetime(2026, 3, number, 9, 5, tzinfo=dt.UTC) for number in (1, 2))


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("fr", "1er mars 2026", "2 mars 2026"),
        ("it", "1º marzo 2026", "2 marzo 2026"),
        ("pt-br", "1º de março de 2026", "2 de março de 2026"),
        ("pt", "1 de março de 2026", "2 de março de 2026"),
        ("es", "1 de marzo de 2026", "2 de marzo de 2026"),
        ("en", "March 1, 2026", "March 2, 2026"),
    ],
)
def test_the_first_of_a_month_has_the_ending_of_its_language(language, first, second):
    with translation.override(language):
        assert (date_format(FIRST), date_format(SECOND)) == (first, second)
        for day, said in ((FIRST, first), (SECOND, second)):
            assert date_format(day, "DATETIME_FORMAT").startswith(said)


def test_no_other_day_of_a_month_has_an_ending():
    days = [dt.date(2026, 3, number) for number in range(2, 32)]
    for language in ("fr", "it", "pt-br"):
        with translation.override(language):
            assert all(date_format(day).split()[0] == str(day.day) for day in days)
