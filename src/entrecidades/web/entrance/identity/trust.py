"""What the house believes of a provider in a federation, kept until the chain of trust expires."""

import time
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache

from entrecidades.engines.federation.chain import resolve
from entrecidades.engines.federation.tokens import Untrusted, keys_of
from entrecidades.kernel.origins import is_safe
from entrecidades.web.entrance.identity.fetching import Fetcher

#: What is believed is kept no longer than this, in seconds; what is not, for a moment.
LONGEST, A_MOMENT = 24 * 60 * 60, 60
ADDRESSES = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")


def trusted(server: str, anchor: str, *, anew: bool = False) -> dict[str, Any]:
    """A provider's metadata, proved up to an anchor.

    Raises
    ------
    Untrusted
        When no chain of trust holds, or what it proves is of no use.
    """
    key = f"federation:{sha256(f'{server} {anchor}'.encode()).hexdigest()}"
    now = time.time()
    kept = None if anew else cache.get(key)
    if not kept or kept["expires"] <= now:
        kept = _look(server, anchor, now)
        cache.set(key, kept, timeout=max(1, int(kept["expires"] - now)))
    if "wrong" in kept:
        raise Untrusted(kept["wrong"])
    metadata: dict[str, Any] = kept["metadata"]
    return metadata


def _look(server: str, anchor: str, now: float) -> dict[str, Any]:
    """What a look at the federation finds, to be kept: metadata, or why there is none.

    What is wrong is kept too, for a moment, so that whoever presses the button again and
    again does not make the house ask the federation as often.
    """
    keys = settings.FEDERATION["anchors"][anchor]
    fetch = Fetcher([server, anchor])
    try:
        found = resolve(server, anchor=anchor, keys=keys, fetch=fetch, now=now)
        _is_of_use(server, found.metadata)
    except Untrusted as wrong:
        return {"wrong": str(wrong), "expires": now + A_MOMENT}
    return {"metadata": found.metadata, "expires": min(found.expires, now + LONGEST)}


def _is_of_use(server: str, metadata: dict[str, Any]) -> None:
    """Refuse a provider that calls itself otherwise, tells no keys, or can be impersonated."""
    if metadata.get("issuer") != server:
        raise Untrusted(f"{server} calls itself {metadata.get('issuer')}")
    keys_of({"jwks": metadata.get("jwks")})
    for name in ADDRESSES:
        if not isinstance(metadata.get(name), str) or not is_safe(metadata[name]):
            raise Untrusted(f"the {name} of {server} is no https address")
