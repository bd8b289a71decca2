"""What an identity must prove before it is believed."""

import hmac
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from entrecidades.web.entrance.identity.assertion import METHOD, AssertingClient

Facts = dict[str, Any]


class Identity(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # the library is untyped
    """One identity on its way in.

    Raises `OAuth2Error`, which the library answers with its page, when the identity is
    missing, not signed by the provider, meant for somebody else, too old, or was asked for
    by another browser.
    """

    nonce = ""

    @property
    def client_class(self) -> type[OAuth2Client]:
        """Who fetches the identity: by a signature where the operator named a key."""
        method = self.get_provider().token_auth_method
        return AssertingClient if method == METHOD else OAuth2Client

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> Any:
        """The identity, and what its provider tells about the person."""
        response: Facts = kwargs["response"]
        identity = self._proven(app, response.get("id_token") or "")
        data = {"id_token": identity}
        if app.settings.get("fetch_userinfo", True):
            data["userinfo"] = self._told_about(app, identity, token.token)
        return self.get_provider().sociallogin_from_response(request, data)

    def _proven(self, app: Any, credential: str) -> Facts:
        """The identity's facts, its signature, audience, age and nonce being right."""
        identity = self._decoded(app, credential)
        told = str(identity.get("nonce") or "")
        if not self.nonce or not hmac.compare_digest(told.encode(), self.nonce.encode()):
            raise OAuth2Error("the identity was not asked for by this browser")
        return identity

    def _told_about(self, app: Any, identity: Facts, access_token: str) -> Facts:
        """What the provider tells about the very person whom the identity names."""
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers=headers)
            response.raise_for_status()
        # ProConnect and FranceConnect answer with a signed document instead of a plain one.
        signed = response.headers.get("content-type", "").startswith("application/jwt")
        told: Facts = self._decoded(app, response.text) if signed else response.json()
        if told.get("sub") != identity["sub"]:
            raise OAuth2Error("the provider tells about somebody else")
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
        except (KeyError, ValueError, jwtkit.jwt.PyJWTError) as wrong:
            raise OAuth2Error("the provider's document cannot be read") from wrong
        if not facts.get("sub"):
            raise OAuth2Error("the identity names nobody")
        return facts
