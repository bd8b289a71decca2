"""Look at every signature of a PDF file with pyHanko, and believe it only as far as it holds.

pyHanko computes the digests, the chain and what was changed after signing; what may be called in
order is decided here, more strictly: the last signature covers the file to its last byte, nothing
but certificates was added after any, and the signature's container holds nothing else.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from entrecidades.engines.seals.findings import Reason, Report, Signature, Trust
from entrecidades.engines.seals.trusting import about_trust, context_for

#: More signatures than any agreement has parties.
MOST = 40
#: By so much clocks may differ.
DRIFT = timedelta(hours=26)
#: Numbers by which some countries know their citizens stand in the names of certificates.
CITIZEN = re.compile(r"[:\s]*\d[\d.\-/]{7,}\d")
#: Blanks and no more may stand after the end of a container.
ZERO = b"\x00"
#: How a container is written: in signs of one sort, as whoever signed wrote it.
CONTAINER = re.compile(rb"<(?:[0-9A-F]+|[0-9a-f]+)>")


def look_at(content: bytes, trust: Trust, *, at: datetime) -> Report:
    """What can be said of the signatures of a file that was handed in at a moment.

    Whatever the file is, there is a report: a file that cannot be read is not in order.
    """
    is_signed = b"/ByteRange" in content or b"/DocTimeStamp" in content
    try:
        return _looked(content, trust, at, is_signed=is_signed)
    except RecursionError:
        return Report(reasons=(Reason.UNREADABLE,), is_signed=is_signed)
    except Exception:  # noqa: BLE001 - a forged file may break the reader in any way
        return Report(reasons=(Reason.UNREADABLE,), is_signed=is_signed)


def _looked(content: bytes, trust: Trust, at: datetime, *, is_signed: bool) -> Report:
    """Open the file and go through its signatures."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - takes a second to load

    reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted:
        return Report(reasons=(Reason.ENCRYPTED,), is_signed=is_signed)
    found = reader.embedded_signatures
    if len(found) > MOST:
        return Report(reasons=(Reason.TOO_MANY,), is_signed=True)
    signatures = tuple(_one(one, reader, trust, at) for one in reader.embedded_regular_signatures)
    if not signatures:
        why = Reason.BROKEN if is_signed else Reason.UNSIGNED
        return Report(reasons=(why,), is_signed=is_signed)
    return Report(signatures, is_signed=True)


def _one(embedded: Any, reader: Any, trust: Trust, at: datetime) -> Signature:
    """One signature; one that cannot be understood is not in order."""
    who, issuer = "", ""
    try:
        certificate = embedded.signer_cert
        who, issuer = _named(certificate.subject), _named(certificate.issuer)
        return Signature(who, issuer, *_told(embedded, reader, trust, at))
    except Exception:  # noqa: BLE001 - likewise
        return Signature(who, issuer, None, None, (Reason.BROKEN,))


def _told(
    embedded: Any, reader: Any, trust: Trust, at: datetime
) -> tuple[datetime | None, datetime | None, tuple[Reason, ...]]:
    """When it was made, as claimed and as stamped, and what speaks against it."""
    status = _validated(embedded, reader, trust, at)
    claimed = _utc(status.signer_reported_dt)
    stamp = status.timestamp_validity
    stamped = _utc(stamp.timestamp) if stamp and stamp.valid and stamp.trusted else None
    reasons = [
        *_about_bytes(embedded, status, reader),
        *_about_time(embedded.signer_cert, claimed, stamped, at),
        *about_trust(status, trust, embedded.other_embedded_certs),
    ]
    return claimed, stamped, tuple(dict.fromkeys(reasons))


def _validated(embedded: Any, reader: Any, trust: Trust, at: datetime) -> Any:
    """What pyHanko says of a signature."""
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - as above

    return validate_pdf_signature(embedded, context_for(reader, trust, at))


def _about_bytes(embedded: Any, status: Any, reader: Any) -> Iterator[Reason]:
    """Whether what was signed is what is there."""
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 - as above
    from pyhanko.sign.validation import SignatureCoverageLevel  # noqa: PLC0415 - as above

    alone = _is_alone(embedded.pkcs7_content) and _is_plain(embedded, reader)
    if not (status.intact and status.valid and alone):
        yield Reason.ALTERED
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        yield Reason.UNCOVERED
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return
    level = status.modification_level
    if not status.docmdp_ok or level is None or level > ModificationLevel.FORM_FILLING:
        yield Reason.CHANGED_AFTER
    elif not _is_covered(reader):
        yield (
            Reason.ADDED_AFTER if level == ModificationLevel.LTA_UPDATES else Reason.CHANGED_AFTER
        )
    elif level == ModificationLevel.FORM_FILLING and _asks(reader):
        yield Reason.FILLED_AFTER


def _is_alone(container: bytes) -> bool:
    """Whether a container holds one signature and nothing but blanks after it."""
    from asn1crypto.parser import parse  # noqa: PLC0415 - as above

    _class, _method, _tag, header, content, trailer = parse(container)
    return not container[len(header) + len(content) + len(trailer) :].strip(ZERO)


def _is_plain(embedded: Any, reader: Any) -> bool:
    """Whether nothing was written into the gap that a signature leaves for its own container."""
    before, length, after, _rest = map(int, embedded.byte_range)
    reader.stream.seek(before + length)
    return bool(CONTAINER.fullmatch(reader.stream.read(after - before - length)))


def _is_covered(reader: Any) -> bool:
    """Whether the last signature or time stamp covers the file to its last byte."""
    from pyhanko.sign.validation import SignatureCoverageLevel  # noqa: PLC0415 - as above

    last = reader.embedded_signatures[-1]
    if last.coverage is None:
        last.compute_integrity_info()
    whole: bool = last.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return whole and last.summarise_integrity_info()["coverage"] is not None


def _asks(reader: Any) -> bool:
    """Whether the file has fields that somebody may fill in, other than for signatures."""
    form = reader.root["/AcroForm"]
    fields = [one.get_object() for one in form["/Fields"]]
    return any("/FT" not in one or one["/FT"] != "/Sig" for one in fields)


def _about_time(
    certificate: Any, claimed: datetime | None, stamped: datetime | None, at: datetime
) -> Iterator[Reason]:
    """Whether the certificate was in force when it signed, as far as that is known."""
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    signed = stamped or claimed
    if signed is None:
        yield Reason.NO_TIME
    elif not begins <= signed <= ends:
        yield Reason.EXPIRED_THEN
    elif signed > at + DRIFT:
        yield Reason.FUTURE
    if not begins <= at <= ends and not stamped:
        # Who has an expired key may claim an earlier day: only a time stamp could say.
        yield Reason.EXPIRED_SINCE


def _named(name: Any) -> str:
    """A person and her body as a certificate names them, without the numbers of citizens."""
    parts = name.native
    told = [parts.get(one) for one in ("common_name", "organization_name")]
    flat = [", ".join(one) if isinstance(one, list) else str(one) for one in told if one]
    return CITIZEN.sub("", " · ".join(dict.fromkeys(flat)))[:200]


def _utc(moment: datetime | None) -> datetime | None:
    """A moment with its zone; one that names none is taken for UTC."""
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
