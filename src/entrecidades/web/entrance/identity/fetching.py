"""Documents of a federation, read within bounds and from no network that is not public."""

import re
import socket
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

import requests

from entrecidades.engines.federation.tokens import Untrusted

#: Seconds for one document, seconds for all, and bytes of one.
ONE, ALL, LONGEST = 5, 20, 256 << 10
CHUNK = 16 << 10
#: What two readers of an address could understand in two ways is in none of ours.
PLAIN = re.compile(r"https://[a-z0-9.-]+(?::\d+)?(?:[/?][!-\[\]-~]*)?", re.IGNORECASE | re.ASCII)
#: Addresses of IPv6 behind which one of IPv4 stands (RFC 6052, RFC 8215, RFC 4291).
BEHIND = [IPv6Network(told) for told in ("64:ff9b::/96", "64:ff9b:1::/96", "::/96")]


class Fetcher:
    """Reads by https, from the hosts that the operator named and from public ones."""

    def __init__(self, named: Iterable[str]) -> None:
        self.named = {urlsplit(address)[:2] for address in named}
        self.until = time.monotonic() + ALL

    def __call__(self, address: str) -> str:
        """A document's text.

        Raises
        ------
        Untrusted
            When it may not be asked for, is not there, too long or too slow.
        """
        self._may_be_asked(address)
        try:
            with requests.get(address, timeout=ONE, allow_redirects=False, stream=True) as answer:
                if answer.status_code != requests.codes.ok:
                    raise Untrusted(f"{address} answers with {answer.status_code}")
                return self._read(address, answer)
        except (requests.RequestException, UnicodeError) as wrong:
            raise Untrusted(f"{address} does not answer") from wrong

    def _read(self, address: str, answer: requests.Response) -> str:
        """The body, as long as it is short and comes soon."""
        body = b""
        for piece in answer.iter_content(CHUNK):
            body += piece
            if len(body) > LONGEST:
                raise Untrusted(f"{address} answers with too much")
            if time.monotonic() > self.until:
                raise Untrusted(f"{address} answers too slowly")
        return body.decode("ascii")

    def _may_be_asked(self, address: str) -> None:
        """Refuse what is not https, or at an address that only those inside can reach.

        A name that leads elsewhere the second time is refused by its certificate.
        """
        parts = urlsplit(address)
        if parts[:2] in self.named:
            return
        if not PLAIN.fullmatch(address) or "@" in parts.netloc:
            raise Untrusted(f"{address} is no https address")
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except (OSError, ValueError, UnicodeError) as wrong:
            raise Untrusted(f"{address} leads nowhere") from wrong
        if not all(_is_public(str(one[4][0]).partition("%")[0]) for one in found):
            raise Untrusted(f"{address} leads into a network that is not public")


def _is_public(address: str) -> bool:
    """Whether a number leads to what everybody can reach, also where it wraps another one.

    Examples
    --------
    >>> _is_public("93.184.215.14"), _is_public("10.0.0.5"), _is_public("64:ff9b::a00:5")
    (True, False, False)
    """
    found: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(found, IPv6Address):
        is_wrapped = any(found in network for network in BEHIND)
        wrapped = IPv4Address(int(found) & 0xFFFFFFFF) if is_wrapped else None
        found = found.ipv4_mapped or found.sixtofour or wrapped or found
    return found.is_global and not found.is_multicast
