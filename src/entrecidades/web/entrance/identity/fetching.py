"""Documents of a federation, read within bounds and from no network that is not public."""

import socket
import time
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

import requests

from entrecidades.engines.federation.tokens import Untrusted

#: Seconds for one document, seconds for all, and bytes of one.
ONE, ALL, LONGEST = 5, 20, 256 << 10
CHUNK = 16 << 10


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
        if parts.scheme != "https" or not parts.hostname or parts.username or "@" in parts.netloc:
            raise Untrusted(f"{address} is no https address")
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except (OSError, ValueError, UnicodeError) as wrong:
            raise Untrusted(f"{address} leads nowhere") from wrong
        if not all(ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found):
            raise Untrusted(f"{address} leads into a network that is not public")
