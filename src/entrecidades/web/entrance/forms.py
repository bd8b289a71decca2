"""The library's forms with what the house adds: staying logged in, and a code inside a link."""

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ConfirmLoginCodeForm,
    LoginForm,
    RequestLoginCodeForm,
)
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

STAY = "stay"


def stay_field() -> forms.BooleanField:
    """Whether this browser remains logged in for two weeks."""
    return forms.BooleanField(
        required=False,
        label=_("Stay logged in on this device for two weeks"),
        help_text=_("Not on a computer that others use."),
    )


def remember_wish(form: forms.Form) -> None:
    """Keep the wish in the session until the log-in, which may take several pages."""
    context.request.session[STAY] = bool(form.cleaned_data.get(STAY))


class PasswordLogin(LoginForm):  # type: ignore[misc]  # the library is untyped
    """Log in with a password."""

    stay = stay_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["remember"]  # the library's word for it

    def clean(self) -> dict[str, Any]:
        """Check the password; keep the wish to stay."""
        cleaned: dict[str, Any] = super().clean()
        remember_wish(self)
        cleaned["remember"] = cleaned.get(STAY, False)
        return cleaned


class CodeRequest(RequestLoginCodeForm):  # type: ignore[misc]  # the library is untyped
    """Ask for a code by letter."""

    stay = stay_field()

    def clean(self) -> dict[str, Any]:
        """Look for the account; keep the wish to stay."""
        cleaned: dict[str, Any] = super().clean()
        remember_wish(self)
        return cleaned


class CodeConfirmation(ConfirmLoginCodeForm):  # type: ignore[misc]  # the library is untyped
    """Type the code, or come by the link in the letter, which brings it along."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = context.request.GET.get("code", "")[:20]

    def clean_code(self) -> str:
        """The code, unless everything given out before a moment was ended since it was sent."""
        code: str = super().clean_code()
        stage = context.request._login_stage  # noqa: SLF001 - the library keeps it there
        ended = stage.login.user and stage.login.user.credentials_from
        if ended and stage.state["at"] < ended.timestamp():
            raise forms.ValidationError(_("This code no longer holds: ask for another letter."))
        return code


class NewAddress(AddEmailForm):  # type: ignore[misc]  # the library is untyped
    """Ask for another address; the present one must be hers beyond doubt."""

    def clean_email(self) -> str:
        """The new address, unless the present one waits to be proven itself."""
        email: str = super().clean_email()
        if not EmailAddress.objects.filter(user=self.user, verified=True).exists():
            raise forms.ValidationError(
                _("First prove the present address: log in once with a letter.")
            )
        return email


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]  # the library is untyped
    """Add a passkey."""

    passwordless = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Log in with it alone"),
        help_text=_("It then needs your fingerprint, your face or the number of the device."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the device")
