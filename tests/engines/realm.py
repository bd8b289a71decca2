"""A federation of trust that lives in the test, and lies on request."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

MEMBERS = ("anchor", "middle", "op")
KEYS = {name: ec.generate_private_key(ec.SECP256R1()) for name in (*MEMBERS, "evil")}
CORE = rsa.generate_private_key(65537, 2048)
KIND = "entity-statement+jwt"
WELL_KNOWN = "/.well-known/openid-federation"
HOUR = 3600


def public(key, name, **facts):
    """The public part of a key, under a name."""
    kind = (
        jwt.algorithms.RSAAlgorithm if hasattr(key, "key_size") and key.key_size > 1000 else None
    )
    told = (kind or jwt.algorithms.ECAlgorithm).to_jwk(key.public_key(), as_dict=True)
    return {**told, "kid": name, **facts}


class Realm:
    """An anchor, a middle and a provider: who states what about whom.

    ``lies`` replace facts of a statement, ``signers`` its key, ``heads`` its header.
    """

    def __init__(self, root="https://realm.example"):
        self.root, self.asked = root, []
        self.tell_the_truth()

    def tell_the_truth(self):
        self.lies, self.signers, self.heads, self.answers = {}, {}, {}, {}
        self.above = {"op": ["anchor"], "middle": ["anchor"], "anchor": []}
        self.asked.clear()

    def name(self, member):
        return f"{self.root}/{member}"

    def metadata(self, member):
        if member == "op":
            doors = ("authorization", "token", "userinfo")
            return {
                "openid_provider": {
                    "issuer": self.name("op"),
                    **{f"{door}_endpoint": f"{self.name('op')}/{door}" for door in doors},
                    "jwks": {"keys": [public(CORE, "core", use="sig")]},
                    "acr_values_supported": ["L1", "L2", "L3"],
                }
            }
        return {"federation_entity": {"federation_fetch_endpoint": f"{self.name(member)}/fetch"}}

    def statement(self, by, about):
        now = int(time.time())
        facts = {
            "iss": self.name(by),
            "sub": self.name(about),
            "iat": now,
            "exp": now + HOUR,
            "jwks": {"keys": [public(KEYS[about], about)]},
        }
        if by == about:
            hints = [self.name(one) if one in MEMBERS else one for one in self.above[by]]
            facts |= {"metadata": self.metadata(by), "authority_hints": hints}
        facts |= self.lies.get((by, about), {})
        key, algorithm, head = KEYS[by], "ES256", {"kid": by, "typ": KIND}
        key, algorithm = self.signers.get((by, about), (key, algorithm))
        return jwt.encode(
            {name: value for name, value in facts.items() if value is not None},
            key,
            algorithm,
            headers=head | self.heads.get((by, about), {}),
        )

    def read(self, path, query=""):
        """What stands at a path, or nothing."""
        if path in self.answers:
            return self.answers[path]
        _empty, member, *rest = path.split("/")
        if member not in MEMBERS:
            return None
        if f"/{'/'.join(rest)}" == WELL_KNOWN:
            return self.statement(member, member)
        if rest == ["fetch"]:
            about = parse_qs(query)["sub"][0].removeprefix(f"{self.root}/")
            return self.statement(member, about) if member in self.above.get(about, ()) else None
        return None

    def fetch(self, address):
        """As the house fetches, without a network."""
        self.asked.append(address)
        parts = urlsplit(address)
        return self.read(parts.path, parts.query) or ""

    def anchor_keys(self):
        return [public(KEYS["anchor"], "anchor")]

    def anchor_file(self, folder):
        file = folder / "anchor.json"
        file.write_text(json.dumps({"keys": self.anchor_keys()}))
        return str(file)
