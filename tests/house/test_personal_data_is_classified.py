"""The register of personal data names every stored field, and only those."""

import re

from django.apps import apps

from tests.house.source import rows_of

CLASSES = {"public", "internal", "personal", "sensitive"}


def stored_fields():
    """Every column of ours and of the libraries; row numbers say nothing and are left out."""
    for model in apps.get_models():
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            if not field.get_internal_type().endswith("AutoField"):
                yield f"{model._meta.label}.{field.name}"


def difference(registered, stored):
    return sorted(set(registered) ^ set(stored))


def test_every_stored_field_is_in_the_register_and_nothing_else():
    registered = [row[0] for row in rows_of("personal-data.md")]
    assert difference(registered, stored_fields()) == []
    assert len(registered) == len(set(registered))


def test_every_field_has_a_class_a_purpose_and_a_retention():
    for field, kind, purpose, retention in rows_of("personal-data.md"):
        assert kind in CLASSES, field
        assert re.search(r"\w", purpose), field
        assert re.search(r"\w", retention), field


def test_the_rule_sees_a_field_nobody_decided_about():
    fields = [*stored_fields(), "accounts.Person.shoe_size"]
    assert "accounts.Person.shoe_size" in difference(stored_fields(), fields)
