"""The house signs for a provider that it is the house (RFC 7523, ``private_key_jwt``)."""

import secrets
import time
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Client

from entrecidades.kernel.own_keys import signed

METHOD = "private_key_jwt"
KIND = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: For so many seconds an assertion holds.
HOLDS = 60


class AssertingClient(OAuth2Client):  # type: ignore[misc]  # the library is untyped
    """Fetches an identity with a signed assertion; the key itself never leaves the house."""

    consumer_secret: str

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: Any = None
    ) -> Any:
        """What the provider gives for a code, the house being who it says it is."""
        key, self.consumer_secret = self.consumer_secret, ""
        try:
            told = {"client_assertion_type": KIND, "client_assertion": self._assertion(key)}
            return super().get_access_token(
                code, pkce_code_verifier, {**(extra_data or {}), **told}
            )
        finally:
            self.consumer_secret = key

    def _assertion(self, key: str) -> str:
        """Who asks, whom, when; each is used once."""
        now = int(time.time())
        facts = {
            "iss": self.consumer_key,
            "sub": self.consumer_key,
            "aud": self.access_token_url,
            "jti": secrets.token_urlsafe(24),
            "iat": now,
            "exp": now + HOLDS,
        }
        return signed(facts, key)
