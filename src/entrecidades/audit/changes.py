"""What an act changed, field by field, with little to write for the service that acts.

::

    before = snapshot(posting, "state", "expires_on")
    ...
    record(Act.STEP, subject=posting, by=by, changes=changes_since(before, posting))

A model names the fields that are somebody's own in ``personal_fields``, and those
that are never told in ``secret_fields``; a house test compares both with the
register of personal data.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from entrecidades.audit.rules import Changes, plain

Snapshot = Mapping[str, Any]


class SecretIsNotTold(TypeError):
    """A service asked to write a secret into history: an error of the house, not of a person."""


def personal_fields(model: type[Model]) -> frozenset[str]:
    """The fields of a model that are about a person."""
    found: frozenset[str] = getattr(model, "personal_fields", frozenset())
    return found


def snapshot(instance: Model, *fields: str) -> Snapshot:
    """The values of some fields as they are now; rows are told by their keys.

    Raises
    ------
    SecretIsNotTold
        When one of the fields is a secret.
    """
    secret: frozenset[str] = getattr(type(instance), "secret_fields", frozenset())
    if told := secret & set(fields):
        raise SecretIsNotTold(", ".join(sorted(told)))
    return {name: _value(instance, name) for name in fields}


def _value(instance: Model, name: str) -> Any:
    """One field's value as JSON knows it."""
    field: Any = instance._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(instance, name).order_by().values_list("pk", flat=True))
    return plain(getattr(instance, field.attname))


def changes_of(before: Snapshot, after: Snapshot) -> Changes:
    """What differs between two snapshots: field → (before, after).

    Examples
    --------
    >>> changes_of({"state": "draft", "side": "need"}, {"state": "published", "side": "need"})
    {'state': ('draft', 'published')}
    """
    return {
        name: (before.get(name), after.get(name))
        for name in after
        if (before.get(name) or None) != (after.get(name) or None)
    }


def changes_since(before: Snapshot, instance: Model) -> Changes:
    """What has changed on a row since a snapshot of it."""
    return changes_of(before, snapshot(instance, *before))


def made_with(instance: Model, *fields: str) -> Changes:
    """The values a new row begins with, as changes from nothing."""
    return changes_of({}, snapshot(instance, *fields))
