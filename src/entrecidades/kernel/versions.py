"""Rows that several people may edit: counted, and told unit by unit."""

from typing import Any, ClassVar

from django.db import models

from entrecidades.kernel.editing import Units, filled
from entrecidades.kernel.text import TextsField

#: Between the name of a text and its language.
OF = "."


class Versioned(models.Model):
    """A row that knows how often people have saved it, and which of its fields they edit.

    ``EDITED`` names those fields. A text in several languages is told as one unit for each
    language, any other field as one unit; days are told as ISO dates, rows by their keys.
    """

    EDITED: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def units(self) -> dict[str, Any]:
        """What the row says now, without what is empty."""
        told: dict[str, Any] = {}
        for name in self.EDITED:
            field: Any = self._meta.get_field(name)
            if isinstance(field, TextsField):
                texts = getattr(self, name)
                told |= {f"{name}{OF}{code}": words for code, words in texts.items()}
            elif field.many_to_many:
                told[name] = sorted(getattr(self, name).order_by().values_list("pk", flat=True))
            else:
                value = getattr(self, field.attname)
                told[name] = value.isoformat() if hasattr(value, "isoformat") else value
        return filled(told)

    def take(self, units: Units) -> None:
        """Say these units instead, each None where it is emptied; nothing is saved by it.

        Rows beside this one (themes, names) stay as they are: a service writes them.
        """
        for unit, value in units.items():
            name, _of, language = unit.partition(OF)
            if name not in self.EDITED:
                continue
            field: Any = self._meta.get_field(name)
            if isinstance(field, TextsField):
                setattr(self, name, filled({**getattr(self, name), language: value}))
            elif not field.many_to_many:
                setattr(self, field.attname, field.to_python(_empty(field, value)))


def _empty(field: Any, value: Any) -> Any:
    """A value, or what a field holds when it holds nothing."""
    return value if value is not None or field.null else field.get_default()
