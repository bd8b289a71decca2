"""Addresses that somebody typed or a file held, before a page leads to them."""

from urllib.parse import urlsplit

WEB = {"http", "https"}


def on_the_web(address: str) -> str:
    """An address that leads to the web; empty when it would do anything else.

    Examples
    --------
    >>> on_the_web("https://www.maputo.gov.mz/")
    'https://www.maputo.gov.mz/'
    >>> on_the_web("javascript:alert(1)"), on_the_web("http://["), on_the_web("//maputo.mz")
    ('', '', '')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in WEB and parts.hostname else ""
