"""Which e-mail addresses are a body's own: pure functions and one dated file of zones."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE = Path(__file__).with_name("official_zones.toml")


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of a body; ``wide`` when the names below it are the body's too."""

    name: str
    wide: bool = True

    def holds(self, email: str) -> bool:
        """Whether an address is of this domain.

        Examples
        --------
        >>> lyon = Domain("lyon.fr")
        >>> lyon.holds("ana@lyon.fr"), lyon.holds("ana@mairie.lyon.fr"), lyon.holds("a@xlyon.fr")
        (True, True, False)
        >>> Domain("pr.gov.br", wide=False).holds("ana@curitiba.pr.gov.br")
        False
        """
        there = domain_of(email)
        return there == self.name or (self.wide and there.endswith(f".{self.name}"))


@cache
def zones() -> dict[str, Any]:
    """The file of zones."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def domain_of(email: str) -> str:
    """What stands behind the last @, in small letters."""
    return email.rpartition("@")[2].strip().lower().rstrip(".")


def domain_of_website(website: str, *, country: str) -> Domain | None:
    """The domain that a body's website shows to be its own, if it shows one.

    Below an official zone it is the name that the registry gave; elsewhere the host as it is,
    without ``www``: what stands above it may be anybody's.

    Examples
    --------
    >>> domain_of_website("https://portal.maputo.gov.mz/inicio", country="MZ")
    Domain(name='maputo.gov.mz', wide=True)
    >>> domain_of_website("https://www.pr.gov.br", country="BR")
    Domain(name='pr.gov.br', wide=False)
    >>> domain_of_website("http://www.comune.torino.it", country="IT")
    Domain(name='comune.torino.it', wide=True)
    >>> domain_of_website("https://www.facebook.com/prefeitura", country="BR") is None
    True
    """
    host = (urlsplit(website).hostname or "").lower().rstrip(".").removeprefix("www.")
    if host.count(".") < 1 or is_shared(host):
        return None
    official = zones()["zones"].get(country, [])
    if host in official:
        return Domain(host, wide=False)
    zone = max((one for one in official if host.endswith(f".{one}")), key=len, default="")
    if not zone:
        return Domain(host)
    own = host.removesuffix(f".{zone}").rpartition(".")[2]
    return Domain(f"{own}.{zone}")


def is_shared(host: str) -> bool:
    """Whether anybody can have a page or an address there."""
    return _within(host, zones()["shared"]["everywhere"])


def is_official(email: str, *, country: str) -> bool:
    """Whether an address stands where only public bodies of the country get names.

    Examples
    --------
    >>> is_official("ana@comune.torino.it", country="IT"), is_official("a@lyon.fr", country="FR")
    (True, False)
    """
    there = domain_of(email)
    reserved = zones()["reserved"].get(country, [])
    return _within(there, zones()["zones"].get(country, [])) or any(
        fnmatchcase(there, pattern) and there.count(".") == pattern.count(".")
        for pattern in reserved
    )


def _within(host: str, names: Iterable[str]) -> bool:
    """Whether a host is one of these, or below one."""
    return any(host == name or host.endswith(f".{name}") for name in names)
