"""Where an address leads."""

from urllib.parse import urlsplit

AT_HOME = {"127.0.0.1", "localhost", "::1"}


def is_safe(address: str) -> bool:
    """Whether nobody on the way can answer in the place of an address.

    Examples
    --------
    >>> is_safe("https://registry.example"), is_safe("http://registry.example")
    (True, False)
    >>> is_safe("http://127.0.0.1:8000")
    True
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (parts.scheme == "https" and bool(parts.hostname)) or (
        parts.scheme == "http" and parts.hostname in AT_HOME
    )
