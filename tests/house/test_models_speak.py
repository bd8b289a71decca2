"""Each thing says what it is, and each thing with a page has a permanent address."""

from django.apps import apps
from django.db import models

OURS = [model for model in apps.get_models() if model.__module__.startswith("entrecidades.")]


def speechless(kinds):
    """A row that prints as “Place object (7)” tells the reader of a log nothing."""
    return [model.__name__ for model in kinds if model.__str__ is models.Model.__str__]


def test_every_model_says_what_it_is():
    written = [model for model in OURS if not model._meta.auto_created]
    assert speechless(written) == []


def test_the_rule_sees_a_speechless_model():
    # The tables that join two others are written by Django and say nothing.
    assert speechless([apps.get_model("practices", "Practice").themes.through]) != []


def test_every_public_thing_is_numbered_so_that_nobody_can_count_it():
    for model in OURS:
        fields = {field.name for field in model._meta.fields}
        if "public_id" in fields:
            assert model._meta.get_field("public_id").unique, model
            assert not model._meta.get_field("public_id").editable, model
