"""Signed tokens (RFC 7515, 7519): read only with a key that was told beforehand."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

Facts = Mapping[str, Any]
Keys = Iterable[Facts]
#: What may sign: never nothing, and never a secret that both sides hold.
ALGORITHMS = {
    **dict.fromkeys(("RS256", "RS512", "PS256", "PS512"), ("RSA", None)),
    "ES256": ("EC", "P-256"),
    "ES512": ("EC", "P-521"),
}
#: The shortest RSA key that is believed, in bits.
SHORTEST = 2048
#: So many seconds may two clocks be apart.
APART = 30


class Untrusted(ValueError):
    """What was told is not believed; the words say why, for the operator."""


class UnknownKey(Untrusted):
    """It is signed with a key that nobody has told: perhaps with a new one."""


def claimed(token: str) -> dict[str, Any]:
    """What a token claims, believed by nobody yet."""
    try:
        facts: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, RecursionError) as wrong:
        raise Untrusted("it is no token that can be read") from wrong
    return facts


def proved(token: str, keys: Keys, *, now: float, kind: str = "", **wanted: str) -> dict[str, Any]:
    """What a token tells, its signature, kind and age being right, and as ``wanted`` of it.

    Raises
    ------
    Untrusted
        When anything about it is not right.
    """
    header = _header(token)
    if kind and header.get("typ") != kind:
        raise Untrusted(f"it is no {kind}")
    told, algorithm = _key(keys, header.get("kid"), header.get("alg"))
    try:
        key = _long_enough(jwt.PyJWK(dict(told), algorithm))
        facts: dict[str, Any] = jwt.decode(token, key, [algorithm], options=_UNTIMED)
    except Untrusted:
        raise
    except (jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError) as wrong:
        raise Untrusted("its signature is not right") from wrong
    for name, value in wanted.items():
        _wants(facts, name, value)
    _is_of_today(facts, now)
    return facts


#: The library asks its own clock, and would say less.
_UNTIMED: Any = {
    f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")
}


def _header(token: str) -> Facts:
    """What a token says of how it is signed."""
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as wrong:
        raise Untrusted("it is no token that can be read") from wrong


def _key(keys: Keys, name: object, algorithm: object) -> tuple[Facts, str]:
    """The one key of that name, if it is one for this algorithm."""
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise Untrusted(f"it is signed with {algorithm}, which is not accepted")
    found = [key for key in keys if isinstance(key, Mapping) and key.get("kid") == name]
    if not isinstance(name, str) or len(found) != 1:
        raise UnknownKey("it is signed with a key that nobody has told")
    told = found[0]
    kind, curve = ALGORITHMS[algorithm]
    fits = (told.get("kty"), told.get("crv") if curve else None) == (kind, curve)
    if not fits or told.get("alg", algorithm) != algorithm or told.get("use", "sig") != "sig":
        raise Untrusted(f"its key is none for {algorithm}")
    return told, algorithm


def _long_enough(key: jwt.PyJWK) -> jwt.PyJWK:
    """A key that nobody can reckon out."""
    if isinstance(key.key, rsa.RSAPublicKey) and key.key.key_size < SHORTEST:
        raise Untrusted("its key is too short")
    return key


def _wants(facts: Facts, name: str, value: str) -> None:
    """Refuse what is from, about or for somebody else; a token may be for several."""
    told = facts.get(name)
    if name == "aud" and isinstance(told, list):
        if value in told and (len(told) == 1 or facts.get("azp") == value):
            return
    elif told == value:
        return
    raise Untrusted(f"its “{name}” is not {value}")


def _is_of_today(facts: Facts, now: float) -> None:
    """Refuse what has expired, does not expire, or is not yet."""
    for name in ("iat", "exp"):
        if isinstance(facts.get(name), bool) or not isinstance(facts.get(name), int | float):
            raise Untrusted(f"it does not tell its “{name}”")
    if facts["exp"] < now - APART:
        raise Untrusted("it has expired")
    begins = facts.get("nbf", facts["iat"])
    if max(facts["iat"], begins if isinstance(begins, int | float) else now) > now + APART:
        raise Untrusted("it is from the future")


def keys_of(facts: Facts) -> list[Facts]:
    """The keys that a statement or a key file tells."""
    told = facts.get("jwks", facts)
    keys = told.get("keys") if isinstance(told, Mapping) else None
    if not isinstance(keys, list) or not keys:
        raise Untrusted("it tells no keys")
    return keys


def read_keys(text: str) -> list[Facts]:
    """The public keys of a file in the form of RFC 7517."""
    try:
        told = json.loads(text)
    except ValueError as wrong:
        raise Untrusted("it is no list of keys") from wrong
    return keys_of(told if isinstance(told, Mapping) else {})
