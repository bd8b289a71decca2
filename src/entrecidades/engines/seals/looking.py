"""Look at every signature of a PDF file with pyHanko, and believe it only as far as it holds.

pyHanko computes the digests, the chain and what was changed after signing; what may be called in
order is decided here, more strictly: the last signature or time stamp covers the file to its last
byte, nothing but certificates was added after any, and the container holds nothing else.

Where a time stamp in order proves when a signature was there, its certificate is looked at as of
then: it may have expired since (docs/adr/0045).
"""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from entrecidades.engines.seals.bytes_signed import about_bytes, is_bare
from entrecidades.engines.seals.certifying import stated
from entrecidades.engines.seals.findings import (
    Note,
    Reason,
    Report,
    Signature,
    Stamp,
    Trust,
    Verdict,
    verdict_of,
)
from entrecidades.engines.seals.naming import named, utc
from entrecidades.engines.seals.stamping import (
    DRIFT,
    Proof,
    about_stamps,
    proof_for,
    soundly,
    stamps_of_file,
    stamps_of_signature,
)
from entrecidades.engines.seals.trusting import Known, about_trust, known_of

#: More signatures than any agreement has parties.
MOST = 40
RANGE = b"/ByteRange"
#: What may stand in a signature beside what is signed: a time stamp.
STAMP = "signature_time_stamp_token"


def look_at(content: bytes, trust: Trust, *, at: datetime) -> Report:
    """What can be said of the signatures of a file that was handed in at a moment.

    Whatever the file is, there is a report: a file that cannot be read is not in order.
    """
    is_signed = RANGE in content or b"/DocTimeStamp" in content
    try:
        return _looked(content, trust, at, is_signed=is_signed)
    except RecursionError:
        return Report(reasons=(Reason.UNREADABLE,), is_signed=is_signed)
    except Exception:  # noqa: BLE001 - a forged file may break the reader in any way
        return Report(reasons=(Reason.UNREADABLE,), is_signed=is_signed)


def _looked(content: bytes, trust: Trust, at: datetime, *, is_signed: bool) -> Report:
    """Open the file and go through its time stamps and signatures."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - takes a second to load

    reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted:
        return Report(reasons=(Reason.ENCRYPTED,), is_signed=is_signed)
    found = reader.embedded_signatures
    if len(found) > MOST:
        return Report(reasons=(Reason.TOO_MANY,), is_signed=True)
    known = known_of(reader, trust)
    stamps, proofs = stamps_of_file(reader, known, at)
    signatures = tuple(
        _one(one, reader, known, proof_for(one, proofs), at)
        for one in reader.embedded_regular_signatures
    )
    if not signatures:
        # A file that was only stamped is not signed; one with a range too many was.
        is_signed = is_signed and content.count(RANGE) != len(found)
        why = Reason.BROKEN if is_signed else Reason.UNSIGNED
        return Report(reasons=(why,), is_signed=is_signed, stamps=tuple(stamps))
    return Report(signatures, is_signed=True, stamps=tuple(stamps))


def _one(embedded: Any, reader: Any, known: Known, proof: Proof, at: datetime) -> Signature:
    """One signature; one that cannot be understood is not in order."""
    who, issuer = "", ""
    try:
        certificate = embedded.signer_cert
        who, issuer = named(certificate.subject), named(certificate.issuer)
        return Signature(who, issuer, *_told(embedded, reader, known, proof, at))
    except Exception:  # noqa: BLE001 - likewise
        return Signature(who, issuer, None, None, (Reason.BROKEN,))


Told = tuple[
    datetime | None, datetime | None, tuple[Reason, ...], tuple[Stamp, ...], tuple[Note, ...]
]


def _told(embedded: Any, reader: Any, known: Known, proof: Proof, at: datetime) -> Told:
    """When it was made, as claimed and as stamped, and what speaks against it."""
    stamps = stamps_of_signature(embedded, known, proof)
    is_archived, proof = proof.is_past, _earlier(stamps, proof)
    status = _validated(embedded, known, proof)
    claimed = utc(status.signer_reported_dt) if status.signer_reported_dt else None
    stamped = proof.moment if proof.is_past else None
    certificate = embedded.signer_cert
    reasons = [
        *about_bytes(embedded, status, reader, Reason.ALTERED),
        *([] if is_bare(embedded.signed_data, STAMP) else [Reason.LOOSE]),
        *_about_time(certificate, claimed, stamped, at),
        *about_stamps(stamps),
        *_about_chain(status, embedded, known, stamped, at),
    ]
    notes = _notes(status, embedded, known, is_archived=is_archived, at=at, reasons=reasons)
    return claimed, stamped, tuple(dict.fromkeys(reasons)), tuple(stamps), notes


def _earlier(stamps: list[Stamp], proof: Proof) -> Proof:
    """What the time stamps of a signature prove, or what those over the file do."""
    sure = [one.at for one in stamps if one.at and not one.reasons]
    first = min(sure, default=None)
    if first is None:
        return proof
    return Proof(min(first, proof.moment) if proof.is_past else first, revision=0)


def _validated(embedded: Any, known: Known, proof: Proof) -> Any:
    """What pyHanko says of a signature, as of the moment that is proven."""
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - as above

    def looked(facts: Known) -> Any:
        context = facts.context(proof.moment, past=proof.is_past)
        # The differences were computed once, below.
        return validate_pdf_signature(embedded, context, skip_diff=True)

    embedded.compute_integrity_info()
    return soundly(looked, known, proof)


def _about_chain(
    status: Any, embedded: Any, known: Known, stamped: datetime | None, at: datetime
) -> Iterator[Reason]:
    """Whether its certificate leads to a trusted root; one out of its term is told so once."""
    certificate = embedded.signer_cert
    is_over = not certificate.not_valid_before <= (stamped or at) <= certificate.not_valid_after
    for reason in about_trust(status, known, embedded.other_embedded_certs, stamped):
        if not (reason == Reason.NO_CHAIN and is_over):
            yield reason


def _about_time(
    certificate: Any, claimed: datetime | None, stamped: datetime | None, at: datetime
) -> Iterator[Reason]:
    """Whether the certificate was in force when it signed, as far as that is known."""
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    signed = claimed or stamped
    if signed is None:
        yield Reason.NO_TIME
    elif not begins <= signed <= ends or (stamped and stamped < begins):
        yield Reason.EXPIRED_THEN
    elif signed > at + DRIFT:
        yield Reason.FUTURE
    elif stamped and signed > stamped + DRIFT:
        yield Reason.AFTER_STAMP
    if not begins <= (stamped or at) <= ends:
        # Who has an expired key may claim an earlier day: only a time stamp could say.
        yield Reason.EXPIRED_SINCE


def _notes(
    status: Any,
    embedded: Any,
    known: Known,
    *,
    is_archived: bool,
    at: datetime,
    reasons: list[Reason],
) -> tuple[Note, ...]:
    """What else is told of a signature: nothing of one that is not in order."""
    if verdict_of(reasons) == Verdict.WRONG:
        return ()
    certificate = embedded.signer_cert
    outlived = at > certificate.not_valid_after and Reason.EXPIRED_SINCE not in reasons
    told = {
        Note.KEPT: known.speak_of(certificate),
        Note.ARCHIVED: is_archived,
        Note.OUTLIVED: outlived,
    }
    notes = [note for note, is_so in told.items() if is_so]
    if status.trusted:
        notes += stated(certificate, next(iter(status.validation_path)))
    return tuple(notes)
