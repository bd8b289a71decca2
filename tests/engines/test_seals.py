"""Signed files: in order only if nothing speaks against it, and a hundred changes all found."""

import zlib
from hashlib import sha256
from io import BytesIO

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import copy_into_new_writer

from entrecidades.engines.seals.apart import look_apart
from entrecidades.engines.seals.carrying import Written, begins_with, hashes_in
from entrecidades.engines.seals.findings import Reason, Trust, Verdict, report_of
from entrecidades.engines.seals.looking import look_at
from tests.engines.signing import (
    DAY,
    NOW,
    issued,
    mayor,
    once,
    root,
    signed,
    trusting,
    twice,
    unsigned,
)
from tests.engines.stamping import archived, kept, stamped
from tests.engines.tampering import tampered

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def quiet(caplog):
    """The library tells its log what it finds; so do we, in the report."""
    caplog.set_level("CRITICAL", "pyhanko")


def look(content, trust=None, at=NOW):
    return look_at(content, trusting() if trust is None else trust, at=at)


def reasons(content, **options):
    return {reason for one in look(content, **options).signatures for reason in one.reasons}


@pytest.mark.parametrize(("content", "count"), [(once, 1), (twice, 2)])
def test_what_is_in_order_is_called_so(content, count):
    report = look(content())
    assert (report.verdict, len(report.signatures)) == (Verdict.TRUSTED, count)
    assert report.reasons == ()


def test_it_is_told_who_signed_and_when_without_a_citizens_number():
    (one,) = look(once()).signatures
    assert one.who == "MARIA DE EXEMPLO · Prefeitura de exemplo"
    assert one.issuer == "Raiz de exemplo · Prefeitura de exemplo"
    assert abs(one.claimed_at - NOW) < DAY
    assert one.stamped_at is None


def test_a_hundred_changes_are_all_found_and_none_is_shown_as_in_order():
    changed = dict(tampered())
    assert len(changed) >= 170
    same = {once(), twice(), unsigned(), stamped(), kept(), archived()}
    assert not same & {*changed.values()}
    stranger = changed.pop("signed by a stranger")
    found = {name: look(content) for name, content in changed.items()}
    assert [name for name, one in found.items() if one.verdict == Verdict.TRUSTED] == []
    # Nobody knows who stamped these, or who emptied what was kept and added nothing to read.
    doubtful = [name for name in found if name.startswith(("stamped", "restore"))]
    told = [found.pop(name) for name in doubtful]
    assert [one.verdict for one in told] == [Verdict.INTACT] * 5
    # A certificate beside the signature is no part of it: changed, it takes the trust away.
    unseen = {
        name: one
        for name, one in found.items()
        if one.verdict != Verdict.WRONG
        and not one.reasons
        and not (name.startswith("container") and Reason.STRAY in one.signatures[0].reasons)
    }
    assert unseen == {}
    (one,) = look(stranger).signatures
    assert (one.verdict, one.reasons) == (Verdict.INTACT, (Reason.NO_CHAIN,))


def test_without_roots_nothing_is_called_trusted():
    report = look(twice(), trust=Trust())
    assert report.verdict == Verdict.INTACT
    assert [one.reasons for one in report.signatures] == [(Reason.NO_ROOTS,)] * 2


def test_without_a_list_of_what_was_revoked_nothing_is_called_trusted():
    report = look(once(), trust=Trust((root().pem,)))
    assert report.verdict == Verdict.INTACT
    assert report.signatures[0].reasons == (Reason.NO_REVOCATION,)


def test_a_revoked_certificate_is_not_in_order():
    report = look(once(), trust=trusting(mayor()))
    assert (report.verdict, report.signatures[0].reasons) == (Verdict.WRONG, (Reason.REVOKED,))


@pytest.mark.parametrize("trust", [trusting(), Trust()])
def test_a_certificate_that_had_expired_when_it_signed_is_not_in_order(trust):
    old = issued("Antiga", root(), ends=NOW - 10 * DAY)
    report = look(signed(identity=old), trust=trust)
    assert report.verdict == Verdict.WRONG
    assert Reason.EXPIRED_THEN in report.signatures[0].reasons


def test_a_certificate_that_expired_since_may_have_signed_later_than_it_claims():
    report = look(once(), at=NOW + 500 * DAY)
    assert report.verdict == Verdict.INTACT
    assert Reason.EXPIRED_SINCE in report.signatures[0].reasons


def test_a_signature_from_the_future_is_not_believed():
    assert Reason.FUTURE in reasons(once(), at=NOW - 5 * DAY)


def test_an_expired_root_leads_nowhere():
    old = issued("Raiz antiga", ca=True, ends=NOW - DAY)
    identity = issued("Alguém", old)
    report = look(signed(identity=identity), trust=Trust((old.pem,)))
    assert report.verdict == Verdict.INTACT


def test_an_unsigned_file_says_so():
    report = look(unsigned())
    assert (report.verdict, report.reasons, report.signatures) == (None, (Reason.UNSIGNED,), ())


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\0" * 999, b"PK\x03\x04", b"%PDF-1.7\n/ByteRange [0 1 2 3]"]
)
def test_whatever_it_is_there_is_a_report(content):
    report = look(content)
    assert report.verdict in {None, Verdict.WRONG}
    assert report.reasons


def test_an_encrypted_file_is_not_guessed_at():
    writer = IncrementalPdfFileWriter(BytesIO(unsigned()))
    copied = copy_into_new_writer(writer.prev)
    copied.encrypt("owner", "user")
    out = BytesIO()
    copied.write(out)
    assert Reason.ENCRYPTED in look(out.getvalue()).reasons


def test_a_report_survives_being_told():
    for report in (look(twice()), look(unsigned())):
        assert report_of(report.told()) == report


def test_looking_apart_finds_the_same():
    assert look_apart(once(), trusting(), at=NOW) == look(once())


def test_of_a_file_that_takes_too_long_nothing_is_known():
    report = look_apart(once(), Trust(), at=NOW, patience=0.01)
    assert (report.verdict, report.reasons) == (Verdict.UNKNOWN, (Reason.TOO_LONG,))


def test_of_a_file_that_breaks_the_child_nothing_is_known(monkeypatch):
    monkeypatch.setattr("entrecidades.engines.seals.apart.PROGRAM", "entrecidades.engines.nothing")
    report = look_apart(once(), Trust(), at=NOW)
    assert (report.verdict, report.reasons) == (Verdict.UNKNOWN, (Reason.CRASHED,))


def test_the_very_file_is_recognised_inside_what_was_signed():
    ours = Written(len(unsigned()), sha256(unsigned()).hexdigest())
    other = Written(len(unsigned(3)), sha256(unsigned(3)).hexdigest())
    assert begins_with(twice(), [other, ours]) == ours
    assert begins_with(twice(), [other]) is None
    assert begins_with(unsigned()[:-1], [ours]) is None


def test_a_hash_is_found_packed_or_not():
    packed = b"stream\n" + zlib.compress(b"x " + b"ab" * 32) + b"\nendstream"
    assert hashes_in(packed) == {"ab" * 32}
    assert hashes_in(b"sha256 " + b"cd" * 32) == {"cd" * 32}
    assert hashes_in(b"stream\nnot packed\nendstream") == set()
