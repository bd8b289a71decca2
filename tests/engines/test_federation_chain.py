"""A chain of trust is believed when each of its links is, and refused for any other reason."""

import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.engines.federation.chain import MOST, Trusted, resolve
from entrecidades.engines.federation.tokens import Untrusted, proved, read_keys
from tests.engines.realm import CORE, KEYS, Realm, public

PUBLIC_PEM = (
    KEYS["anchor"]
    .public_key()
    .public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)
)
SHORT = rsa.generate_private_key(65537, 1024)  # noqa: S505 - so it is refused
OLD = int(time.time()) - 120
# A day away: it is still to come when the last test of a long run asks.
LATER = int(time.time()) + 86_400


@pytest.fixture
def realm():
    return Realm()


def found(realm, now=None):
    return resolve(
        realm.name("op"),
        anchor=realm.name("anchor"),
        keys=realm.anchor_keys(),
        fetch=realm.fetch,
        now=now or time.time(),
    )


def through_the_middle(realm):
    realm.above = {"op": ["middle"], "middle": ["anchor"], "anchor": []}


def test_a_provider_under_the_anchor_is_believed(realm):
    trusted = found(realm)
    assert trusted.metadata == realm.metadata("op")["openid_provider"]
    assert len(realm.asked) == 3


def test_a_provider_under_an_intermediate_is_believed(realm):
    through_the_middle(realm)
    assert found(realm).metadata["issuer"] == realm.name("op")


def test_it_is_believed_until_the_first_of_its_statements_expires(realm):
    soon = int(time.time()) + 60
    for link in (("op", "op"), ("anchor", "op"), ("anchor", "anchor")):
        realm.tell_the_truth()
        realm.lies[link] = {"exp": soon}
        assert found(realm).expires == soon


LINKS = [("op", "op"), ("middle", "op"), ("middle", "middle"), ("anchor", "middle")]
LINKS = [*LINKS, ("anchor", "anchor")]
FACTS = {
    "expired": ({"exp": OLD}, "has expired"),
    "without an end": ({"exp": None}, "“exp”"),
    "an end that is no number": ({"exp": "tomorrow"}, "“exp”"),
    "from the future": ({"iat": LATER}, "from the future"),
    "by somebody else": ({"iss": "https://evil.example"}, "“iss”"),
    "about somebody else": ({"sub": "https://evil.example"}, "“sub”"),
    "critical words": ({"crit": ["newest"]}, "nobody here understands"),
    "a critical policy": ({"metadata_policy_crit": ["regexp"]}, "nobody here understands"),
}


@pytest.mark.parametrize("link", LINKS, ids="-".join)
@pytest.mark.parametrize(("lie", "sentence"), FACTS.values(), ids=FACTS)
def test_each_wrong_link_breaks_the_chain(realm, link, lie, sentence):
    through_the_middle(realm)
    realm.lies[link] = lie
    with pytest.raises(Untrusted, match=sentence):
        found(realm)


@pytest.mark.parametrize("link", LINKS, ids="-".join)
def test_each_link_signed_by_somebody_else_breaks_the_chain(realm, link):
    through_the_middle(realm)
    realm.signers[link] = (KEYS["evil"], "ES256")
    with pytest.raises(Untrusted, match="signature is not right"):
        found(realm)


@pytest.mark.parametrize("link", LINKS, ids="-".join)
def test_keys_that_no_superior_told_break_the_chain(realm, link):
    """Whoever answers in a member's place, with keys of his own, is found out above."""
    through_the_middle(realm)
    member = link[0]
    realm.signers[link] = (KEYS["evil"], "ES256")
    realm.heads[link] = {"kid": "evil"}
    realm.lies[(member, member)] = {"jwks": {"keys": [public(KEYS["evil"], "evil")]}}
    realm.signers[(member, member)] = (KEYS["evil"], "ES256")
    realm.heads[(member, member)] = {"kid": "evil"}
    with pytest.raises(Untrusted, match="nobody has told"):
        found(realm)


@pytest.mark.parametrize("link", LINKS, ids="-".join)
def test_no_signature_and_no_shared_secret_are_accepted(realm, link):
    through_the_middle(realm)
    realm.signers[link] = (None, "none")
    with pytest.raises(Untrusted, match="signed with none"):
        found(realm)
    realm.tell_the_truth()
    through_the_middle(realm)
    token = confused(realm, link)
    by, about = link
    path = f"/{by}/.well-known/openid-federation" if by == about else f"/{by}/fetch"
    realm.answers[path] = token
    with pytest.raises(Untrusted, match="signed with HS256"):
        found(realm)


