"""A federation with a provider that lives in the test, on 127.0.0.1, and lies on request."""

import base64
import hashlib
import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import jwt
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jwe
from joserfc.jwk import RSAKey

from entrecidades.config.federation import federation_of
from entrecidades.config.identity_providers import library_settings
from tests.engines.realm import CORE, WELL_KNOWN, Realm

HOUSE, LEADS_ON = "https://house.example", "another address"
LEVEL = "https://www.spid.gov.it/SpidL2"
OURS = {
    "key_files": ec.generate_private_key(ec.SECP256R1()),
    "client_key_files": rsa.generate_private_key(65537, 2048),
    "encryption_key_files": rsa.generate_private_key(65537, 2048),
}
ASKED = {
    "acr_values": LEVEL,
    "prompt": "consent",
    "claims": {"userinfo": {"given_name": None, "family_name": None, "email": None}},
}
PERSON = {
    "given_name": "Ana",
    "family_name": "Prova",
    "email": "officer@maputo.example",
    "email_verified": True,
    "https://attributes.eid.gov.it/fiscal_number": "TINIT-PRVNAA70A41F205X",
}


def file_of(folder, name, key):
    file = folder / f"{name}.pem"
    told = (pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
    file.write_bytes(key.private_bytes(*told))
    return str(file)


def logged_in_as(client):
    return client.session.get("_auth_user_id")


class FederatedProvider(Realm):
    """A provider that knows the house by its statement alone, and answers signed and locked."""

    def __init__(self):
        self.server = HTTPServer(("127.0.0.1", 0), self.handler())
        super().__init__(f"http://127.0.0.1:{self.server.server_port}")
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def tell_the_truth(self):
        super().tell_the_truth()
        self.claims, self.told, self.key, self.algorithm = {}, {}, CORE, "RS256"
        self.house, self.request, self.refused, self.locks = None, {}, [], True
        self.plain, self.key_name = False, "core"

    def settings(self, folder, **facts):
        """What an operator names: the federation, and this provider in it."""
        federation = {
            "entity": HOUSE,
            "organization": "House of tests",
            "contacts": ["house@house.example"],
            "anchors": {self.name("anchor"): self.anchor_file(folder)},
            **{name: [file_of(folder, name, key)] for name, key in OURS.items()},
        }
        provider = {
            "id": "test",
            "name": "Test identity",
            "server": self.name("op"),
            "anchor": self.name("anchor"),
            "auth_params": ASKED,
            **facts,
        }
        told = federation_of(federation)
        return told, library_settings([provider], told)

    def leave(self, client, process="login"):
        """Press the button; the provider reads the house's statement and its signed request."""
        response = client.post(f"/en/accounts/identity/test/?process={process}")
        if response.status_code != 302:
            return response
        self.house = self.house_statement(client)
        self.query = {k: v[0] for k, v in parse_qs(urlsplit(response["Location"]).query).items()}
        self.request = self.by_the_house(self.query["request"], audience=self.name("op"))
        return response

    def house_statement(self, client):
        """What the house states about itself, proved by the key in it."""
        return self.stated(client.get("/.well-known/openid-federation").content.decode())

    def stated(self, token):
        """A statement that a member signed with the one key in it."""
        (key,) = jwt.decode(token, options={"verify_signature": False})["jwks"]["keys"]
        return jwt.decode(token, jwt.PyJWK(key), [key["alg"]])

    def by_the_house(self, token, audience):
        """A token that the house has signed as a client."""
        name = jwt.get_unverified_header(token)["kid"]
        told = self.house["metadata"]["openid_relying_party"]["jwks"]["keys"]
        (key,) = [key for key in told if key["kid"] == name and key["use"] == "sig"]
        wanted = ["iss", "exp", "iat", "jti"]
        return jwt.decode(
            token,
            jwt.PyJWK(key),
            [key["alg"]],
            audience=audience,
            issuer=HOUSE,
            options={"require": wanted},
        )

    def authorize(self, query):
        """A browser comes with the house's request: whose it is, the house is asked itself."""
        with urlopen(f"{self.house_at}{WELL_KNOWN}", timeout=20) as answer:  # noqa: S310 - a test's
            self.house = self.stated(answer.read().decode())
        self.request = self.by_the_house(query["request"][0], audience=self.name("op"))
        told = {"code": "c", "state": self.request["state"], "iss": self.name("op")}
        return f"{self.request['redirect_uri']}?{urlencode(told)}"

    def come_back(self, client, **facts):
        there = {"code": "c", "state": self.request["state"], "iss": self.name("op"), **facts}
        there = {name: value for name, value in there.items() if value is not None}
        return client.get("/en/accounts/identity/test/return/", there)

    def signed(self, facts):
        now = int(time.time())
        around = {"iss": self.name("op"), "aud": HOUSE, "sub": "4711", "iat": now, "exp": now + 60}
        told = {key: value for key, value in (around | facts).items() if value is not None}
        return jwt.encode(told, self.key, self.algorithm, headers={"kid": self.key_name})

    def identity(self):
        half = hashlib.sha256(b"access").digest()[:16]
        facts = {
            "nonce": self.request.get("nonce", ""),
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            "acr": LEVEL,
            "jti": str(uuid.uuid4()),
        }
        return self.signed(facts | self.claims)

    def told_about(self):
        """What is told about the person: signed, and locked with the house's key."""
        told = self.signed(PERSON | self.told)
        if not self.locks:
            return told
        keys = self.house["metadata"]["openid_relying_party"]["jwks"]["keys"]
        (key,) = [key for key in keys if key["use"] == "enc"]
        head = {"alg": "RSA-OAEP-256", "enc": "A256CBC-HS512", "cty": "JWT", "kid": key["kid"]}
        with_these = [head["alg"], head["enc"]]
        return jwe.encrypt_compact(head, told, RSAKey.import_key(key), with_these)

    def token(self, form):
        """An identity, if it is the house that asks and the same that was sent here."""
        try:
            told = self.by_the_house(form["client_assertion"][0], f"{self.name('op')}/token")
        except (jwt.PyJWTError, ValueError, KeyError) as wrong:
            self.refused.append(wrong)
            return {"error": "invalid_client"}
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if told["sub"] != HOUSE or proof != self.request["code_challenge"]:
            return {"error": "invalid_grant"}
        return {"access_token": "access", "token_type": "Bearer", "id_token": self.identity()}

    def answer_to(self, address, form):
        parts = urlsplit(address)
        if parts.path == "/op/token":
            return json.dumps(self.token(form)), "application/json"
        if parts.path == "/op/userinfo":
            if self.plain:
                return json.dumps({"sub": "4711", **PERSON}), "application/json"
            return self.told_about(), "application/jose"
        if parts.path == "/op/authorization":
            return self.authorize(parse_qs(parts.query)), LEADS_ON
        self.asked.append(address)
        return self.read(parts.path, parts.query), "application/entity-statement+jwt"

    def handler(self):
        realm = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                told, kind = realm.answer_to(self.path, parse_qs(body))
                leads = kind == LEADS_ON
                self.send_response(302 if leads else 404 if told is None else 200)
                self.send_header("Location" if leads else "Content-Type", told if leads else kind)
                self.end_headers()
                self.wfile.write((told or "").encode())

            do_GET = do_POST = answer  # noqa: N815 - the names that http.server asks for

            def log_message(self, *_):
                """Keep quiet."""

        return Handler
