"""Themes are leaves under axes, and are named in the reader's language."""

import pytest
from django.db.models import ProtectedError
from django.utils.translation import override

from entrecidades.themes.models import Theme
from tests.factories.themes import AxisFactory, ThemeFactory


def test_an_axis_has_none_above_it_and_a_leaf_has_one(db):
    leaf = ThemeFactory()
    assert list(Theme.objects.axes()) == [leaf.axis]
    assert list(Theme.objects.leaves()) == [leaf]


def test_they_stand_in_their_order(db):
    last, first = AxisFactory(position=2), AxisFactory(position=1)
    assert list(Theme.objects.all()) == [first, last]


def test_a_theme_is_named_in_the_readers_language_or_by_its_slug(db):
    theme = ThemeFactory(label={"it": "Rifiuti", "en": "Waste"})
    with override("it"):
        assert str(theme) == "Rifiuti"
    assert str(ThemeFactory.build(slug="water", label={}, axis=None)) == "water"


def test_an_axis_with_themes_cannot_go(db):
    with pytest.raises(ProtectedError):
        ThemeFactory().axis.delete()
