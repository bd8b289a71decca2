"""Forms of the text of an agreement: how it begins, a clause in its languages, remarks, a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.agreements.models import Agreement, Party
from entrecidades.agreements.patterns import pattern_for, patterns
from entrecidades.agreements.text_rules import LONGEST, NOTE, REMARK
from entrecidades.kernel.editing import Units
from entrecidades.web.forms.editing import EditForm
from entrecidades.web.presenters.texts import language_called


class BeginForm(forms.Form):
    """From which model a text begins."""

    model = forms.ChoiceField(
        label=gettext_lazy("Begin from"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, agreement: Agreement, **options: Any) -> None:
        own = pattern_for(agreement.kind)
        options["initial"] = {"model": own.name if own else ""}
        super().__init__(*args, **options)
        others = [one for one in patterns().values() if one is not own]
        offered = [
            (one.name, _model(one.title, len(one.clauses)))
            for one in ([own] if own else []) + others
        ]
        field = cast("forms.ChoiceField", self.fields["model"])
        field.choices = [*offered, ("", _("an empty text"))]


def _model(title: Any, count: int) -> str:
    """A model as the list of models names it."""
    code = get_language() or "en"
    words = title.get(code) or title.get(code.partition("-")[0]) or title["en"]
    return _("%(title)s, %(count)d clauses") % {"title": words, "count": count}


@dataclass(frozen=True, slots=True)
class Said:
    """What a form of a clause begins from: its units, and the languages of the text."""

    said: Units
    languages: Sequence[str]
    has_body: bool = True

    def units(self) -> Units:
        """What the clause says."""
        return self.said


class ClauseForm(EditForm):
    """A clause, or the title, with one field for each part in each language."""

    TEXTS: ClassVar[dict[str, Any]] = {}
    record: Any

    def __init__(self, *args: Any, record: Said, editor: Person, **options: Any) -> None:
        super().__init__(*args, record=cast("Any", record), editor=editor, **options)

    def _ask_for_texts(self) -> None:
        """The heading and the wording, language by language."""
        self.other_names = []
        for code in self.record.languages:
            said = {"language": language_called(code)}
            name = (
                _("Heading (%(language)s)") if self.record.has_body else _("Title (%(language)s)")
            )
            self.fields[f"heading.{code}"] = forms.CharField(
                label=name % said,
                required=False,
                max_length=LONGEST["heading"],
                widget=forms.TextInput(attrs={"lang": code}),
            )
            if self.record.has_body:
                self.fields[f"body.{code}"] = forms.CharField(
                    label=_("Wording (%(language)s)") % said,
                    required=False,
                    max_length=LONGEST["body"],
                    widget=forms.Textarea(attrs={"lang": code, "rows": 9}),
                )

    @property
    def columns(self) -> list[list[forms.BoundField]]:
        """The fields of each language."""
        parts = ("heading", "body") if self.record.has_body else ("heading",)
        return [[self[f"{part}.{code}"] for part in parts] for code in self.record.languages]


class RemarkForm(forms.Form):
    """What somebody says of a clause, and for which body."""

    words = forms.CharField(
        label=gettext_lazy("Your remark"),
        max_length=REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    party = forms.ChoiceField(label=gettext_lazy("For whom you write"), required=False)

    def __init__(self, *args: Any, speakers: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        self.speakers = {str(party.pk): party for party in speakers}
        field = cast("forms.ChoiceField", self.fields["party"])
        field.choices = [(key, one.entity.name_in()) for key, one in self.speakers.items()]
        field.initial = next(iter(self.speakers), "")
        if len(self.speakers) == 1:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Refuse who writes for none of them."""
        if not self.speakers:
            raise forms.ValidationError(_("Your role does not allow this for any of the parties."))
        return super().clean() or self.cleaned_data

    def speaker(self) -> Party:
        """The body for which it is written; the only one, or the first, when none is named."""
        return self.speakers[self.cleaned_data["party"] or next(iter(self.speakers))]


class NumberForm(forms.Form):
    """What is new in a version."""

    note = forms.CharField(
        label=gettext_lazy("What is new in it"),
        required=False,
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WordForm(forms.Form):
    """A Word file that comes back."""

    upload = forms.FileField(
        label=gettext_lazy("Word file (DOCX)"), allow_empty_file=True, max_length=255
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["upload"].widget.attrs["accept"] = ".docx"


class ForPartyForm(forms.Form):
    """Something that is done for one of the parties for which somebody acts."""

    party = forms.ChoiceField(label=gettext_lazy("For whom"))

    def __init__(self, *args: Any, parties: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        self.parties = {str(party.pk): party for party in parties}
        field = cast("forms.ChoiceField", self.fields["party"])
        field.choices = [(key, one.entity.name_in()) for key, one in self.parties.items()]
        field.initial = next(iter(self.parties), "")
        self.order_fields([*(name for name in self.fields if name != "party"), "party"])

    def named(self) -> Party:
        """The party."""
        return self.parties[self.cleaned_data["party"]]


class SignedForm(ForPartyForm):
    """A signed PDF."""

    upload = forms.FileField(
        label=gettext_lazy("Signed file (PDF)"),
        allow_empty_file=True,
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )


class SignForm(ForPartyForm):
    """A certificate with its key, and the passphrase that opens it; neither is kept."""

    key = forms.FileField(
        label=gettext_lazy("Certificate with its key (PKCS#12: .p12 or .pfx)"),
        allow_empty_file=True,
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".p12,.pfx"}),
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase of the certificate"),
        required=False,
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
