"""Who has neither password nor passkey shows by a fresh letter that it is her.

The library asks again for a password or a code before it changes what protects an account,
and lets pass those who have neither. They log in by letter; so they are asked for another.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

FRESH = 15 * 60
PROTECTED = {
    "account_email",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "socialaccount_connections",
    "web:account-close",
    "web:person-look",
    "web:person-proofs",
}


class FreshProof:
    """Asks for a fresh letter before a protected page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Send her to the log-in and back, when her last proof is not fresh."""
        match = request.resolver_match
        connecting = request.GET.get("process") == "connect"
        asked = match and (match.view_name in PROTECTED or connecting)
        if not asked or not request.user.is_authenticated or is_fresh(request):
            return None
        # A form is not sent again by itself: she comes back to its page.
        back = reverse("web:account") if connecting else request.path
        logout(request)
        messages.info(request, _("This protects your account: show by a letter that it is you."))
        return HttpResponseRedirect(
            f"{reverse('account_request_login_code')}?{urlencode({'next': back})}"
        )


def is_fresh(request: HttpRequest) -> bool:
    """Whether the library can ask again by itself, or she has just logged in."""
    if get_reauthentication_flows(request.user):
        return True
    proofs = get_authentication_records(request, request.user)
    return bool(proofs) and time.time() - proofs[-1]["at"] < FRESH
