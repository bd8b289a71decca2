"""Whether what was signed is what is there, down to the last byte of the file."""

import re
from collections.abc import Iterator
from typing import Any

from entrecidades.engines.seals.findings import Reason

#: Blanks and no more may stand after the end of a container.
ZERO = b"\x00"
#: How a container is written: in signs of one sort, as whoever signed wrote it.
CONTAINER = re.compile(rb"<(?:[0-9A-F]+|[0-9a-f]+)>")


def about_bytes(embedded: Any, status: Any, reader: Any, altered: Reason) -> Iterator[Reason]:
    """What is wrong with the bytes of a signature or a stamp; ``altered`` is how it is told."""
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 - slow to load
    from pyhanko.sign.validation import SignatureCoverageLevel  # noqa: PLC0415 - likewise

    alone = _is_alone(embedded.pkcs7_content) and _is_plain(embedded, reader)
    if not (status.intact and status.valid and alone):
        yield altered
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        yield Reason.UNCOVERED
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return
    level = status.modification_level
    if status.docmdp_ok is False or level is None or level > ModificationLevel.FORM_FILLING:
        yield Reason.CHANGED_AFTER
    elif not _is_covered(reader):
        yield (
            Reason.ADDED_AFTER if level == ModificationLevel.LTA_UPDATES else Reason.CHANGED_AFTER
        )
    elif level == ModificationLevel.FORM_FILLING and _asks(reader):
        yield Reason.FILLED_AFTER


def is_bare(signed_data: Any, *attributes: str) -> bool:
    """Whether a signature (CMS) carries nothing that it does not protect.

    What is named twice in it is named alike, and no attributes stand outside of what is signed
    but those given.
    """
    (signer,) = signed_data["signer_infos"]
    digest = signer["digest_algorithm"]
    named = [one.dump() for one in signed_data["digest_algorithms"]]
    by_number = signer["sid"].name == "issuer_and_serial_number"
    outside = {one["type"].native for one in signer["unsigned_attrs"] or ()}
    return (
        len(named) == 1
        and signed_data["digest_algorithms"][0]["algorithm"].native == digest["algorithm"].native
        and all(_has_no_parameters(one) for one in (signed_data["digest_algorithms"][0], digest))
        and signed_data["version"].native in {"v1", "v3"}
        and signer["version"].native == ("v1" if by_number else "v3")
        and outside <= {*attributes}
        and _is_whole(signer)
    )


def _is_whole(sequence: Any) -> bool:
    """Whether a sequence has no parts but those that were read."""
    from asn1crypto.core import Void  # noqa: PLC0415 - likewise
    from asn1crypto.parser import parse  # noqa: PLC0415 - likewise

    left, parts = sequence.contents, 0
    while left:
        *_what, header, content, trailer = parse(left)
        left, parts = left[len(header) + len(content) + len(trailer) :], parts + 1
    return parts == sum(not isinstance(sequence[name], Void) for name in sequence)


def _has_no_parameters(algorithm: Any) -> bool:
    """Whether nothing stands beside the name of a method."""
    from asn1crypto.core import Null, Void  # noqa: PLC0415 - likewise

    beside = algorithm["parameters"]
    beside = getattr(beside, "parsed", beside)
    return isinstance(beside, Null | Void)


def _is_alone(container: bytes) -> bool:
    """Whether a container holds one signature and nothing but blanks after it."""
    from asn1crypto.parser import parse  # noqa: PLC0415 - likewise

    _class, _method, _tag, header, content, trailer = parse(container)
    return not container[len(header) + len(content) + len(trailer) :].strip(ZERO)


def _is_plain(embedded: Any, reader: Any) -> bool:
    """Whether nothing was written into the gap that a signature leaves for its own container."""
    before, length, after, _rest = map(int, embedded.byte_range)
    reader.stream.seek(before + length)
    return bool(CONTAINER.fullmatch(reader.stream.read(after - before - length)))


def _is_covered(reader: Any) -> bool:
    """Whether the last signature or time stamp covers the file to its last byte."""
    from pyhanko.sign.validation import SignatureCoverageLevel  # noqa: PLC0415 - likewise

    last = reader.embedded_signatures[-1]
    whole: bool = last.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
    return whole


def _asks(reader: Any) -> bool:
    """Whether the file has fields that somebody may fill in, other than for signatures."""
    form = reader.root["/AcroForm"]
    fields = [one.get_object() for one in form["/Fields"]]
    return any("/FT" not in one or one["/FT"] != "/Sig" for one in fields)
