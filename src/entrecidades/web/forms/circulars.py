"""The form in which a letter to the members is written, in as many languages as one likes."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.members.wording import LONGEST_SUBJECT, LONGEST_TEXT

#: More than a text may have is taken in and told, not cut off.
TAKEN = 2


class LetterForm(forms.Form):
    """Subject and text in each language; all of it may be unfinished, and is kept."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        data: Any = None,
        *,
        subject: Mapping[str, str],
        text: Mapping[str, str],
        version: int,
    ) -> None:
        super().__init__(data, initial={"version": version})
        for code, _name in settings.LANGUAGES:
            self.fields[f"subject.{code}"] = forms.CharField(
                label=_("Subject"),
                required=False,
                max_length=LONGEST_SUBJECT * TAKEN,
                initial=subject.get(code, ""),
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[f"text.{code}"] = forms.CharField(
                label=_("Text"),
                required=False,
                max_length=LONGEST_TEXT * TAKEN,
                strip=False,
                initial=text.get(code, ""),
                widget=forms.Textarea(attrs={"lang": code, "rows": 12}),
            )
            self.fields[f"subject.{code}"].wanted = True  # type: ignore[attr-defined]
            self.fields[f"text.{code}"].wanted = True  # type: ignore[attr-defined]

    def languages(self) -> Iterator[dict[str, Any]]:
        """The two fields of each language; the reader's own first, those with words open."""
        own = str(get_language())
        named = sorted(settings.LANGUAGES, key=lambda one: one[0] != own)
        for code, name in named:
            fields = [self[f"subject.{code}"], self[f"text.{code}"]]
            says = any(field.value() or field.errors for field in fields)
            yield {"code": code, "name": name, "fields": fields, "open": says or code == own}

    def show_version(self, version: int) -> None:
        """Carry another version on: whoever is told of it may save over it."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "version": version}

    def texts(self, which: str) -> dict[str, str]:
        """What was written in each language, as subject or as text."""
        said = {code: self.cleaned_data[f"{which}.{code}"] for code, _name in settings.LANGUAGES}
        return {code: words for code, words in said.items() if words.strip()}
