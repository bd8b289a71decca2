"""Time stamps: what they prove long after, what they do not, and what a stranger's is worth."""

import asyncio
from dataclasses import replace

import pytest
from asn1crypto import cms
from pyhanko.sign.general import simple_cms_attribute

from entrecidades.engines.seals.findings import Note, Reason, Trust, Verdict
from entrecidades.engines.seals.looking import look_at
from tests.engines.signing import (
    DAY,
    NOW,
    issued,
    mayor,
    once,
    revoked_by,
    root,
    signed,
    signer_of,
    trusting,
    unsigned,
)
from tests.engines.stamping import (
    LATER,
    archived,
    authority,
    authority_of,
    context,
    kept,
    later,
    stamped,
    stamped_over,
    stamper,
)

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def quiet(caplog):
    """The library tells its log what it finds; so do we, in the report."""
    caplog.set_level("CRITICAL", "pyhanko")
    caplog.set_level("CRITICAL", "pyhanko_certvalidator")


def look(content, trust=None, at=NOW):
    return look_at(content, trusting() if trust is None else trust, at=at)


def only(content, **options):
    report = look(content, **options)
    (one,) = report.signatures
    return report.verdict, {*one.reasons}, one


def test_a_stamp_says_when_and_by_whom():
    verdict, _reasons, one = only(stamped())
    assert verdict == Verdict.TRUSTED
    assert one.stamped_at == one.stamps[0].at
    assert one.stamps[0].who == "Carimbo de exemplo · Prefeitura de exemplo"
    assert only(once())[2].stamped_at is None


def test_what_is_kept_and_stamped_is_in_order_long_after_its_certificate_expired():
    verdict, reasons, one = only(archived(), trust=later(), at=LATER)
    assert (verdict, reasons) == (Verdict.TRUSTED, set())
    assert {*one.notes} == {Note.KEPT, Note.ARCHIVED, Note.OUTLIVED}
    verdict, reasons, one = only(once(), trust=later(), at=LATER)
    assert (verdict, reasons) == (Verdict.INTACT, {Reason.EXPIRED_SINCE})


def test_a_list_made_after_a_certificate_expired_does_not_show_that_it_was_in_force():
    verdict, reasons, _one = only(stamped(), trust=later(), at=LATER)
    assert (verdict, reasons) == (Verdict.INTACT, {Reason.NO_REVOCATION})
    soon = Trust((root().pem,), (revoked_by(root(), at=NOW + 60 * DAY),))
    assert only(stamped(), trust=soon, at=NOW + 61 * DAY)[0] == Verdict.TRUSTED


def test_what_is_kept_and_not_covered_is_told_to_have_been_added():
    verdict, reasons, one = only(kept())
    assert (verdict, reasons) == (Verdict.INTACT, {Reason.ADDED_AFTER})
    assert Note.KEPT in one.notes
    covered = look(stamped_over(kept()))
    assert covered.verdict == Verdict.TRUSTED
    assert len(covered.stamps) == 1


def test_who_was_revoked_before_the_stamp_did_not_sign_in_order():
    verdict, reasons, _one = only(stamped(), trust=trusting(mayor()))
    assert (verdict, reasons) == (Verdict.WRONG, {Reason.REVOKED})


def test_an_older_list_in_the_file_does_not_hide_that_it_was_revoked():
    """Whoever stole a key brings a list along that was made before anybody knew."""
    assert only(archived(), trust=trusting(mayor()))[0] == Verdict.WRONG


def test_who_was_revoked_after_the_stamp_may_have_lost_the_key_before():
    at = NOW + 20 * DAY
    trust = Trust((root().pem,), (revoked_by(root(), mayor(), at=at - DAY),))
    verdict, reasons, _one = only(archived(), trust=trust, at=at)
    assert (verdict, reasons) == (Verdict.INTACT, {Reason.REVOKED_SINCE})
    assert only(once(), trust=trust, at=at)[0] == Verdict.WRONG


def test_a_stranger_and_one_who_stamps_no_times_prove_nothing():
    strange = authority_of(issued("Raiz falsa", ca=True))
    for who in (strange, issued("Alguém", root(), is_rsa=True)):
        verdict, reasons, one = only(signed(stamper=stamper(who)))
        assert (verdict, reasons) == (Verdict.INTACT, {Reason.STAMP_UNSURE})
        assert one.stamped_at is None
    report = look(stamped_over(once(), stamper(strange)))
    assert (report.verdict, report.stamps[0].reasons) == (Verdict.INTACT, (Reason.NO_CHAIN,))


def test_a_revoked_authority_stamps_nothing_in_order():
    verdict, reasons, _one = only(stamped(), trust=trusting(authority()))
    assert (verdict, reasons) == (Verdict.WRONG, {Reason.STAMP_WRONG})


def test_a_stamp_whose_authority_has_expired_needs_one_that_was_set_upon_it():
    short = authority_of(root(), ends=NOW + 100 * DAY)
    content = signed(
        stamper=stamper(short), embed_validation_info=True, validation_context=context()
    )
    verdict, reasons, one = only(content, trust=later(), at=LATER)
    assert verdict == Verdict.INTACT
    assert Reason.STAMP_UNSURE in reasons
    assert one.stamped_at is None
    verdict, reasons, one = only(stamped_over(content), trust=later(), at=LATER)
    assert (verdict, reasons) == (Verdict.TRUSTED, set())
    assert one.stamped_at == one.stamps[0].at


def test_times_that_contradict_each_other_are_not_believed():
    early = signed(stamper=stamper(at=NOW - 50 * DAY))
    assert Reason.AFTER_STAMP in only(early)[1]
    ahead = signed(stamper=stamper(at=NOW + 50 * DAY))
    assert Reason.STAMP_UNSURE in only(ahead)[1]
    before = signed(
        stamper=stamper(at=NOW - 399 * DAY), identity=issued("Nova", root(), begins=NOW - DAY)
    )
    assert only(before)[0] == Verdict.WRONG


def test_a_file_that_was_only_stamped_is_not_signed():
    report = look(stamped_over(unsigned()))
    assert (report.verdict, report.reasons, report.is_signed) == (None, (Reason.UNSIGNED,), False)
    assert report.stamps[0].reasons == ()


def test_the_stamp_of_another_signature_is_not_in_order():
    class Elsewhere(type(stamper())):
        async def async_timestamp(self, _digest, md_algorithm):
            return await super().async_timestamp(bytes(32), md_algorithm)

    one = stamper()
    one.__class__ = Elsewhere
    assert only(signed(stamper=one))[1] == {Reason.STAMP_WRONG}


def test_what_a_signature_carries_and_does_not_protect_takes_the_trust_away():
    signer = signer_of(mayor())
    digest = bytes(32)
    made = asyncio.run(signer.async_sign(digest, "sha256"))
    info = made["content"]["signer_infos"][0]
    info["unsigned_attrs"] = cms.CMSAttributes([simple_cms_attribute("message_digest", b"x")])
    from entrecidades.engines.seals.bytes_signed import is_bare  # noqa: PLC0415

    assert not is_bare(made["content"])


def test_a_report_with_stamps_survives_being_told():
    from entrecidades.engines.seals.findings import report_of  # noqa: PLC0415

    for report in (look(archived()), look(stamped_over(unsigned()))):
        assert report_of(report.told()) == report
        assert report_of({"signatures": [], "reasons": [], "is_signed": False}).stamps == ()
        assert replace(report, reasons=(Reason.CRASHED,)).verdict == Verdict.UNKNOWN
