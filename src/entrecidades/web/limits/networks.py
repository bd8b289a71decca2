"""From which network a request comes; a header that anybody can write is not asked."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104 - no address: what cannot be read is counted together


def address_of(request: HttpRequest) -> str:
    """The visitor's address.

    Behind a proxy it is what the proxy itself wrote: the last entry of ``X-Forwarded-For``.
    Everything before it was told by the visitor. Without a proxy the header is not read.
    """
    if settings.BEHIND_PROXY:
        last = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1]
        if told := read_address(last):
            return told
    return read_address(request.META.get("REMOTE_ADDR", "")) or NOWHERE


def read_address(text: str) -> str:
    """An address as it is compared, with or without a port; empty when it is none.

    Examples
    --------
    >>> read_address(" 192.0.2.7:4711 "), read_address("[2001:db8::1]:80")
    ('192.0.2.7', '2001:db8::1')
    >>> read_address("::ffff:192.0.2.7"), read_address("evil"), read_address("")
    ('192.0.2.7', '', '')
    """
    plain = text.strip()
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        address = ipaddress.ip_address(plain)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def network_of(request: HttpRequest) -> str:
    """The network that is counted together: an address, or the /64 that one house has in IPv6."""
    address = address_of(request)
    if ":" in address:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return address
