"""Files in forms, and the form in which a document is handed in or named anew."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.documents.rules import ENDINGS, KINDS, size_words
from entrecidades.network.choices import Visibility
from entrecidades.web.forms.editing import EditForm
from entrecidades.web.forms.records import day_field


class UploadField(forms.FileField):
    """One file; says beforehand what is taken and how large it may be."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("File"))
        options.setdefault("max_length", 255)
        # The house says itself what is wrong with an empty file.
        options.setdefault("allow_empty_file", True)
        super().__init__(**options)

    def told(self) -> None:
        """Say what is taken, in the reader's language."""
        kinds = ", ".join(manner.endings[0].upper() for manner in KINDS.values())
        said = {"kinds": kinds, "limit": size_words(settings.DOCUMENT_BYTES)}
        self.help_text = _("%(kinds)s, up to %(limit)s.") % said
        self.widget.attrs["accept"] = ",".join(ENDINGS)


class FileForm(forms.Form):
    """A file, what it is called, and its language."""

    upload = UploadField()
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Without one it is called as the file is."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"language": get_language(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.fields["upload"].told()  # type: ignore[attr-defined]


class DocumentForm(FileForm):
    """A file for a body's own shelf: also, how long it is kept."""

    kept_until = day_field(gettext_lazy("Keep until"))


class ShownForm(FileForm):
    """A file that is shown with a record of its body: also, who sees it."""

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=[rung for rung in Visibility.choices if rung[0] != Visibility.PARTNER],
        initial=Visibility.PUBLIC,
        help_text=gettext_lazy("Of those who see the record with which it is shown."),
    )


class DocumentEditForm(EditForm):
    """What a document is called, its language, and how long it is kept; never its content."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, required=False
    )
    kept_until = day_field(gettext_lazy("Keep until"))
