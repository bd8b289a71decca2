"""A provider of identities: gov.br, ProConnect, a city's own directory."""

from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from entrecidades.web.entrance.identity.federated import FederatedIdentity
from entrecidades.web.entrance.identity.protocol import Identity

NONCE = "nonce"
#: SPID and CIE want letters and digits alone, and 32 of them or more.
LONG = 40
# All that is kept of what a provider tells; gov.br and SPID know the taxpayer's number too.
KEPT = ("sub", "email", "email_verified", "name")
NAMES = ("given_name", "family_name")


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]  # the library is untyped
    """Asks for an identity with PKCE and a nonce."""

    oauth2_adapter_class = Identity
    pkce_enabled_default = True

    def get_oauth2_adapter(self, request: HttpRequest) -> Identity:
        """What an identity must prove: more, where a federation vouches for its provider."""
        kind = FederatedIdentity if "anchor" in self.app.settings else self.oauth2_adapter_class
        adapter: Identity = kind(request, self.app.provider_id)
        return adapter

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
        told = dict(data.get("userinfo") or data["id_token"])
        # SPID and CIE tell a name in two parts.
        if parts := [str(told[part]) for part in NAMES if told.get(part)]:
            told.setdefault("name", " ".join(parts))
        return {"userinfo": {key: told[key] for key in KEPT if key in told}}

    def redirect(self, request: HttpRequest, process: str, **facts: Any) -> HttpResponse:
        """Send the person to the provider, and keep the nonce in her session."""
        nonce = get_random_string(LONG)
        params = {**(facts.pop("auth_params", None) or self.get_auth_params()), NONCE: nonce}
        answer: HttpResponse = super().redirect(
            request,
            process,
            auth_params=params,
            nonce=nonce,
            state_id=get_random_string(LONG),
            **facts,
        )
        return answer


provider_classes = [IdentityProvider]