def confused(realm, link):
    """A token whose shared secret would be the public key: the confusion of algorithms."""
    import base64  # noqa: PLC0415 - for this forgery alone
    import hashlib  # noqa: PLC0415
    import hmac  # noqa: PLC0415
    import json  # noqa: PLC0415

    facts = jwt.decode(realm.statement(*link), options={"verify_signature": False})
    head = {"alg": "HS256", "kid": link[0], "typ": "entity-statement+jwt"}

    def coded(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    told = b".".join(coded(json.dumps(part).encode()) for part in (head, facts))
    return (told + b"." + coded(hmac.digest(PUBLIC_PEM, told, hashlib.sha256))).decode()


def test_another_anchor_is_not_believed(realm):
    with pytest.raises(Untrusted, match=r"leads to https://other\.example"):
        resolve(
            realm.name("op"),
            anchor="https://other.example",
            keys=realm.anchor_keys(),
            fetch=realm.fetch,
            now=time.time(),
        )


def test_an_anchor_that_does_not_know_the_provider_breaks_the_chain(realm):
    realm.above["op"] = ["anchor"]
    realm.answers["/anchor/fetch"] = "not found"
    with pytest.raises(Untrusted, match="no token that can be read"):
        found(realm)


def test_another_way_is_tried_where_one_does_not_hold(realm):
    realm.above = {"op": ["anchor", "middle"], "middle": ["anchor"], "anchor": []}
    realm.signers[("anchor", "op")] = (KEYS["evil"], "ES256")
    assert found(realm).metadata["issuer"] == realm.name("op")


def test_a_superior_that_does_not_answer_leaves_the_others(realm):
    realm.above["op"] = [f"{realm.root}/gone", "anchor"]
    assert found(realm).metadata["issuer"] == realm.name("op")


def test_a_chain_in_a_circle_ends(realm):
    realm.above = {"op": ["middle"], "middle": ["op", "middle"], "anchor": []}
    with pytest.raises(Untrusted, match="no superior"):
        found(realm)
    assert len(realm.asked) == 2


class Endless(Realm):
    """Each superior has four others above it, and so on without end."""

    def fetch(self, address):
        self.asked.append(address)
        name = address.removesuffix("/.well-known/openid-federation")
        now = int(time.time())
        return jwt.encode(
            {
                "iss": name,
                "sub": name,
                "iat": now,
                "exp": now + 60,
                "jwks": {"keys": [public(KEYS["evil"], "evil")]},
                "authority_hints": [f"{name}{number}" for number in range(4)],
            },
            KEYS["evil"],
            "ES256",
            headers={"kid": "evil", "typ": "entity-statement+jwt"},
        )


def test_an_endless_chain_ends():
    realm = Endless()
    with pytest.raises(Untrusted, match=f"longer than {MOST} documents"):
        found(realm)
    assert len(realm.asked) == MOST


def test_a_superior_tells_at_its_own_host_alone(realm):
    door = {"federation_fetch_endpoint": "https://169.254.169.254/fetch"}
    realm.lies[("anchor", "anchor")] = {"metadata": {"federation_entity": door}}
    with pytest.raises(Untrusted, match="at its own host"):
        found(realm)
    assert not [address for address in realm.asked if "169" in address]


BOUNDS = {
    "too long": ({"max_path_length": 0}, "longer than"),
    "another kind": ({"allowed_entity_types": ["openid_relying_party"]}, "allows no"),
    "another host": ({"naming_constraints": {"permitted": [".gov.example"]}}, "does not allow"),
    "an excluded host": ({"naming_constraints": {"excluded": ["realm.example"]}}, "not allow"),
    "no constraints": ({"naming_constraints": 7}, "cannot be read"),
}


@pytest.mark.parametrize(("bounds", "sentence"), BOUNDS.values(), ids=BOUNDS)
@pytest.mark.parametrize("link", [("anchor", "anchor"), ("anchor", "middle")], ids="-".join)
def test_the_bounds_that_an_anchor_sets_hold(realm, link, bounds, sentence):
    through_the_middle(realm)
    realm.lies[link] = {"constraints": bounds}
    with pytest.raises(Untrusted, match=sentence):
        found(realm)


def test_the_superiors_word_counts_more_than_the_providers(realm):
    door = f"{realm.name('op')}/other"
    realm.lies[("anchor", "op")] = {
        "metadata": {"openid_provider": {"token_endpoint": door}},
        "metadata_policy": {"openid_provider": {"acr_values_supported": {"subset_of": ["L2"]}}},
    }
    told = found(realm).metadata
    assert (told["token_endpoint"], told["acr_values_supported"]) == (door, ["L2"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
PARTS = ("constraints", "metadata_policy", "metadata", "jwks", "authority_hints", "crit", "exp")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(part=st.sampled_from(PARTS), value=JSON, link=st.sampled_from(LINKS))
def test_whatever_is_stated_is_believed_or_refused_with_a_sentence(part, value, link):
    realm = Realm()
    through_the_middle(realm)
    realm.lies[link] = {part: value}
    try:
        answer = found(realm)
    except Untrusted as refusal:
        answer = str(refusal)
    assert isinstance(answer, Trusted) or " " in answer


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda some: some.decode("latin-1")))
def test_whatever_is_no_token_is_refused_with_a_sentence(token):
    with pytest.raises(Untrusted):
        proved(token, [public(CORE, "core")], now=0)


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize(
    "key",
    [
        public(SHORT, "core"),
        public(CORE, "core", use="enc"),
        public(CORE, "core", alg="RS512"),
        public(KEYS["op"], "core"),
        {"kty": "oct", "k": "c2VjcmV0", "kid": "core"},
    ],
    ids=["short", "for locking", "another algorithm", "another kind", "a secret"],
)
def test_a_key_for_something_else_proves_nothing(key):
    signer = SHORT if key.get("n") == public(SHORT, "x")["n"] else CORE
    now = int(time.time())
    facts = {"iat": now, "exp": now + 9}
    token = jwt.encode(facts, signer, "RS256", headers={"kid": "core"})
    with pytest.raises(Untrusted, match="its key is"):
        proved(token, [key], now=now)


def test_a_token_for_several_is_for_her_who_asked():
    now = int(time.time())

    def told(**facts):
        token = jwt.encode(
            {"iat": now, "exp": now + 9, **facts}, CORE, "RS256", headers={"kid": "core"}
        )
        return proved(token, [public(CORE, "core")], now=now, aud="house")["aud"]

    assert told(aud=["house"]) == ["house"]
    assert told(aud=["house", "other"], azp="house") == ["house", "other"]
    for aud in (["house", "other"], ["other"], "other", None):
        with pytest.raises(Untrusted, match="“aud”"):
            told(aud=aud)


def test_a_file_without_keys_is_refused():
    for text in ("", "[]", "{}", '{"keys": []}', '{"keys": 1}'):
        with pytest.raises(Untrusted):
            read_keys(text)
