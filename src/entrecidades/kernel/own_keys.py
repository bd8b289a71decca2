"""Keys by which the house shows that it is the house: private ones sign, public ones are told."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

#: The shortest RSA key that is taken, in bits.
SHORTEST = 2048
#: What a key's name is reckoned over, by kind (RFC 7638).
NAMING = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y")}


#: How an answer to the house may be locked: the key with RSA, the words with AES and a proof.
LOCKS = ("RSA-OAEP", "RSA-OAEP-256")
CIPHERS = ("A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM")


def public_part(pem: str) -> dict[str, Any]:
    """The public part of a private key as others read it (RFC 7517), with its name and algorithm.

    Raises
    ------
    ValueError
        When it is no private key, has a passphrase, or is neither RSA of 2048 bits nor P-256.
    """
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except TypeError as locked:
        raise ValueError("it has a passphrase; give one without") from locked
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SHORTEST:
        told, algorithm = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "RS256"
    elif isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        told, algorithm = ECAlgorithm.to_jwk(key.public_key(), as_dict=True), "ES256"
    else:
        raise ValueError(f"it must be RSA of {SHORTEST} bits or more, or EC on P-256")
    bare = {name: told[name] for name in NAMING[told["kty"]]}
    text = json.dumps(bare, separators=(",", ":"), sort_keys=True)
    name = urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()
    return {**bare, "kid": name, "use": "sig", "alg": algorithm}


def locking_part(pem: str) -> dict[str, Any]:
    """The public part of a private key with which others lock what only the house may read.

    Raises
    ------
    ValueError
        As `public_part`, and when it is no RSA key.
    """
    told = public_part(pem)
    if told["kty"] != "RSA":
        raise ValueError("it must be RSA, to lock answers with")
    return {**told, "use": "enc", "alg": LOCKS[-1]}


def signed(facts: dict[str, Any], pem: str, kind: str = "JWT") -> str:
    """Facts as a signed token (RFC 7519) that names the key which signed it."""
    key = public_part(pem)
    return jwt.encode(facts, pem, key["alg"], headers={"kid": key["kid"], "typ": kind})


def unlocked(token: str, pems: Iterable[str]) -> str:
    """What stands in a locked token (RFC 7516), with whichever of the house's keys opens it.

    Raises
    ------
    ValueError
        When none does; nothing tells what was wrong with it.
    """
    from joserfc import errors, jwe  # noqa: PLC0415 - wanted only by those who are locked in
    from joserfc.jwk import RSAKey  # noqa: PLC0415 - likewise

    for pem in pems:
        try:
            opened = jwe.decrypt_compact(token, RSAKey.import_key(pem), [*LOCKS, *CIPHERS])
            return (opened.plaintext or b"").decode()
        except (errors.JoseError, ValueError):
            continue
    raise ValueError("no key of the house opens it")
