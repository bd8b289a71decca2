"""Whether a certificate leads to a root that the instance trusts, and was not revoked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from entrecidades.engines.seals.findings import Reason, Trust


@dataclass(frozen=True, slots=True)
class Known:
    """What is known without a network: our roots and lists, and what the file brings along.

    ``lists`` and ``answers`` are lists of revoked certificates and answers about single ones
    (CRL, OCSP). They are signed by their issuers, so the file may bring them; roots it may not.
    ``brought`` is how many of the lists, the last ones, the file brings.
    """

    roots: tuple[Any, ...]
    lists: tuple[Any, ...]
    answers: tuple[Any, ...] = ()
    beside: tuple[Any, ...] = ()
    brought: int = 0

    def context(self, moment: datetime, *, past: bool) -> Any:
        """What a chain is built from; ``past`` when a time stamp proves that moment.

        What was revoked is told for ever, so that a list made later speaks of an earlier moment.
        """
        from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 - slow to load

        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=list(self.beside),
            crls=list(self.lists),
            ocsps=list(self.answers),
            moment=moment,
            allow_fetching=False,
            revocation_mode="require",
            retroactive_revinfo=past,
        )

    def made_in_term(self, chain: Iterable[Any]) -> "Known":
        """Without lists and answers that a chain's issuers made after its certificates expired.

        An issuer may take an expired certificate off its lists: that it is not there then says
        nothing.
        """
        ends: dict[bytes, datetime] = {}
        for one in chain:
            issuer = one.issuer.dump()
            ends[issuer] = min(one.not_valid_after, ends.get(issuer, one.not_valid_after))
        first = min(ends.values(), default=None)
        return replace(
            self,
            lists=tuple(
                one
                for one in self.lists
                if one.issuer.dump() not in ends or _made_at(one) <= ends[one.issuer.dump()]
            ),
            answers=tuple(one for one in self.answers if not first or _answered_at(one) <= first),
        )

    def speak_of(self, certificate: Any) -> bool:
        """Whether the file brings along what shows if a certificate was revoked."""
        brought = self.lists[len(self.lists) - self.brought :]
        issuer, serial = certificate.issuer.dump(), certificate.serial_number
        return any(one.issuer.dump() == issuer for one in brought) or any(
            answer["cert_id"]["serial_number"].native == serial
            for one in self.answers
            for answer in _answers(one)
        )

    def revoked_on(self, chain: Iterable[Any]) -> datetime | None:
        """When the first of some certificates was revoked, if any list or answer says so."""
        wanted = {(one.issuer.dump(), one.serial_number) for one in chain}
        issuers = {issuer for issuer, _serial in wanted}
        days = [
            entry["revocation_date"].native
            for one in self.lists
            if one.issuer.dump() in issuers
            for entry in one["tbs_cert_list"]["revoked_certificates"] or ()
            if (one.issuer.dump(), entry["user_certificate"].native) in wanted
        ]
        serials = {serial for _issuer, serial in wanted}
        days += [
            answer["cert_status"].chosen["revocation_time"].native
            for one in self.answers
            for answer in _answers(one)
            if answer["cert_status"].name == "revoked"
            and answer["cert_id"]["serial_number"].native in serials
        ]
        return min(days, default=None)


def _made_at(revoked: Any) -> datetime:
    """When a list of revoked certificates was made."""
    made: datetime = revoked["tbs_cert_list"]["this_update"].native
    return made


def _answers(response: Any) -> Iterable[Any]:
    """The answers about single certificates in a response."""
    answers: Iterable[Any] = response.response_data["responses"]
    return answers


def _answered_at(response: Any) -> datetime:
    """When the last answer of a response was made."""
    made: datetime = max(one["this_update"].native for one in _answers(response))
    return made


def known_of(reader: Any, trust: Trust) -> Known:
    """Our roots and lists, and what a file carries to be looked at long after (its DSS)."""
    from asn1crypto.crl import CertificateList  # noqa: PLC0415 - likewise
    from pyhanko.sign.validation.dss import DocumentSecurityStore  # noqa: PLC0415 - likewise
    from pyhanko.sign.validation.errors import NoDSSFoundError  # noqa: PLC0415 - likewise

    known = Known(
        tuple(_loaded(root) for root in trust.roots),
        tuple(CertificateList.load(_bare(one)) for one in trust.revocations),
    )
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return known
    carried = store.as_validation_context({"trust_roots": []})
    return replace(
        known,
        lists=(*known.lists, *carried.crls),
        brought=len(carried.crls),
        answers=tuple(carried.ocsps),
        beside=tuple(store.load_certs()),
    )


def about_trust(
    status: Any,
    known: Known,
    beside: Iterable[Any],
    proven: datetime | None,
) -> Iterator[Reason]:
    """What keeps a signature from being called trusted; ``proven`` is when a stamp shows it."""
    from pyhanko.sign.ades.report import AdESIndeterminate as Unsure  # noqa: PLC0415 - likewise

    chain = chain_of(status)
    gone = known.revoked_on(chain)
    problem = status.trust_problem_indic
    if status.revocation_details or (gone and not (proven and proven < gone)):
        yield Reason.REVOKED
    elif gone:
        yield Reason.REVOKED_SINCE
    elif problem in {
        Unsure.CRYPTO_CONSTRAINTS_FAILURE,
        Unsure.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    }:
        yield Reason.WEAK
    elif not known.roots:
        yield Reason.NO_ROOTS
    elif problem in {Unsure.TRY_LATER, Unsure.CERTIFICATE_CHAIN_GENERAL_FAILURE}:
        yield Reason.NO_REVOCATION
    elif problem is not None or not status.trusted:
        yield Reason.NO_CHAIN
    elif {one.dump() for one in beside} - {one.dump() for one in (*chain, *known.roots)}:
        yield Reason.STRAY


def chain_of(status: Any) -> list[Any]:
    """The certificates through which a signature is trusted, without the root; or its own."""
    if not status.trusted or status.validation_path is None:
        return [status.signing_cert]
    return list(status.validation_path)[1:]


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
