"""What an identity must prove before it is believed."""

import hmac
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from requests import Response

from entrecidades.web.entrance.identity.assertion import METHOD, AssertingClient

Facts = dict[str, Any]
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


class Refused(OAuth2Error):  # type: ignore[misc]  # the library is untyped
    """An identity is not believed; the words tell the operator why, and nothing about anybody."""


class Identity(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # the library is untyped
    """One identity on its way in.

    Raises `Refused`, which the library answers with its page, when the identity is
    missing, not signed by the provider, meant for somebody else, too old, or was asked for
    by another browser.
    """

    nonce = ""

    @property
    def client_class(self) -> type[OAuth2Client]:
        """Who fetches the identity: by a signature where the operator named a key."""
        method = self.get_provider().token_auth_method
        return AssertingClient if method == METHOD else OAuth2Client

    @property
    def openid_config(self) -> Facts:
        """What the provider tells of itself, as far as it is needed."""
        try:
            told: Facts = super().openid_config
            whole = all(isinstance(told.get(name), str) for name in NEEDED)
        except (AttributeError, ValueError) as wrong:
            raise Refused("what the provider tells of itself cannot be read") from wrong
        if not whole:
            raise Refused("the provider does not tell enough of itself")
        return told

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> Any:
        """The identity, and what its provider tells about the person."""
        response: Facts = kwargs["response"]
        identity = self._proven(app, response)
        data = {"id_token": identity}
        if app.settings.get("fetch_userinfo", True):
            data["userinfo"] = self._told_about(app, identity, token.token)
        return self.get_provider().sociallogin_from_response(request, data)

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: OAuth2Client, pkce_code_verifier: Any = None
    ) -> Facts:
        """What the provider gives for a code, if it was itself that sent the person back."""
        # One provider cannot hand over the code of another (RFC 9207).
        issuer = request.GET.get("iss")
        named = self.openid_config.get("authorization_response_iss_parameter_supported")
        if (issuer or named) and issuer != self.openid_config.get("issuer"):
            raise Refused("another provider sent the person back")
        data: Facts = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return data

    def _proven(self, app: Any, response: Facts) -> Facts:
        """The identity's facts, its signature, audience, age and nonce being right."""
        identity = self._decoded(app, str(response.get("id_token") or ""))
        told = str(identity.get("nonce") or "")
        if not self.nonce or not hmac.compare_digest(told.encode(), self.nonce.encode()):
            raise Refused("the identity was not asked for by this browser")
        return identity

    def _told_about(self, app: Any, identity: Facts, access_token: str) -> Facts:
        """What the provider tells about the very person whom the identity names."""
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers=headers)
            response.raise_for_status()
        told = self._read(app, response)
        if told.get("sub") != identity["sub"]:
            raise Refused("the provider tells about somebody else")
        return told

    def _read(self, app: Any, response: Response) -> Facts:
        """What an answer tells: ProConnect and FranceConnect sign theirs, others do not."""
        if response.headers.get("content-type", "").startswith("application/jwt"):
            return self._decoded(app, response.text)
        told: Facts = response.json()
        return told

    def _decoded(self, app: Any, credential: str) -> Facts:
        """A document signed by the provider for this house."""
        try:
            facts: Facts = jwtkit.verify_and_decode(
                credential=credential,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, ValueError, TypeError, jwtkit.jwt.PyJWTError) as wrong:
            raise Refused("the provider's document cannot be read") from wrong
        if not facts.get("sub"):
            raise Refused("the identity names nobody")
        return facts
