"""Kinds of certificates: told as their issuers state, only of a trusted root, without numbers."""

import json

import pytest

from entrecidades.engines.seals.findings import Note, Trust, Verdict
from entrecidades.engines.seals.looking import look_at
from tests.engines.kinds import (
    CPF,
    eidas_root,
    false_root,
    icp_issuer,
    icp_root,
    of_eidas,
    of_icp_brasil,
    trust_in,
)
from tests.engines.signing import NOW, mayor, root, signed, trusting

pytestmark = pytest.mark.slow
PERSON, BODY = "2.16.76.1.3.1", "2.16.76.1.3.3"


@pytest.fixture(autouse=True)
def quiet(caplog):
    """The library tells its log what it finds; so do we, in the report."""
    caplog.set_level("CRITICAL", "pyhanko")


def look(identity, trust, *above):
    return look_at(signed(identity=identity, above=above), trust, at=NOW)


def notes(identity, trust, *above):
    (one,) = look(identity, trust, *above).signatures
    return [*one.notes]


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("1.7", [PERSON], [Note.ICP_A1, Note.OF_PERSON]),
        ("3.12", [PERSON, "2.16.76.1.3.6"], [Note.ICP_A3, Note.OF_PERSON]),
        ("3.12", ["2.16.76.1.3.4", BODY], [Note.ICP_A3, Note.OF_BODY]),
        ("4.1", [], [Note.ICP_A4]),
        ("303.1", [], [Note.ICP_BRASIL]),
        ("31.1", [], [Note.ICP_BRASIL]),
    ],
)
def test_the_kind_is_told_as_icp_brasil_states_it(kind, fields, told):
    trust = trust_in(icp_root(), icp_issuer())
    identity = of_icp_brasil(kind, *fields)
    assert notes(identity, trust, icp_issuer(), icp_root()) == told


def test_no_number_of_a_citizen_is_told():
    trust = trust_in(icp_root(), icp_issuer())
    report = look(of_icp_brasil("3.1", PERSON, BODY), trust, icp_issuer(), icp_root())
    assert report.verdict == Verdict.TRUSTED
    told = json.dumps(report.told())
    for number in (CPF, CPF.replace(".", "").replace("-", ""), "01011970"):
        assert number not in told


def test_nothing_is_told_where_the_chain_leads_to_no_trusted_root():
    identity = of_icp_brasil("3.1", PERSON)
    for trust in (Trust(), trusting()):
        report = look(identity, trust, icp_issuer(), icp_root())
        assert (report.verdict, report.signatures[0].notes) == (Verdict.INTACT, ())


def test_another_root_does_not_make_certificates_of_icp_brasil():
    identity = of_icp_brasil("3.1", PERSON, root=false_root())
    report = look(identity, trust_in(false_root()), false_root())
    assert (report.verdict, report.signatures[0].notes) == (Verdict.TRUSTED, ())


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (
            ["qc_compliance", "qc_sscd", "qct_esign"],
            [Note.QUALIFIED, Note.FOR_SIGNATURES, Note.IN_DEVICE],
        ),
        (["qc_compliance", "qct_eseal"], [Note.QUALIFIED, Note.FOR_SEALS]),
        (["qc_compliance"], [Note.QUALIFIED]),
        (["qc_compliance", "qct_web"], [Note.QUALIFIED]),
        (["qc_sscd", "qct_esign"], []),
        ([], []),
    ],
)
def test_a_qualified_certificate_is_told_as_its_issuer_states(statements, told):
    assert notes(of_eidas(*statements), trust_in(eidas_root()), eidas_root()) == told


def test_of_a_certificate_that_states_nothing_nothing_is_told():
    assert notes(mayor(), trusting(), root()) == []
