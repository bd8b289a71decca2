"""A chain of trust opens the door to a provider; a house states itself, and asks under seal."""

import time

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount

from tests.engines.realm import KEYS
from tests.web.federated.house_and_provider import HOUSE, LEVEL, logged_in_as
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
EVIL = (KEYS["evil"], "ES256")
CHALLENGE = ("code_challenge", "code_challenge_method")
# All is right.


def test_an_identity_that_a_chain_of_trust_vouches_for_opens_the_account(client, provider, proven):
    provider.leave(client)
    response = provider.come_back(client)
    assert (response.status_code, provider.refused) == (302, [])
    assert logged_in_as(client) == str(proven.pk)


@pytest.mark.parametrize("locks", [True, False], ids=["locked", "signed alone"])
def test_name_and_address_are_kept_and_no_number(client, provider, proven, locks):
    provider.locks = locks
    provider.leave(client)
    provider.come_back(client)
    assert SocialAccount.objects.get().extra_data == {
        "userinfo": {
            "sub": "4711",
            "email": "officer@maputo.example",
            "email_verified": True,
            "name": "Ana Prova",
        }
    }
    assert "TINIT" not in str(dict(client.session))


def test_an_identity_without_a_proven_address_opens_what_it_was_connected_with(
    client, provider, officer
):
    """SPID does not say that an address is proven: the officer connects herself, once."""
    provider.told = {"email_verified": None}
    provider.leave(client)
    assert "How to get an account" in text_of(provider.come_back(client))
    SocialAccount.objects.create(user=officer, provider="test", uid="4711")
    provider.leave(client)
    provider.come_back(client)
    assert logged_in_as(client) == str(officer.pk)


def test_the_request_is_signed_whole_and_the_address_shows_little_of_it(client, provider):
    provider.leave(client)
    asked = provider.request
    assert asked["iss"] == asked["client_id"] == HOUSE
    assert (asked["acr_values"], asked["prompt"]) == (LEVEL, "consent")
    assert asked["claims"]["userinfo"].keys() == {"given_name", "family_name", "email"}
    assert (asked["response_type"], asked["scope"]) == ("code", "openid")
    assert asked["redirect_uri"].endswith("/en/accounts/identity/test/return/")
    assert asked["code_challenge_method"] == "S256"
    assert asked["exp"] - asked["iat"] <= 60
    for word in (asked["nonce"], asked["state"]):
        assert len(word) >= 32
        assert word.isalnum()
        assert word not in provider.query.values()
    assert {name: provider.query[name] for name in provider.query if name != "request"} == {
        name: asked[name] for name in (*("client_id", "response_type", "scope"), *CHALLENGE)
    }


def test_each_request_is_another(client, provider):
    told = set()
    for _turn in range(2):
        provider.leave(client)
        told |= {provider.request[name] for name in ("jti", "nonce", "state", "code_challenge")}
    assert len(told) == 8


def test_the_house_states_itself(client, provider, settings):
    settings.FEDERATION = {**settings.FEDERATION, "trust_marks": [{"id": "m", "trust_mark": "t"}]}
    told = provider.house_statement(client)
    response = client.get("/.well-known/openid-federation")
    assert response["Content-Type"] == "application/entity-statement+jwt"
    head = jwt.get_unverified_header(response.content.decode())
    assert (head["typ"], head["kid"]) == ("entity-statement+jwt", told["jwks"]["keys"][0]["kid"])
    assert told["iss"] == told["sub"] == HOUSE
    assert told["authority_hints"] == [provider.name("anchor")]
    assert told["trust_marks"] == [{"id": "m", "trust_mark": "t"}]
    assert told["metadata"]["federation_entity"]["organization_name"] == "House of tests"
    party = told["metadata"]["openid_relying_party"]
    assert f"{HOUSE}/it/accounts/identity/test/return/" in party["redirect_uris"]
    assert len(party["redirect_uris"]) == len(settings.LANGUAGES)
    assert party["client_registration_types"] == ["automatic"]
    assert {key["use"] for key in party["jwks"]["keys"]} == {"sig", "enc"}
    assert not {"d", "p", "q"} & {name for key in party["jwks"]["keys"] for name in key}


