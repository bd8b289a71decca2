"""A provider of identities that lives in the test, on 127.0.0.1, and lies on request."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY, OTHER_KEY = (rsa.generate_private_key(65537, 2048) for _ in range(2))


class Provider:
    """What the provider believes, and what was asked of it."""

    def __init__(self):
        self.claims, self.told, self.asked, self.key = {}, {}, {}, KEY
        self.house_keys, self.posted = None, {}
        self.server = HTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def identity(self):
        now = int(time.time())
        facts = {
            "iss": self.url,
            "aud": "house",
            "sub": "4711",
            "iat": now,
            "exp": now + 60,
            "nonce": self.asked.get("nonce", ""),
        }
        facts = {key: value for key, value in (facts | self.claims).items() if value is not None}
        return jwt.encode(facts, self.key, "RS256", headers={"kid": "k"})

    def document(self, path, form):
        if path == "/.well-known/openid-configuration":
            at = {"token": "token", "userinfo": "userinfo", "authorization": "authorize"}
            there = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in at.items()}
            return {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **there}
        if path == "/keys":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
            return {"keys": [{**public, "kid": "k", "alg": "RS256"}]}
        if path == "/token":
            self.asked["verifier"], self.posted = form["code_verifier"][0], form
            if self.house_keys is not None and not self.knows_the_house(form):
                return {"error": "invalid_client"}
            return {"access_token": "a", "token_type": "Bearer", "id_token": self.identity()}
        person = {"email": "officer@maputo.example", "email_verified": True}
        return {"sub": "4711", **person} | self.told

    def knows_the_house(self, form):
        """Whether the house has signed who it is, with a key that it has published."""
        assertion = form.get("client_assertion", [""])[0]
        try:
            name = jwt.get_unverified_header(assertion)["kid"]
            (told,) = [key for key in self.house_keys if key["kid"] == name]
            facts = jwt.decode(
                assertion, jwt.PyJWK(told), [told["alg"]], audience=f"{self.url}/token"
            )
        except (jwt.PyJWTError, KeyError, ValueError):
            return False
        return facts["iss"] == facts["sub"] == "house" and facts["jti"]

    def handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                answer = provider.document(urlsplit(self.path).path, parse_qs(body))
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            do_GET = do_POST = answer  # noqa: N815 - the names that http.server asks for

            def log_message(self, *_):
                """Keep quiet."""

        return Handler

    def settings(self, **facts):
        from entrecidades.config.identity_providers import library_settings  # noqa: PLC0415

        provider = {"id": "test", "name": "Test identity", "server": self.url}
        return library_settings(
            [
                {
                    **provider,
                    "client_id": "house",
                    **({} if "key_files" in facts else {"secret": "s"}),
                    **facts,
                }
            ]
        )

    def leave(self, client, process="login", path="/en/accounts/identity/test/"):
        """Press the button: the provider is asked, and remembers what."""
        response = client.post(f"{path}?process={process}")
        asked = parse_qs(urlsplit(response["Location"]).query)
        self.asked = {key: value[0] for key, value in asked.items()}
        return response

    def come_back(self, client, **facts):
        there = {"code": "c", "state": self.asked["state"], **facts}
        return client.get("/en/accounts/identity/test/return/", there)

    def pkce_agrees(self):
        digest = hashlib.sha256(self.asked["verifier"].encode()).digest()
        told = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return self.asked["code_challenge"] == told
