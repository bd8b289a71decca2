"""Forms with which operators help people: look as somebody, ask that somebody becomes one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.rules import LONGEST_LOOK


class LookForm(forms.Form):
    """Why an operator looks as somebody, and for how long."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("She reads it in a letter and in her data. Name nobody else."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=LONGEST_LOOK,
        initial=15,
        help_text=_("At most thirty."),
    )


class NominationForm(forms.Form):
    """Why somebody is to become an operator."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The operator who decides reads it."),
    )
