"""Forms about people's data: what she asks, what operators answer, what went wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entrecidades.privacy.choices import Country, RequestKind

#: What a person with an account asks for by a form; copy and erasure have pages of their own.
ASKED = (RequestKind.RECTIFICATION, RequestKind.OBJECTION)


class ErasureForm(forms.Form):
    """The last look before an erasure."""

    sure = forms.BooleanField(label=_("I have read what goes and what stays; erase me"))


class RequestForm(forms.Form):
    """What a person asks about her data."""

    kind = forms.ChoiceField(
        label=_("I ask"),
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in ASKED],
    )
    words = forms.CharField(
        label=_("In my words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class NoteRequestForm(forms.Form):
    """A request that came by letter, by telephone or in person."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=RequestKind.choices)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=Country.choices,
        help_text=_("Whose law and whose holidays count."),
    )
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Where the answer goes, and nothing else.")
    )
    words = forms.CharField(
        label=_("In her words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """What operators tell her."""

    words = forms.CharField(
        label=_("Words to her"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was done, or why it was not, or why it takes longer. Name nobody."),
    )


class IncidentForm(forms.Form):
    """What went wrong."""

    title = forms.CharField(label=_("What happened"), max_length=200)
    text = forms.CharField(
        label=_("What is known, and what was done"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Which kinds of data, of how many people. Name nobody."),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=Country.choices,
        help_text=_("Whose authority is to be told."),
    )
    known_at = forms.DateTimeField(
        label=_("Known since"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("The clock runs from this moment (UTC)."),
    )