def test_a_house_in_no_federation_states_nothing(client):
    assert client.get("/.well-known/openid-federation").status_code == 404


def test_the_chain_is_looked_at_once_until_it_expires(client, provider, proven, monkeypatch):
    provider.leave(client)
    provider.leave(client)
    assert len(provider.asked) == 3
    later = time.time() + 7200
    with monkeypatch.context() as clock:
        clock.setattr(time, "time", lambda: later)
        provider.lies = {
            link: {"iat": int(later), "exp": int(later) + 60}
            for link in (("op", "op"), ("anchor", "op"), ("anchor", "anchor"))
        }
        client.post("/en/accounts/identity/test/")
    assert len(provider.asked) == 6


def test_what_is_wrong_is_not_asked_again_at_once(client, provider):
    provider.signers[("anchor", "op")] = EVIL
    for _turn in range(3):
        assert "could not be checked" in text_of(provider.leave(client))
    assert len(provider.asked) == 3


def test_a_new_key_of_the_provider_is_found(client, provider, proven):
    provider.leave(client)
    metadata = provider.metadata("op")["openid_provider"]
    (key,) = metadata["jwks"]["keys"]
    told = {**metadata, "jwks": {"keys": [{**key, "kid": "new"}]}}
    provider.lies[("op", "op")] = {"metadata": {"openid_provider": told}}
    provider.key_name = "new"
    provider.come_back(client)
    assert logged_in_as(client) == str(proven.pk)


# The chain of trust is not right.

LINKS = [("op", "op"), ("anchor", "op"), ("anchor", "anchor")]


@pytest.mark.parametrize("link", LINKS, ids="-".join)
def test_a_chain_that_has_expired_is_refused_at_the_door(client, provider, refused, link):
    provider.lies[link] = {"exp": int(time.time()) - 120}
    assert "has expired" in refused(provider.leave(client))


@pytest.mark.parametrize("link", LINKS, ids="-".join)
def test_a_chain_signed_by_somebody_else_is_refused_at_the_door(client, provider, refused, link):
    provider.signers[link] = EVIL
    assert "signature is not right" in refused(provider.leave(client))


def test_an_anchor_with_other_keys_than_the_operator_was_given_is_refused(
    client, provider, refused, settings
):
    name = provider.name("anchor")
    keys = [{**provider.anchor_keys()[0], "kid": "another"}]
    settings.FEDERATION = {**settings.FEDERATION, "anchors": {name: keys}}
    assert "nobody has told" in refused(provider.leave(client))


def test_a_provider_under_another_anchor_is_refused(client, provider, refused):
    provider.above["op"] = []
    assert "no superior" in refused(provider.leave(client))


def test_no_superior_leads_the_house_into_a_network_that_is_not_public(client, provider, refused):
    provider.above["op"] = ["https://169.254.169.254/latest"]
    line = refused(provider.leave(client))
    assert "a network that is not public" in line


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"issuer": "https://evil.example"}, "calls itself"),
        ({"token_endpoint": "http://op.example/token"}, "no https address"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "no https address"),
        ({"userinfo_endpoint": None}, "no https address"),
        ({"jwks": None}, "tells no keys"),
    ],
)
def test_a_provider_that_could_be_impersonated_is_refused(
    client, provider, refused, facts, sentence
):
    told = {**provider.metadata("op")["openid_provider"], **facts}
    provider.lies[("op", "op")] = {"metadata": {"openid_provider": told}}
    assert sentence in refused(provider.leave(client))


def test_a_provider_out_of_reach_is_told_like_a_wrong_one(client, provider, refused):
    provider.answers["/op/.well-known/openid-federation"] = None
    assert "answers with 404" in refused(provider.leave(client))
