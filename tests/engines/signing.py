"""Certificates made for the tests, and files signed with them."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from entrecidades.engines.seals.findings import Trust

#: Signatures claim the moment at which they are made: the clock of the machine.
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
DAY = dt.timedelta(days=1)
PEM, CURVE = serialization.Encoding.PEM, ec.SECP256R1()


@dataclass(frozen=True)
class Identity:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: object

    @property
    def pem(self):
        return self.certificate.public_bytes(PEM)


def issued(
    name,
    by=None,
    *,
    begins=NOW - 400 * DAY,
    ends=NOW + 400 * DAY,
    ca=False,
    of="Prefeitura de exemplo",
    country=None,
    beside=(),
    is_rsa=False,
):
    """A certificate issued by another, or by itself, with extensions ``beside`` the usual."""
    key = rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(CURVE)
    parts = [(NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, of)]
    parts += [(NameOID.COUNTRY_NAME, country)] if country else []
    subject = x509.Name([x509.NameAttribute(*one) for one in parts])
    issuer = by.certificate.subject if by else subject
    usage = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
            "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    wanted = ("key_cert_sign", "crl_sign") if ca else ("digital_signature", "content_commitment")
    usage |= dict.fromkeys(wanted, True)
    issuer_key = (by.key if by else key).public_key()
    built = (
        x509.CertificateBuilder(issuer, subject, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False
        )
    )
    for extension, is_critical in beside:
        built = built.add_extension(extension, critical=is_critical)
    return Identity(built.sign(by.key if by else key, hashes.SHA256()), key)


def revoked_by(issuer, *identities, at=NOW - DAY, revoked_at=None):
    """The list of what an issuer has revoked, made at a moment and good for a month."""
    built = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + 31 * DAY)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for one in identities:
        gone = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
        built = built.add_revoked_certificate(gone.revocation_date(revoked_at or at).build())
    return built.sign(issuer.key, hashes.SHA256()).public_bytes(PEM)


@cache
def root():
    return issued("Raiz de exemplo", ca=True, ends=NOW + 4000 * DAY)


@cache
def mayor():
    return issued("MARIA DE EXEMPLO:12345678900", root())


def trusting(*revoked):
    return Trust((root().pem,), (revoked_by(root(), *revoked),))


@cache
def unsigned(pages=2):
    """A file that nobody has signed."""
    source = '#set document(title: "x", date: none)\n' + "#pagebreak()\n".join(["Olá\n"] * pages)
    return typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)


def signer_of(identity, *above):
    bundle = serialization.pkcs12.serialize_key_and_certificates(
        b"x",
        identity.key,
        identity.certificate,
        [one.certificate for one in above or (root(),)],
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner.load_pkcs12_data(bundle, other_certs=[], passphrase=None)


def signed(
    content=None, identity=None, *, name="One", certify=False, stamper=None, above=(), **options
):
    """A file with one signature more, perhaps with a time stamp."""
    meta = signers.PdfSignatureMetadata(
        field_name=name, subfilter=fields.SigSeedSubFilter.PADES, certify=certify, **options
    )
    writer = IncrementalPdfFileWriter(BytesIO(content or unsigned()))
    made = signers.sign_pdf(
        writer, meta, signer=signer_of(identity or mayor(), *above), timestamper=stamper
    )
    return made.getvalue()


@cache
def once():
    return signed()


@cache
def twice():
    """A file that two have signed, one after the other."""
    return signed(once(), issued("Giovanni d’Esempio", root()), name="Two")
