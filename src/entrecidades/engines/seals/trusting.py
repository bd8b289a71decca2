"""Whether a certificate leads to a root that the instance trusts, and was not revoked."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from entrecidades.engines.seals.findings import Reason, Trust


def context_for(reader: Any, trust: Trust, at: datetime) -> Any:
    """What a chain may be built from: our roots and what is in the file; never the network."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore  # noqa: PLC0415 - slow to load
    from pyhanko.sign.validation.errors import NoDSSFoundError  # noqa: PLC0415 - likewise
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 - likewise

    facts: dict[str, Any] = {
        "trust_roots": [_loaded(root) for root in trust.roots],
        "moment": at,
        "allow_fetching": False,
        "revocation_mode": "require",
        "crls": [_bare(one) for one in trust.revocations],
    }
    try:
        return DocumentSecurityStore.read_dss(reader).as_validation_context(facts)
    except NoDSSFoundError:
        return ValidationContext(**facts)


def about_trust(status: Any, trust: Trust, beside: Iterable[Any]) -> Iterator[Reason]:
    """What keeps a signature from being called trusted."""
    from pyhanko.sign.ades.report import AdESFailure as Failed  # noqa: PLC0415 - likewise
    from pyhanko.sign.ades.report import AdESIndeterminate as Unsure  # noqa: PLC0415 - likewise

    problem = status.trust_problem_indic
    if status.revocation_details or problem in {
        Unsure.REVOKED_NO_POE,
        Unsure.REVOKED_CA_NO_POE,
        Failed.REVOKED,
    }:
        yield Reason.REVOKED
    elif problem in {
        Unsure.CRYPTO_CONSTRAINTS_FAILURE,
        Unsure.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    }:
        yield Reason.WEAK
    elif not trust.roots:
        yield Reason.NO_ROOTS
    elif problem in {Unsure.TRY_LATER, Unsure.CERTIFICATE_CHAIN_GENERAL_FAILURE}:
        yield Reason.NO_REVOCATION
    elif problem is not None or not status.trusted:
        yield Reason.NO_CHAIN
    elif {one.dump() for one in beside} - _of_chain(status, trust):
        yield Reason.STRAY


def _of_chain(status: Any, trust: Trust) -> set[bytes]:
    """The certificates through which a signature is trusted."""
    return {one.dump() for one in status.validation_path} | {_bare(one) for one in trust.roots}


def _loaded(content: bytes) -> Any:
    """A certificate."""
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - likewise

    return Certificate.load(_bare(content))


def _bare(content: bytes) -> bytes:
    """DER, whether it was wrapped in letters or not."""
    from asn1crypto import pem  # noqa: PLC0415 - likewise

    return pem.unarmor(content)[2] if pem.detect(content) else content


def certificates_in(content: bytes) -> list[bytes]:
    """Every certificate of a file, PEM or DER; none where it has something else."""
    from asn1crypto import pem  # noqa: PLC0415 - likewise
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - likewise

    try:
        parts = (
            [der for _name, _headers, der in pem.unarmor(content, multiple=True)]
            if pem.detect(content)
            else [content]
        )
        for part in parts:
            Certificate.load(part, strict=True).native  # noqa: B018 - reads all of it
    except (ValueError, TypeError):
        return []
    return parts


def is_revocation_list(content: bytes) -> bool:
    """Whether a file is a list of revoked certificates."""
    from asn1crypto.crl import CertificateList  # noqa: PLC0415 - likewise

    try:
        return bool(CertificateList.load(_bare(content), strict=True).native)
    except (ValueError, TypeError):
        return False


def expired(certificate: bytes, at: datetime) -> bool:
    """Whether a certificate's last day is over."""
    ends: datetime = _loaded(certificate).not_valid_after
    return ends < at
