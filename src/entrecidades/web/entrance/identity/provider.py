"""A provider of identities: gov.br, ProConnect, a city's own directory."""

import secrets
from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from entrecidades.web.entrance.identity.protocol import Identity

NONCE = "nonce"
# All that is kept of what a provider tells; gov.br, for one, sends the taxpayer's number too.
KEPT = ("sub", "email", "email_verified", "name")


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]  # the library is untyped
    """Asks for an identity with PKCE and a nonce."""

    oauth2_adapter_class = Identity
    pkce_enabled_default = True

    def get_auth_params_from_request(self, _request: HttpRequest, _action: str) -> dict[str, str]:
        """The operator's parameters alone: an address cannot bring its own."""
        params: dict[str, str] = self.get_auth_params()
        return params

    def get_scope_from_request(self, _request: HttpRequest) -> list[str]:
        """The operator's scope alone."""
        scope: list[str] = self.get_scope()
        return scope

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """The few facts that are kept with the account."""
        told = data.get("userinfo") or data["id_token"]
        return {"userinfo": {key: told[key] for key in KEPT if key in told}}

    def redirect(self, request: HttpRequest, process: str, **facts: Any) -> HttpResponse:
        """Send the person to the provider, and keep the nonce in her session."""
        nonce = secrets.token_urlsafe(24)
        params = {**(facts.pop("auth_params", None) or self.get_auth_params()), NONCE: nonce}
        answer: HttpResponse = super().redirect(
            request, process, auth_params=params, nonce=nonce, **facts
        )
        return answer


provider_classes = [IdentityProvider]
