"""Signing with a key: with a time stamp of an authority, or with none; never half."""

from threading import Event

import pytest
from cryptography.hazmat.primitives import serialization

from entrecidades.engines.seals import signing
from entrecidades.engines.seals.findings import Verdict
from entrecidades.engines.seals.looking import look_at
from entrecidades.engines.seals.signing import NotSigned, Trouble, sign, sign_apart
from tests.engines import authority
from tests.engines.signing import NOW, mayor, root, trusting, unsigned

pytestmark = pytest.mark.slow
CLOSED = "http://127.0.0.1:1/"


def key():
    return serialization.pkcs12.serialize_key_and_certificates(
        b"x", mayor().key, mayor().certificate, [root().certificate], serialization.NoEncryption()
    )


def made(address=""):
    return sign_apart(unsigned(), key(), "", field="One", authority=address)


def test_without_an_authority_nobody_is_asked():
    (one,) = look_at(made(), trusting(), at=NOW).signatures
    assert (one.verdict, one.stamps) == (Verdict.TRUSTED, ())


def test_the_authority_is_told_a_hash_and_the_signature_has_its_stamp():
    with authority.answering(authority.true) as (address, asked):
        content = made(address)
    report = look_at(content, trusting(), at=NOW)
    assert report.verdict == Verdict.TRUSTED
    assert report.signatures[0].stamped_at is not None
    assert all(len(one) < 100 and b"EXEMPLO" not in one for one in asked)


@pytest.mark.parametrize(
    "answer",
    [
        authority.of_something_else,
        authority.of_before,
        authority.refusing,
        authority.endless,
        lambda _asked: b"",
        lambda _asked: b"<html>",
    ],
)
def test_whatever_else_it_answers_nothing_is_signed(answer):
    with authority.answering(answer) as (address, _asked):
        told = sign(unsigned(), key(), "", "One", signing.stamper_at(address))
    assert told == Trouble.STAMP


def test_an_authority_that_is_away_is_told_so_and_nothing_is_signed():
    with pytest.raises(NotSigned) as refusal:
        made(CLOSED)
    assert refusal.value.trouble == Trouble.STAMP


def test_an_authority_that_does_not_answer_is_not_waited_for_long(monkeypatch):
    monkeypatch.setattr(signing, "ANSWERED_IN", 0.05)
    over = Event()

    def slow(asked):
        over.wait(1)
        return authority.true(asked)

    with authority.answering(slow) as (address, _asked):
        assert sign(unsigned(), key(), "", "One", signing.stamper_at(address)) == Trouble.STAMP
