"""Whom this instance trusts: roots and lists of revoked certificates, as files in one folder.

And which authority stamps the times of signatures that are made here, if any.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 (Django's name)

from entrecidades.engines.seals.findings import Trust
from entrecidades.engines.seals.trusting import certificates_in, expired, is_revocation_list
from entrecidades.kernel import clock

CERTIFICATES, REVOKED = (".pem", ".crt", ".cer", ".der"), ".crl"


def trusted() -> Trust:
    """The roots and the lists as they lie in the folder now; what cannot be read is left out."""
    roots = [one for path in _files(*CERTIFICATES) for one in certificates_in(path.read_bytes())]
    lists = [path.read_bytes() for path in _files(REVOKED)]
    return Trust(tuple(roots), tuple(one for one in lists if is_revocation_list(one)))


def _files(*endings: str) -> Iterator[Path]:
    """The files of the folder with some endings, in the order of their names."""
    folder: Path = settings.TRUST_ROOTS
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.suffix.lower() in endings)


@register()
def check_trust(**_facts: Any) -> list[CheckMessage]:
    """Whether every file of the folder is what its ending says, and no root has expired."""
    told: list[CheckMessage] = []
    for path in _files(*CERTIFICATES):
        content = path.read_bytes()
        if not certificates_in(content):
            hint = "Put certificates there, PEM or DER, or take the file away."
            told.append(Error(f"{path} is no certificate.", hint=hint, id="agreements.E001"))
        elif any(expired(one, clock.now()) for one in certificates_in(content)):
            said = f"{path} has a certificate that has expired."
            told.append(Warning(said, id="agreements.W001"))
    for path in _files(REVOKED):
        if not is_revocation_list(path.read_bytes()):
            hint = "Put lists of revoked certificates there, PEM or DER, or take the file away."
            said = f"{path} is no list of revoked certificates."
            told.append(Error(said, hint=hint, id="agreements.E002"))
    return told


@register()
def check_authority(**_facts: Any) -> list[CheckMessage]:
    """Whether the authority that stamps times, if one is named, has an address on the web."""
    address = urlsplit(settings.TSA_URL)
    if not settings.TSA_URL or (address.scheme in {"http", "https"} and address.hostname):
        return []
    hint = "Give an address that begins with https:// or http://, or none."
    said = f"ENTRECIDADES_TSA_URL is no address of a time stamping authority: {settings.TSA_URL}"
    return [Error(said, hint=hint, id="agreements.E003")]
