"""Certificates of the shape of ICP-Brasil and of eIDAS, made for the tests and marked so."""

from functools import cache

from asn1crypto import core
from cryptography import x509
from pyhanko.sign.ades import qualified_asn1 as qc

from entrecidades.engines.seals.findings import Trust
from tests.engines.signing import issued, revoked_by

#: A number that no citizen has: its check digits are wrong.
CPF = "123.456.789-00"


def of_icp_brasil(kind, *fields, root=None):
    """A certificate by a policy of ICP-Brasil, with the fields in which numbers stand."""
    policy = x509.PolicyInformation(x509.ObjectIdentifier(f"2.16.76.1.2.{kind}"), None)
    numbers = core.UTF8String("01011970" + CPF.replace(".", "").replace("-", "")).dump()
    names = [x509.OtherName(x509.ObjectIdentifier(one), numbers) for one in fields]
    beside = [(x509.CertificatePolicies([policy]), False)]
    beside += [(x509.SubjectAlternativeName(names), False)] if names else []
    name = f"FULANO DE EXEMPLO (TESTE):{CPF}"
    return issued(name, root or icp_issuer(), of="ICP-Brasil", country="BR", beside=beside)


@cache
def icp_root():
    return issued("AC Raiz Brasileira de TESTE", ca=True, of="ICP-Brasil", country="BR")


@cache
def icp_issuer():
    return issued("AC de TESTE", icp_root(), ca=True, of="ICP-Brasil", country="BR")


@cache
def false_root():
    """A root that is trusted, and of which ICP-Brasil knows nothing."""
    return issued("Raiz alheia de TESTE", ca=True, of="Outra", country="BR")


@cache
def eidas_root():
    return issued("Prestatore di PROVA", ca=True, of="Prestatore di PROVA", country="IT")


def of_eidas(*statements):
    """A certificate of which its issuer states what is named."""
    told = [qc.QcStatement({"statement_id": one}) for one in statements if "qct" not in one]
    kinds = [one for one in statements if "qct" in one]
    if kinds:
        told.append(
            qc.QcStatement(
                {"statement_id": "qc_type", "statement_info": qc.QcCertificateType(kinds)}
            )
        )
    extension = x509.UnrecognizedExtension(
        x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), qc.QcStatements(told).dump()
    )
    return issued("Giovanni di PROVA", eidas_root(), country="IT", beside=[(extension, False)])


def trust_in(*authorities):
    """The roots among some authorities, and a list by each."""
    roots = [one for one in authorities if one.certificate.issuer == one.certificate.subject]
    return Trust(tuple(one.pem for one in roots), tuple(revoked_by(one) for one in authorities))
