"""Forms in which a record is edited: one field for each of its units, under the unit's name."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.kernel.editing import Units, filled
from entrecidades.kernel.versions import OF, Versioned
from entrecidades.network.countries import language_name
from entrecidades.web.forms.fields import ThemesField


class EditForm(forms.Form):
    """A record as its editor is shown it, and as she would have it.

    ``TEXTS`` are the texts in several languages, each with a function that makes the field for
    one language. Languages in which nothing is written yet stand apart, as ``others``.
    """

    TEXTS: ClassVar[dict[str, Any]] = {}
    LANGUAGES: ClassVar[tuple[str, ...]] = tuple(code for code, _name in settings.LANGUAGES)

    def __init__(self, *args: Any, record: Versioned, editor: Person, **options: Any) -> None:
        self.record, self.editor, self.was = record, editor, record.units()
        super().__init__(*args, **options)
        self._ask_for_texts()
        for name, field in self.fields.items():
            if isinstance(field, ThemesField):
                field.offer()
            self.prepare(name, field)
            self.initial[name] = self.raw(name, self.was.get(name))

    def prepare(self, name: str, field: Any) -> None:
        """Say what a field offers, where that depends on the record or the editor."""

    def _ask_for_texts(self) -> None:
        """One field for each text and language: those that are written first."""
        here = get_language()
        codes = [unit.partition(OF)[2] for unit in self.was if OF in unit]
        written = list(dict.fromkeys(code for code in [*self.LANGUAGES, *codes] if code in codes))
        written = written or [code for code in self.LANGUAGES if code == here][:1]
        rest = [code for code in self.LANGUAGES if code not in written]
        texts = dict[str, forms.Field]()
        for code in [*written, *rest]:
            for stem, field_for in self.TEXTS.items():
                texts[f"{stem}{OF}{code}"] = field_for(_language(code))
        self.other_names = [unit for unit in texts if unit.partition(OF)[2] in rest]
        self.fields = {**texts, **self.fields}

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields for languages in which nothing is written yet."""
        return [self[name] for name in self.other_names]

    @property
    def firsts(self) -> list[forms.BoundField]:
        """All other fields."""
        return [self[name] for name in self.fields if name not in self.other_names]

    def said(self, shown: Units) -> dict[str, Any]:
        """What the editor would have the record say; what she left as it was, is as it was."""
        wanted = {name: self.value_of(name, self.cleaned_data.get(name)) for name in self.fields}
        return {
            name: shown.get(name) if _same(shown.get(name), value) else value
            for name, value in wanted.items()
        }

    def value_of(self, name: str, cleaned: Any) -> Any:
        """A unit's value, of what a field has understood."""
        if isinstance(self.fields[name], ThemesField):
            return sorted(theme.pk for theme in cleaned or [])
        return cleaned.isoformat() if isinstance(cleaned, date) else cleaned

    def raw(self, name: str, value: Any) -> Any:
        """A unit's value as the field's input carries it."""
        field = self.fields[name]
        if isinstance(field, ThemesField):
            slugs = {theme.pk: slug for slug, theme in field.known.items()}
            return [slugs[key] for key in value or [] if key in slugs]
        return "" if value is None else value

    def data_of(self, units: Units) -> QueryDict:
        """Units as if somebody had typed them into this form."""
        data = QueryDict(mutable=True)
        for name in self.fields:
            value = self.raw(name, units.get(name))
            data.setlist(name, value if isinstance(value, list) else [str(value)])
        return data

    def told(self, name: str, value: Any) -> str:
        """A unit's value in words."""
        field: Any = self.fields[name]
        if value in (None, "", []):
            return ""
        if isinstance(field, ThemesField):
            return ", ".join(str(theme) for theme in field.known.values() if theme.pk in value)
        if isinstance(field, forms.DateField):
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        if isinstance(field, forms.ChoiceField):
            offered: Any = field.choices
            choices = {str(key): str(words) for key, words in offered}
            keys = value if isinstance(value, list) else [value]
            return ", ".join(choices.get(str(key), str(key)) for key in keys)
        return str(value)

    def label_of(self, name: str) -> str:
        """What a unit is called."""
        return str(self.fields[name].label) if name in self.fields else _("something else")


def _language(code: str) -> str:
    """A language as the house calls it, or as the reader's language does."""
    of_house: dict[str, Any] = dict(settings.LANGUAGES)
    return str(of_house.get(code) or language_name(code, get_language()))


def _same(shown: Any, wanted: Any) -> bool:
    """Whether two values say the same: line ends, blanks around and the order of a list aside."""
    if isinstance(shown, list) or isinstance(wanted, list):
        return sorted(map(str, shown or [])) == sorted(map(str, wanted or []))
    if isinstance(shown, str) or isinstance(wanted, str):
        return _plain(shown) == _plain(wanted)
    return filled({"": shown}) == filled({"": wanted})


def _plain(words: Any) -> str:
    """Words as they are compared."""
    return "\n".join(str("" if words is None else words).splitlines()).strip()
