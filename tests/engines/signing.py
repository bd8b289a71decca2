"""Certificates made for the tests, and files signed with them."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from entrecidades.engines.seals.findings import Trust

#: Signatures claim the moment at which they are made: the clock of the machine.
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
DAY = dt.timedelta(days=1)
PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Identity:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: object

    @property
    def pem(self):
        return self.certificate.public_bytes(PEM)


def issued(name, by=None, *, begins=NOW - 400 * DAY, ends=NOW + 400 * DAY, ca=False):
    """A certificate issued by another, or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Prefeitura de exemplo"),
        ]
    )
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
    return Identity(built.sign(by.key if by else key, hashes.SHA256()), key)


def revoked_by(issuer, *identities, at=NOW - DAY):
    """The list of what an issuer has revoked."""
    built = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(NOW + 30 * DAY)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for one in identities:
        gone = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
        built = built.add_revoked_certificate(gone.revocation_date(at).build())
    return built.sign(issuer.key, hashes.SHA256()).public_bytes(PEM)


@cache
def root():
    return issued("Raiz de exemplo", ca=True)


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


def signer_of(identity):
    bundle = serialization.pkcs12.serialize_key_and_certificates(
        b"x",
        identity.key,
        identity.certificate,
        [root().certificate],
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner.load_pkcs12_data(bundle, other_certs=[], passphrase=None)


def signed(content=None, identity=None, *, name="One", certify=False, **options):
    """A file with one signature more."""
    meta = signers.PdfSignatureMetadata(
        field_name=name, subfilter=fields.SigSeedSubFilter.PADES, certify=certify, **options
    )
    writer = IncrementalPdfFileWriter(BytesIO(content or unsigned()))
    made = signers.sign_pdf(writer, meta, signer=signer_of(identity or mayor()))
    return made.getvalue()


@cache
def once():
    return signed()


@cache
def twice():
    """A file that two have signed, one after the other."""
    return signed(once(), issued("Giovanni d’Esempio", root()), name="Two")
