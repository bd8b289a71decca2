"""Who may come in, from which address, what is noted of it, and where she is led to."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from entrecidades.accounts.choices import Change
from entrecidades.accounts.models import Person
from entrecidades.accounts.services import change_password, keep_address, tell_of_change
from entrecidades.kernel import clock
from entrecidades.web.entrance.forms import STAY
from entrecidades.web.entrance.known import remember_browser
from entrecidades.web.entrance.sessions import begin
from entrecidades.web.limits.networks import address_of

# The library's letters about changes, and ours, which are promised and sent by the worker.
TOLD = {
    "account/email/password_changed": Change.PASSWORD,
    "account/email/password_reset": Change.PASSWORD,
    "account/email/password_set": Change.PASSWORD,
    "mfa/email/totp_activated": Change.APP_ADDED,
    "mfa/email/totp_deactivated": Change.APP_REMOVED,
    "mfa/email/webauthn_added": Change.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": Change.PASSKEY_REMOVED,
    "mfa/email/recovery_codes_generated": Change.RECOVERY_CODES,
    "socialaccount/email/account_connected": Change.IDENTITY_ADDED,
    "socialaccount/email/account_disconnected": Change.IDENTITY_REMOVED,
}


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Nobody signs up alone: accounts come from an operator, an invitation or a claim."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Whether strangers may sign up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address, as the house reads it."""
        return address_of(request)

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Write a letter whose links lead to the house, whatever host a request has named."""
        at_home = {
            name: settings.PUBLIC_URL + urlsplit(value)._replace(scheme="", netloc="").geturl()
            for name, value in context.items()
            if name.endswith("_url")
        }
        facts = context | at_home
        letter: EmailMessage = super().render_mail(template_prefix, email, facts, headers)
        return letter

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be led on to an address: to a path of the house, and to no host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Only the address that was to replace the present one can be given up."""
        return bool(email_address.email != email_address.user.email)

    def login(self, request: HttpRequest, user: Person) -> None:
        """Let her in under a new session; a code from a letter has proven her address."""
        stays = bool(request.session.get(STAY))
        super().login(request, user)
        proofs = get_authentication_records(request, user)
        by_letter = {proof.get("email") for proof in proofs if proof["method"] == "code"}
        keep_address(person=user, proven=user.email in by_letter)
        begin(request, user, stays=stays)

    def post_login(self, request: HttpRequest, user: Person, **facts: Any) -> HttpResponse:
        """Where she goes next; the browser is known from now on."""
        response: HttpResponse = super().post_login(request, user, **facts)
        remember_browser(request, response, user)
        return response

    def set_password(self, user: Person, password: str) -> None:
        """She has another password, and every other browser is logged out."""
        signed_in = self.request.user.is_authenticated and self.request.user.pk == user.pk
        change_password(
            person=user,
            password=password,
            by=user,
            at=clock.now(),
            keep_session=(self.request.session.session_key or "") if signed_in else "",
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell her of a change; that her address changed is told to the old one, at once."""
        if template_prefix in TOLD:
            tell_of_change(person=user, change=TOLD[template_prefix])
        elif template_prefix == "account/email/email_changed" and email:
            self.send_mail(template_prefix, email, {**(context or {}), "user": user})
