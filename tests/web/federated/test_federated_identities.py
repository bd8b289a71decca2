"""An identity from a federation of trust opens an account only when all about it is right."""

import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization as pem

from entrecidades.kernel.own_keys import unlocked
from tests.engines.realm import CORE, KEYS
from tests.web.federated.house_and_provider import HOUSE, OURS, logged_in_as
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
WRONG = {
    "expired": ({"exp": int(time.time()) - 120}, "has expired"),
    "another nonce": ({"nonce": "another"}, "not asked for by this browser"),
    "no nonce": ({"nonce": None}, "not asked for by this browser"),
    "for another": ({"aud": "https://other.example"}, "“aud”"),
    "for others too": ({"aud": [HOUSE, "https://other.example"]}, "“aud”"),
    "from another": ({"iss": "https://evil.example"}, "“iss”"),
    "about nobody": ({"sub": None}, "names nobody"),
    "about another than is told about": ({"sub": "4712"}, "tells about somebody else"),
    "of another access": ({"at_hash": "x"}, "belongs to another access"),
    "of no access": ({"at_hash": None}, "belongs to another access"),
    "less sure": ({"acr": "https://www.spid.gov.it/SpidL1"}, "less sure"),
    "of no sureness": ({"acr": None}, "less sure"),
}


@pytest.mark.usefixtures("proven")
@pytest.mark.parametrize(("claims", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_identity_opens_nothing(client, provider, refused, claims, sentence):
    provider.leave(client)
    provider.claims = claims
    assert sentence in refused(provider.come_back(client))


def test_an_identity_that_somebody_else_signed_opens_nothing(client, provider, proven, refused):
    provider.leave(client)
    provider.key = OURS["client_key_files"]
    assert "signature is not right" in refused(provider.come_back(client))


def test_an_identity_signed_with_the_key_for_statements_opens_nothing(
    client, provider, proven, refused
):
    """The keys that sign statements are no keys for identities."""
    provider.leave(client)
    provider.key, provider.algorithm, provider.key_name = KEYS["op"], "ES256", "op"
    assert "nobody has told" in refused(provider.come_back(client))


def test_an_identity_without_signature_opens_nothing(client, provider, proven, refused):
    provider.leave(client)
    provider.key, provider.algorithm = None, "none"
    assert "signed with none" in refused(provider.come_back(client))


def test_a_public_key_taken_for_a_shared_secret_opens_nothing(
    client, provider, proven, refused, monkeypatch
):
    provider.leave(client)
    public = CORE.public_key().public_bytes(
        pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo
    )
    facts = jwt.decode(provider.identity(), options={"verify_signature": False})
    parts = (json.dumps(part).encode() for part in ({"alg": "HS256", "kid": "core"}, facts))
    told = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    proof = base64.urlsafe_b64encode(hmac.digest(public, told, hashlib.sha256)).rstrip(b"=")
    monkeypatch.setattr(provider, "identity", (told + b"." + proof).decode)
    assert "signed with HS256" in refused(provider.come_back(client))


def test_an_answer_that_comes_twice_opens_nothing_the_second_time(client, provider, proven):
    provider.leave(client)
    provider.come_back(client)
    client.logout()
    assert "could not be checked" in text_of(provider.come_back(client))
    assert logged_in_as(client) is None


def test_an_identity_that_was_used_opens_nothing_again(client, provider, proven, monkeypatch):
    """Even for the browser that asked, and with the nonce of this time."""
    provider.claims = {"jti": "once"}
    provider.leave(client)
    provider.come_back(client)
    client.logout()
    provider.leave(client)
    assert "could not be checked" in text_of(provider.come_back(client))
    assert logged_in_as(client) is None


def test_an_answer_that_another_browser_asked_for_opens_nothing(client, provider, proven):
    provider.leave(client)
    client.session.flush()
    client.cookies.clear()
    assert "could not be checked" in text_of(provider.come_back(client))
    assert logged_in_as(client) is None


@pytest.mark.parametrize("issuer", ["https://evil.example", ""])
def test_a_code_that_another_provider_gave_opens_nothing(
    client, provider, proven, refused, issuer
):
    told = {
        **provider.metadata("op")["openid_provider"],
        "authorization_response_iss_parameter_supported": True,
    }
    provider.lies[("op", "op")] = {"metadata": {"openid_provider": told}}
    provider.leave(client)
    response = provider.come_back(client, iss=issuer or None)
    assert "another provider" in refused(response)


# What is told about the person is not right.


def test_what_is_told_without_a_signature_opens_nothing(client, provider, proven, refused):
    provider.plain = True
    provider.leave(client)
    assert "not believed" in refused(provider.come_back(client))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"sub": "4712"}, "tells about somebody else"),
        ({"aud": "https://other.example"}, "“aud”"),
        ({"iss": "https://evil.example"}, "“iss”"),
        ({"exp": int(time.time()) - 120}, "has expired"),
    ],
)
@pytest.mark.usefixtures("proven")
def test_what_is_told_about_or_for_another_opens_nothing(
    client, provider, refused, told, sentence
):
    provider.told = told
    provider.leave(client)
    assert sentence in refused(provider.come_back(client))


def test_what_no_key_of_the_house_opens_is_refused(client, provider, proven, refused, settings):
    provider.leave(client)
    others = [settings.FEDERATION["client_keys"][0]]
    settings.FEDERATION = {**settings.FEDERATION, "encryption_keys": others}
    assert "no key of the house opens it" in refused(provider.come_back(client))


def test_what_was_changed_on_the_way_does_not_open(client, provider, proven, tmp_path):
    provider.leave(client)
    key = (tmp_path / "encryption_key_files.pem").read_text()
    told = provider.told_about()
    assert jwt.decode(unlocked(told, [key]), options={"verify_signature": False})["sub"] == "4711"
    for place, part in enumerate(told.split(".")):
        forged = told.split(".")
        forged[place] = part[:-4] + ("AAAA" if part[-4:] != "AAAA" else "BBBB")
        with pytest.raises(ValueError, match="no key of the house"):
            unlocked(".".join(forged), [key])
