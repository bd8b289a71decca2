"""Forms of those who join: an invitation, a code, who one is, a claim and its decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.roles import GRANTS, MandateRole
from entrecidades.kernel.text import with_colon


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    role = forms.ChoiceField(label=_("As what"), widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Leave it empty for a link and a code that you pass on yourself."),
    )

    def __init__(self, *args: object, roles: list[MandateRole], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(role.value, says(role)) for role in roles]


def says(role: MandateRole) -> str:
    """A role in plain words."""
    return with_colon(role.label.capitalize(), GRANTS[role].says)


class CodeForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Two groups of four letters, such as HKTW-AXMC."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )


class WhoForm(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The one you have in office. We send a link there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ClaimForm(WhoForm):
    """Who claims a body, and what she does there."""

    post = forms.CharField(label=_("What you do there"), max_length=200, required=False)


class DecisionForm(forms.Form):
    """What an association says to a claim."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed for a no; she reads it."),
    )
    own_domain = forms.BooleanField(
        label=_("Everybody with an address of this domain works for the body"),
        required=False,
        help_text=_("From then on an address of the domain proves it; leave it empty if unsure."),
    )
