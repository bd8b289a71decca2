"""Which account an identity opens: its own, or the one whose proven address it shares.

The rule, in three sentences. An identity that was connected before opens the account it was
connected with. One that was not opens the account with the same e-mail address only if the
provider says that the address is proven, the operator takes the provider's word for that
domain (``vouches_for``), and the person has proven the address to us as well; it is then
connected, and she is told by letter. In every other case nobody is let in, and the answer
does not tell whether there is an account.
"""

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from entrecidades.web.entrance.identity.protocol import Refused

EVERY_DOMAIN = "*"
log = logging.getLogger(__name__)


def vouched(email: str, domains: list[str]) -> bool:
    """Whether a provider's word is taken for an address.

    Examples
    --------
    >>> vouched("ana@maputo.gov.mz", ["maputo.gov.mz"])
    True
    >>> vouched("ana@maputo.gov.mz.evil.example", ["maputo.gov.mz"])
    False
    >>> vouched("ana@maputo.gov.mz", ["*"]), vouched("ana@maputo.gov.mz", [])
    (True, False)
    """
    domain = email.rpartition("@")[2].casefold()
    return EVERY_DOMAIN in domains or domain in {one.casefold() for one in domains}


class Joining(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Decides which account an identity opens."""

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, exception: Any = None, **facts: Any
    ) -> None:
        """Tell the operator in the log why an identity was refused; the page does not."""
        super().on_authentication_error(request, provider, exception=exception, **facts)
        if isinstance(exception, Refused):
            log.warning("Identity of %s refused: %s", provider.app.provider_id, exception)

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        """An identity makes no account."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Whether the identity opens the account that bears this address."""
        domains = login.provider.app.settings.get("vouches_for", [])
        # `emailVerified` as text is what some providers send; only the truth value counts.
        told = [one for one in login.email_addresses if one.email == email]
        proven_there = any(one.verified is True for one in told)
        proven_here = EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
        return vouched(email, domains) and proven_there and proven_here
