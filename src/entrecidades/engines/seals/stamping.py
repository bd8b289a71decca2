"""Time stamps (RFC 3161) over a signature or a whole file, believed as far as they hold.

The newest stamp over the file is looked at as of now, each older one as of the moment that the
next one proves. So a stamp is believed after the certificate of its authority has expired, if
another was set upon it in time.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from entrecidades.engines.seals.bytes_signed import about_bytes, is_bare
from entrecidades.engines.seals.findings import Reason, Stamp, verdict_of
from entrecidades.engines.seals.naming import named, utc
from entrecidades.engines.seals.trusting import Known, about_trust, chain_of

#: By so much clocks may differ.
DRIFT = timedelta(hours=26)
#: More time stamps than any signature has.
MOST = 5


@dataclass(frozen=True, slots=True)
class Proof:
    """A moment that is proven: the file was there up to a revision; or, of none, it is now."""

    moment: datetime
    revision: int | None = None

    @property
    def is_past(self) -> bool:
        """Whether a time stamp proves it."""
        return self.revision is not None


def stamps_of_file(reader: Any, known: Known, at: datetime) -> tuple[list[Stamp], list[Proof]]:
    """The time stamps over a whole file, oldest first, and what those in order prove."""
    stamps, proofs = [], [Proof(at)]
    for embedded in reversed(reader.embedded_timestamp_signatures):
        try:
            stamp = _over_file(embedded, reader, known, proofs[-1])
        except Exception:  # noqa: BLE001 - a forged one may break the reader in any way
            stamp = Stamp("", "", None, (Reason.STAMP_ALTERED,))
        stamps.append(stamp)
        if stamp.at and not stamp.reasons:
            proofs.append(Proof(stamp.at, embedded.signed_revision))
    return stamps[::-1], proofs


def proof_for(embedded: Any, proofs: list[Proof]) -> Proof:
    """The earliest moment at which a signature is proven to have been there, or now."""
    now, *past = proofs
    covering = [one for one in past if (one.revision or 0) > embedded.signed_revision]
    return min(covering, key=lambda one: one.moment, default=now)


def _over_file(embedded: Any, reader: Any, known: Known, proof: Proof) -> Stamp:
    """A time stamp over the file as it was."""
    from pyhanko.sign.validation import validate_pdf_timestamp  # noqa: PLC0415 - slow to load

    def looked(facts: Known) -> Any:
        context = facts.context(proof.moment, past=proof.is_past)
        return validate_pdf_timestamp(embedded, context, skip_diff=True)

    embedded.compute_integrity_info()
    status = soundly(looked, known, proof)
    reasons = [
        *about_bytes(embedded, status, reader, Reason.STAMP_ALTERED),
        *_about_stamp(status, embedded.signed_data, known, proof),
    ]
    return _told(status, reasons)


def stamps_of_signature(embedded: Any, known: Known, proof: Proof) -> list[Stamp]:
    """The time stamps over one signature."""
    from pyhanko.sign.validation.generic_cms import (  # noqa: PLC0415 - likewise
        extract_tst_data_iter,
        message_imprint_checker,
        validate_tst_signed_data,
    )
    from pyhanko.sign.validation.status import TimestampSignatureStatus  # noqa: PLC0415

    signer = embedded.signer_info
    wanted = message_imprint_checker(signer)
    stamps = []
    for token in list(extract_tst_data_iter(signer, signed=False))[: MOST + 1]:

        def looked(facts: Known, token: Any = token) -> Any:
            context = facts.context(proof.moment, past=proof.is_past)
            told = asyncio.run(validate_tst_signed_data(token, context, wanted))
            return TimestampSignatureStatus(**told)

        try:
            status = soundly(looked, known, proof)
            stamps.append(_told(status, [*_about_stamp(status, token, known, proof)]))
        except Exception:  # noqa: BLE001 - likewise
            stamps.append(Stamp("", "", None, (Reason.STAMP_ALTERED,)))
    return stamps


def soundly(looked: Any, known: Known, proof: Proof) -> Any:
    """A status; of the past only by lists that were made while its certificates were in term."""
    status = looked(known)
    if not (proof.is_past and status.trusted):
        return status
    sound = known.made_in_term(chain_of(status))
    return status if sound == known else looked(sound)


def _about_stamp(status: Any, token: Any, known: Known, proof: Proof) -> Iterator[Reason]:
    """What speaks against a time stamp."""
    if not (status.intact and status.valid):
        yield Reason.STAMP_ALTERED
    if not is_bare(token):
        yield Reason.LOOSE
    if utc(status.timestamp) > proof.moment + DRIFT:
        yield Reason.FUTURE
    yield from about_trust(
        status, known, _beside(token, status), proof.moment if proof.is_past else None
    )


def _beside(token: Any, status: Any) -> list[Any]:
    """The certificates in a token besides that of its authority."""
    own = status.signing_cert.dump()
    found = [one.chosen for one in token["certificates"] or ()]
    return [one for one in found if one.dump() != own]


def _told(status: Any, reasons: list[Reason]) -> Stamp:
    """A time stamp as a report tells it."""
    certificate = status.signing_cert
    return Stamp(
        named(certificate.subject),
        named(certificate.issuer),
        utc(status.timestamp),
        tuple(dict.fromkeys(reasons)),
    )


def about_stamps(stamps: list[Stamp]) -> Iterator[Reason]:
    """What its time stamps, one and all, say against a signature."""
    reasons = [reason for one in stamps for reason in one.reasons]
    if len(stamps) > MOST:
        yield Reason.STAMP_UNSURE
    if reasons:
        is_wrong = verdict_of(reasons) == "wrong"
        yield Reason.STAMP_WRONG if is_wrong else Reason.STAMP_UNSURE
