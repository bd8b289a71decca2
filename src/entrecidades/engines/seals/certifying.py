"""What the issuer of a certificate states in it: of what kind it is, and for whom.

Only kinds are read. The fields in which ICP-Brasil writes the numbers of citizens and of bodies
(2.16.76.1.3) are known by their names; what stands in them is not looked at.
"""

from collections.abc import Iterator
from typing import Any

from entrecidades.engines.seals.findings import Note

#: What ICP-Brasil's policies are called (DOC-ICP-04), and who is named by which field.
ICP_POLICY = "2.16.76.1.2."
ICP_KINDS = {
    ICP_POLICY + "1.": Note.ICP_A1,
    ICP_POLICY + "2.": Note.ICP_A2,
    ICP_POLICY + "3.": Note.ICP_A3,
    ICP_POLICY + "4.": Note.ICP_A4,
}
ICP_ROOT = "ICP-Brasil"
ICP_PERSON, ICP_BODY = "2.16.76.1.3.1", "2.16.76.1.3.3"
#: Statements of a qualified certificate (ETSI EN 319 412-5), by which it is of eIDAS.
QC_TYPES = {"qct_esign": Note.FOR_SIGNATURES, "qct_eseal": Note.FOR_SEALS}


def stated(certificate: Any, root: Any) -> Iterator[Note]:
    """What the issuer of a certificate that leads to a trusted root states of it."""
    if _is_of_icp_brasil(root):
        yield from _of_icp_brasil(certificate)
    yield from _of_eidas(certificate)


def _is_of_icp_brasil(root: Any) -> bool:
    """Whether a root is of ICP-Brasil by its own name."""
    name = root.subject.native
    return (name.get("country_name"), name.get("organization_name")) == ("BR", ICP_ROOT)


def _of_icp_brasil(certificate: Any) -> Iterator[Note]:
    """Of which kind a certificate of ICP-Brasil is, and whether a person's or a body's."""
    policies = certificate.certificate_policies_value or ()
    named = [one["policy_identifier"].dotted for one in policies]
    ours = [one for one in named if one.startswith(ICP_POLICY)]
    if not ours:
        return
    kinds = {note for one in ours for start, note in ICP_KINDS.items() if one.startswith(start)}
    yield kinds.pop() if len(kinds) == 1 else Note.ICP_BRASIL
    others = {
        one.chosen["type_id"].dotted
        for one in certificate.subject_alt_name_value or ()
        if one.name == "other_name"
    }
    if ICP_BODY in others:
        yield Note.OF_BODY
    elif ICP_PERSON in others:
        yield Note.OF_PERSON


def _of_eidas(certificate: Any) -> Iterator[Note]:
    """Whether a certificate is stated to be qualified under eIDAS, and for what."""
    from pyhanko.sign.ades.qualified_asn1 import get_qc_statements  # noqa: PLC0415 - slow to load

    told = {one["statement_id"].native: one for one in get_qc_statements(certificate)}
    # Who names a country's law says that it is qualified under that law, not under eIDAS.
    if "qc_compliance" not in told or "qc_cc_legislation" in told:
        return
    yield Note.QUALIFIED
    if "qc_type" in told:
        for kind in told["qc_type"]["statement_info"].native:
            if kind in QC_TYPES:
                yield QC_TYPES[kind]
    if "qc_sscd" in told:
        yield Note.IN_DEVICE
