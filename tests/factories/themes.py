"""Themes: an axis has none above it, a leaf has one."""

import factory

from entrecidades.themes.models import Theme


class AxisFactory(factory.django.DjangoModelFactory):
    """A group at the top of the tree."""

    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"axis-{n}")
    label = factory.LazyAttribute(lambda theme: {"en": theme.slug.replace("-", " ")})


class ThemeFactory(AxisFactory):
    """A theme one can offer, need or file something under."""

    slug = factory.Sequence(lambda n: f"theme-{n}")
    axis = factory.SubFactory(AxisFactory)
