"""The house's own place in a federation of trust, as the operator names it."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from entrecidades.engines.federation.tokens import Untrusted, claimed, read_keys
from entrecidades.kernel.origins import is_safe
from entrecidades.kernel.own_keys import locking_part, public_part

NEEDED = {"entity", "key_files", "client_key_files", "anchors", "organization", "contacts"}
OPTIONAL = {"superiors", "encryption_key_files", "trust_marks_file", "policy", "logo"}
#: What is told to others as it stands.
TOLD = ("organization", "contacts", "policy", "logo")
Federation = Mapping[str, Any]


def federation_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """What ``ENTRECIDADES_FEDERATION`` names, its files read; empty where nothing is named.

    Raises
    ------
    ImproperlyConfigured
        When a key is missing or unknown, a file is wrong, or an address could be impersonated.
    """
    if not told:
        return {}
    if missing := NEEDED - told.keys():
        raise _wrong(f"it lacks {', '.join(sorted(missing))}")
    if unknown := told.keys() - NEEDED - OPTIONAL:
        raise _wrong(f"it has unknown {sorted(unknown)}")
    entity, anchors = told["entity"], told["anchors"]
    superiors = list(told.get("superiors", anchors))
    _check_addresses(entity, [*anchors, *superiors])
    return {
        **{name: told.get(name, "") for name in TOLD},
        "entity": entity,
        "anchors": {name: _anchor_keys(name, file) for name, file in anchors.items()},
        "superiors": superiors,
        "trust_marks": _trust_marks(entity, told.get("trust_marks_file")),
        **_own_keys(told),
    }


def _check_addresses(entity: str, others: Iterable[str]) -> None:
    """Refuse an address in whose place somebody else could answer."""
    parts = urlsplit(entity)
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise _wrong("the entity is the address of the house, without a path")
    for address in (entity, *others):
        if not is_safe(address):
            raise _wrong(f"{address} must be https")


def _own_keys(told: Mapping[str, Any]) -> dict[str, list[str]]:
    """The house's keys: each for one purpose, so that none can be turned to another's."""
    keys = {
        "keys": _keys(told["key_files"], public_part),
        "client_keys": _keys(told["client_key_files"], public_part),
        "encryption_keys": _keys(told.get("encryption_key_files", ()), locking_part),
    }
    if not keys["keys"] or not keys["client_keys"]:
        raise _wrong("it lacks a key")
    names = [public_part(key)["kid"] for some in keys.values() for key in some]
    if len(set(names)) < len(names):
        raise _wrong("one key stands twice")
    return keys


def _wrong(why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"ENTRECIDADES_FEDERATION: {why}")


def _keys(files: Any, told: Callable[[str], Any]) -> list[str]:
    """Private keys from files, each of which is one."""
    keys = [Path(file).read_text(encoding="utf-8") for file in files]
    try:
        for key in keys:
            told(key)
    except ValueError as wrong:
        raise _wrong(f"a key: {wrong}") from wrong
    return keys


def _anchor_keys(name: str, file: str) -> list[Any]:
    """The public keys of an anchor, which the operator has from elsewhere than the anchor."""
    try:
        return list(read_keys(Path(file).read_text(encoding="utf-8")))
    except Untrusted as wrong:
        raise _wrong(f"the keys of {name}: {wrong}") from wrong


def _trust_marks(entity: str, file: str | None) -> list[Any]:
    """The marks that authorities gave to the house, each about this house."""
    if not file:
        return []
    try:
        marks = json.loads(Path(file).read_text(encoding="utf-8"))
        about = {claimed(mark["trust_mark"]).get("sub") for mark in marks}
    except (ValueError, TypeError, KeyError) as wrong:
        raise _wrong("the trust marks cannot be read") from wrong
    if about - {entity}:
        raise _wrong("a trust mark is about somebody else")
    return list(marks)
