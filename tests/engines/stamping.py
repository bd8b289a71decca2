"""A time stamping authority made for the tests, and files stamped and kept for long by it."""

from functools import cache
from io import BytesIO

from asn1crypto import keys, pem, x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import ExtendedKeyUsage
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, TimestampDSSContentSettings
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext

from entrecidades.engines.seals.findings import Trust
from tests.engines.signing import DAY, NOW, issued, revoked_by, root, signed

#: When most certificates of the tests have expired.
LATER = NOW + 500 * DAY
STAMPS = ((ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),)


#: The stamp comes last, after all that it is to keep.
LAST = DSSContentSettings(
    include_vri=False,
    next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
)


def authority_of(by, **facts):
    """A certificate that stamps times."""
    return issued("Carimbo de exemplo", by, beside=STAMPS, is_rsa=True, **facts)


@cache
def authority():
    """The authority of the tests: it lives longer than those for whom it stamps."""
    return authority_of(root(), ends=NOW + 3000 * DAY)


def loaded(identity):
    """A certificate as pyHanko reads it."""
    return x509.Certificate.load(pem.unarmor(identity.pem)[2])


def stamper(identity=None, *, at=None):
    """What stamps by an authority, now or at a moment of the test's choice."""
    who = identity or authority()
    key = who.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return DummyTimeStamper(loaded(who), keys.PrivateKeyInfo.load(key), fixed_dt=at)


def context(lists=None, roots=None):
    """By what a signer gathers what is kept in the file."""
    return ValidationContext(
        trust_roots=[loaded(one) for one in roots or (root(),)],
        crls=[pem.unarmor(one)[2] for one in lists or (revoked_by(root()),)],
        revocation_mode="require",
        allow_fetching=False,
    )


@cache
def stamped():
    """A signed file with a time stamp (PAdES-T)."""
    return signed(stamper=stamper())


@cache
def kept():
    """One that brings along what shows that its certificate was in force (PAdES-LT)."""
    return signed(stamper=stamper(), embed_validation_info=True, validation_context=context())


@cache
def archived():
    """One whose proofs are stamped in turn (PAdES-LTA)."""
    return signed(
        stamper=stamper(),
        embed_validation_info=True,
        validation_context=context(),
        use_pades_lta=True,
        dss_settings=LAST,
    )


def stamped_over(content, by=None, *, name="Stamp"):
    """A file with a time stamp over all of it."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    return (
        signers.PdfTimeStamper(by or stamper(), field_name=name)
        .timestamp_pdf(writer, "sha256", validation_context=None)
        .getvalue()
    )


def later(*revoked, **facts):
    """What is trusted when most certificates have expired: the root, and a list of that day."""
    return Trust((root().pem,), (revoked_by(root(), *revoked, at=LATER - DAY, **facts),))
