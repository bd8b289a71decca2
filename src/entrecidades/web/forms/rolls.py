"""The forms of a list of members: handing it in, and answering what is not certain."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

ENDINGS = ".csv,.txt,.xlsx"
NONE, ALL, SOME = "none", "all", "some"


class RollForm(forms.Form):
    """The file of a list."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        max_length=255,
        allow_empty_file=True,
        help_text=gettext_lazy("CSV or XLSX, with the names of the columns in the first row."),
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )


class EndingForm(forms.Form):
    """Whose membership ends, and on which day."""

    end = forms.ChoiceField(
        choices=[
            (NONE, pgettext_lazy("memberships that end", "none of them")),
            (SOME, pgettext_lazy("memberships that end", "those I tick")),
            (ALL, pgettext_lazy("memberships that end", "all of them")),
        ],
        required=False,
    )
    ends_on = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        """A day is needed where anything ends."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("end") in {SOME, ALL} and not told.get("ends_on"):
            self.add_error("ends_on", _("Give the last day of these memberships."))
        return told
