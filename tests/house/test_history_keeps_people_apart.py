"""What the register calls personal, history keeps apart; secrets it never learns."""

from django.apps import apps

from entrecidades.audit.changes import personal_fields
from tests.house.source import rows_of

OURS = [model for model in apps.get_models() if model.__module__.startswith("entrecidades.")]
# History itself: what is personal there is what was kept apart.
HISTORY = {"audit.Trace"}


def registered(kind):
    """Model label → its fields of a class."""
    found = {}
    for name, class_, *_rest in rows_of("personal-data.md"):
        label, field = name.rsplit(".", 1)
        if class_ == kind:
            found.setdefault(label, set()).add(field)
    return found


def test_every_personal_field_is_kept_apart_and_no_other():
    told = registered("personal")
    labels = {model._meta.label: set(personal_fields(model)) for model in OURS}
    wrong = {
        label: fields ^ told.get(label, set())
        for label, fields in labels.items()
        if label not in HISTORY and fields != told.get(label, set())
    }
    assert wrong == {}


def test_every_secret_is_withheld():
    told = registered("sensitive")
    secrets = {model._meta.label: set(getattr(model, "secret_fields", ())) for model in OURS}
    assert {label: fields for label, fields in secrets.items() if fields} == {
        label: fields for label, fields in told.items() if label in secrets
    }


def test_the_rule_sees_a_personal_field():
    assert "email" in registered("personal")["accounts.Person"]
    assert "password" in registered("sensitive")["accounts.Person"]
