"""The form with which an operator hands a list in: what it is, and its files."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entrecidades.documents.rules import size_words
from entrecidades.exchange.services.submissions import KINDS, MOST_FILES
from entrecidades.web.presenters.imports import kind_told

ENDINGS = ".csv,.txt"


class SeveralFiles(forms.FileInput):
    """One choice of several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, _data: Any, files: Any, name: str) -> list[Any]:
        """All that were sent under the name."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class FilesField(forms.FileField):
    """Several files; the house says itself what is wrong with each."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, each as it came."""
        clean = super().clean
        return [clean(one, initial) for one in data or [None]]


class SubmissionForm(forms.Form):
    """What a list is, and its files."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"))
    uploads = FilesField(label=gettext_lazy("Files"), max_length=255, allow_empty_file=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind, files = self.fields["kind"], self.fields["uploads"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - declared above
        kind.choices = [("", _("Choose…")), *((one, kind_told(one)) for one in KINDS)]
        said = {"n": MOST_FILES, "limit": size_words(settings.DOCUMENT_BYTES)}
        files.help_text = (
            _("Text as CSV in UTF-8, up to %(limit)s each; at most %(n)s files.") % said
        )
        files.widget.attrs["accept"] = ENDINGS
