"""An identity from a provider in a federation of trust, such as those of SPID and CIE."""

import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from hashlib import sha256, sha512
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.internal import jwtkit
from django.conf import settings
from django.http import HttpRequest
from requests import Response

from entrecidades.engines.federation.tokens import UnknownKey, Untrusted, keys_of, proved
from entrecidades.kernel.own_keys import signed, unlocked
from entrecidades.web.entrance.identity.assertion import HOLDS, AssertingClient
from entrecidades.web.entrance.identity.protocol import Facts, Identity, Refused
from entrecidades.web.entrance.identity.trust import trusted

#: A locked token has so many dots, a signed one two.
DOTS_OF_LOCKED = 4
#: What stands beside the signed request too, as the standard wants it.
BESIDE = ("client_id", "response_type", "scope", "code_challenge", "code_challenge_method")


class RequestingClient(AssertingClient):
    """Signs what it asks of a provider (RFC 9101), as well as who it is."""

    issuer = ""

    def get_redirect_url(self, address: str, scope: list[str], params: dict[str, Any]) -> str:
        """Where a browser is sent; nobody on the way can change what is asked."""
        now = int(time.time())
        asked = {
            "client_id": self.consumer_key,
            "redirect_uri": self.callback_url,
            "response_type": "code",
            "scope": self.scope_delimiter.join(scope),
            "state": self.state,
            # The library codes the challenge of PKCE as bytes.
            **{name: _text(value) for name, value in params.items()},
        }
        proof = {
            "iss": self.consumer_key,
            "aud": self.issuer,
            "jti": secrets.token_urlsafe(24),
            "iat": now,
            "exp": now + HOLDS,
        }
        told = {name: asked[name] for name in BESIDE if name in asked}
        request = signed({**asked, **proof}, self.consumer_secret)
        return f"{address}?{urlencode({**told, 'request': request})}"


class FederatedIdentity(Identity):
    """One identity on its way in, from a provider that a chain of trust vouches for."""

    client_class = RequestingClient

    @property
    def openid_config(self) -> Facts:
        """What is believed of the provider: never what it tells by itself."""
        if not hasattr(self, "_believed"):
            self._believed = self._believe()
        return self._believed

    def _believe(self, *, anew: bool = False) -> Facts:
        told = self.get_provider().app.settings
        try:
            return trusted(told["server_url"], told["anchor"], anew=anew)
        except Untrusted as wrong:
            raise Refused(str(wrong)) from wrong

    def get_client(self, request: HttpRequest, app: Any) -> RequestingClient:
        """Who asks; a request names whom it is for."""
        client: RequestingClient = super().get_client(request, app)
        client.issuer = self.openid_config["issuer"]
        return client

    def _proven(self, app: Any, response: Facts) -> Facts:
        """The identity's facts; it belongs to this access, and is as sure as was asked for."""
        identity = super()._proven(app, response)
        told = str(identity.get("at_hash") or "")
        wanted = _half_hashes(str(response.get("access_token")))
        if not any(hmac.compare_digest(told.encode(), one.encode()) for one in wanted):
            raise Refused("the identity belongs to another access")
        asked = app.settings.get("auth_params", {}).get("acr_values", "").split()
        if asked and identity.get("acr") not in asked:
            raise Refused("the identity is less sure than was asked for")
        return identity

    def _read(self, app: Any, response: Response) -> Facts:
        """What the provider tells about a person is signed, whatever it calls itself."""
        return self._decoded(app, response.text)

    def _decoded(self, app: Any, credential: str) -> Facts:
        """A document signed by the provider for this house, and locked for it perhaps."""
        try:
            if credential.count(".") == DOTS_OF_LOCKED:
                credential = unlocked(credential, settings.FEDERATION["encryption_keys"])
            try:
                facts = self._proved(app, credential)
            except UnknownKey:
                # The provider may have a new key since it was last looked at.
                self._believed = self._believe(anew=True)
                facts = self._proved(app, credential)
        except ValueError as wrong:
            raise Refused(f"the provider's document is not believed: {wrong}") from wrong
        jwtkit.verify_jti(facts)
        if not facts.get("sub"):
            raise Refused("the identity names nobody")
        return facts

    def _proved(self, app: Any, credential: str) -> Facts:
        believed = self.openid_config
        issuer, keys = believed["issuer"], keys_of({"jwks": believed["jwks"]})
        return proved(credential, keys, now=time.time(), iss=issuer, aud=app.client_id)


def _text(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value


def _half_hashes(access_token: str) -> list[str]:
    """What ``at_hash`` may be: the first half of a hash, shorter or longer by the algorithm."""
    digests = (hashed(access_token.encode()).digest() for hashed in (sha256, sha512))
    halves = (digest[: len(digest) // 2] for digest in digests)
    return [urlsafe_b64encode(half).rstrip(b"=").decode() for half in halves]
