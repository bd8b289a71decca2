"""A column that holds a value as its one canonical text, the same bytes on both databases."""

import json
from typing import Any

from django.db import models

from entrecidades.audit.rules import canonical


class CanonicalField(models.TextField):  # type: ignore[type-arg]  # generic for mypy alone
    """JSON as text: JSON columns keep neither blanks nor the order of names, hashes need both."""

    # What a row takes and gives, for the checker of types: any value that JSON knows.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_facts: object) -> Any:
        """The value that the text tells; what somebody broke is shown as the text it is."""
        try:
            return None if value is None else json.loads(value)
        except ValueError:
            return {"": value}

    def get_prep_value(self, value: Any) -> str | None:
        """The canonical text of a value."""
        return None if value is None else canonical(value)

    def to_python(self, value: Any) -> Any:
        """A value as it is."""
        return value
