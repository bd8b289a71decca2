"""Signed files on their page: told in words, never called valid, bound to the agreed text."""

import re

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.agreements.models import Printed, SignedFile
from entrecidades.agreements.services import look_in_turn, looking
from entrecidades.agreements.trust import check_authority, check_trust, trusted
from entrecidades.audit.models import Trace
from entrecidades.config.jobs import KEEPERS
from entrecidades.documents.models import Document
from entrecidades.engines.seals.signing import Trouble, sign
from entrecidades.kernel import clock
from entrecidades.queue.services import keep_one
from tests.conftest import entrusted
from tests.engines import authority
from tests.engines.kinds import CPF, icp_issuer, icp_root, of_icp_brasil
from tests.engines.signing import mayor, once, revoked_by, root, signed, unsigned
from tests.engines.stamping import stamper
from tests.engines.tampering import tampered
from tests.factories.agreements import AgreementFactory, TextFactory, VersionFactory
from tests.web.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def by_the_machine():
    """Certificates of the tests are of today; so the clock does not stand here."""


@pytest.fixture(autouse=True)
def nothing_kept():
    """The clock of the pages goes on: signatures claim the moment at which they are made."""


@pytest.fixture(autouse=True)
def trust(settings, tmp_path):
    """The root of the tests is trusted, and nothing of it is revoked."""
    settings.TRUST_ROOTS = tmp_path / "trust"
    settings.TRUST_ROOTS.mkdir()
    (settings.TRUST_ROOTS / "root.pem").write_bytes(root().pem)
    (settings.TRUST_ROOTS / "root.crl").write_bytes(revoked_by(root()))
    return settings.TRUST_ROOTS


@pytest.fixture
def version(maputo, curitiba):
    agreement = AgreementFactory(drafter=maputo, partners=[curitiba], state="text_agreed")
    made = VersionFactory(text=TextFactory(agreement=agreement))
    made.text.agreed = made
    made.text.save()
    return made


@pytest.fixture
def page(version):
    return f"/en/agreements/{version.text.agreement.public_id}/text/"


@pytest.fixture
def party(version, maputo):
    return version.text.agreement.parties.get(entity=maputo).pk


def sent(client, page, party, content, name="acordo.pdf"):
    upload = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(f"{page}signed/", {"party": party, "upload": upload})


def pkcs12(passphrase=b"secret"):
    return serialization.pkcs12.serialize_key_and_certificates(
        b"x",
        mayor().key,
        mayor().certificate,
        [root().certificate],
        serialization.BestAvailableEncryption(passphrase),
    )


def given_out(client, page):
    return client.get(f"{page}versions/1/file.pdf").content


def test_the_agreed_file_signed_is_known_by_its_bytes(inside, page, party, version):
    content = given_out(inside, page)
    assert Printed.objects.count() == 1
    assert sent(inside, page, party, signed(content)).status_code == 302
    told = text_of(inside.get(f"{page}signed/"))
    assert "the very file of version 1" in told
    row = SignedFile.objects.get()
    assert (row.carries, row.version, row.verdict) == ("file", version, "trusted")
    assert "Every signature is in order" in told
    assert "12345678900" not in told  # numbers of citizens in certificates are left out
    assert row.document.is_bound
    assert Trace.objects.get(act="agreements:file:hand-in").facts["carries"] == "file"


def test_another_file_that_is_signed_says_nothing_of_the_text(inside, page, party):
    sent(inside, page, party, once())
    told = text_of(inside.get(f"{page}signed/"))
    assert "does not carry the hash of any version" in told


def test_an_unsigned_file_is_kept_and_called_so(inside, page, party):
    sent(inside, page, party, given_out(inside, page))
    told = text_of(inside.get(f"{page}signed/"))
    assert "There is no digital signature in it" in told
    assert SignedFile.objects.get().verdict == ""


def test_a_file_of_words_to_which_not_all_agreed_is_called_so(inside, page, party, version):
    content = given_out(inside, page)
    version.text.agreed = None
    version.text.save()
    sent(inside, page, party, signed(content))
    assert "to which not all have agreed" in text_of(inside.get(f"{page}signed/"))


@pytest.mark.parametrize("number", range(0, 171, 9))
def test_a_tampered_file_is_never_called_in_order_on_its_page(inside, page, party, number):
    name, content = list(tampered())[number]
    response = sent(inside, page, party, content)
    told = text_of(inside.get(f"{page}signed/"))
    assert response.status_code in {302, 422}, name
    assert "In order" not in told, name
    assert not re.search(r"\bvalid\b", told.replace("novalidate", "")), name
    assert SignedFile.objects.filter(verdict="trusted").count() == 0, name


def test_what_is_no_pdf_is_refused_and_nothing_is_kept(inside, page, party):
    for name, content in (("a.txt", b"Ola"), ("a.pdf", b""), ("a.pdf", b"MZ")):
        assert sent(inside, page, party, content, name).status_code == 422
    assert sent(inside, page, "999", once()).status_code == 422
    assert not SignedFile.objects.exists()
    assert not Document.every_row.exists()


def test_only_who_records_signatures_hands_one_in(client, page, party, maputo, stranger):
    client.force_login(entrusted(maputo, "technician"))
    assert "Hand in a signed file" not in text_of(client.get(f"{page}signed/"))
    assert sent(client, page, party, once()).status_code == 422
    client.force_login(stranger)
    assert sent(client, page, party, once()).status_code == 404


def test_one_looks_again_when_trust_has_changed(inside, page, party, trust):
    sent(inside, page, party, signed(given_out(inside, page)))
    row = SignedFile.objects.get()
    (trust / "root.crl").write_bytes(revoked_by(root(), mayor()))
    look = f"{page}signed/{row.public_id}/look/"
    assert inside.post(look).status_code == 302
    row.refresh_from_db()
    assert row.verdict == "wrong"
    assert "The certificate was revoked" in text_of(inside.get(f"{page}signed/"))


def signing(client, page, party, passphrase="secret", key=None):  # noqa: S107 (of a key made here)
    upload = SimpleUploadedFile("key.p12", pkcs12() if key is None else key)
    told = {"party": party, "key": upload, "passphrase": passphrase}
    return client.post(f"{page}sign/", told)


def test_one_signs_here_one_after_another_and_no_key_is_kept(inside, page, party, settings):
    assert signing(inside, page, party).status_code == 302
    assert signing(inside, page, party).status_code == 302
    last = SignedFile.objects.first()
    assert (last.carries, last.verdict) == ("file", "trusted")
    assert len(last.told().signatures) == 2
    kept = [path.read_bytes() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert all(pkcs12()[:200] not in one and b"secret" not in one for one in kept)
    assert "secret" not in str(list(Trace.objects.values()))


def test_a_signature_made_here_is_stamped_where_the_operator_names_an_authority(
    inside, page, party, settings
):
    with authority.answering(authority.true) as (address, _asked):
        settings.TSA_URL = address
        assert signing(inside, page, party).status_code == 302
    told = text_of(inside.get(f"{page}signed/"))
    assert "as a time stamp shows" in told
    assert "by an authority that this instance trusts" in told


def test_without_the_stamp_nothing_is_signed_and_it_is_said_why(inside, page, party, settings):
    settings.TSA_URL = "http://127.0.0.1:1/"
    response = signing(inside, page, party)
    assert response.status_code == 422
    assert "gave no time stamp, so nothing was signed" in text_of(response)
    assert not SignedFile.objects.exists()
    assert not Document.every_row.exists()


def waiting(client, page, party, monkeypatch, content):
    monkeypatch.setattr(looking, "AT_ONCE", 1000)
    assert sent(client, page, party, content).status_code == 302
    return SignedFile.objects.get()


def test_a_large_file_is_kept_and_looked_at_in_its_turn(inside, page, party, monkeypatch):
    row = waiting(inside, page, party, monkeypatch, signed(given_out(inside, page)))
    shown = inside.get(f"{page}signed/")
    assert "It is being looked at" in text_of(shown)
    assert 'hx-trigger="every 3s"' in shown.content.decode()
    assert "n order" not in text_of(shown).partition("What was found")[2]
    while keep_one(KEEPERS, now=clock.now()):
        pass
    row.refresh_from_db()
    assert (row.verdict, row.carries) == ("trusted", "file")
    shown = inside.get(f"{page}signed/")
    assert "Every signature is in order" in text_of(shown)
    assert "hx-trigger" not in shown.content.decode()
    assert Trace.objects.get(act="agreements:file:look").facts["verdict"] == "trusted"
    assert look_in_turn(file_id=row.pk, at=clock.now()) is None


def test_a_child_that_breaks_leaves_that_it_could_not_be_looked_at(
    inside, page, party, monkeypatch
):
    row = waiting(inside, page, party, monkeypatch, once())
    monkeypatch.setattr("entrecidades.engines.seals.apart.PROGRAM", "entrecidades.engines.nothing")
    look_in_turn(file_id=row.pk, at=clock.now())
    row.refresh_from_db()
    assert row.verdict == "unknown"
    told = text_of(inside.get(f"{page}signed/"))
    assert "It could not be looked at" in told
    assert "The look at the file broke off" in told
    assert "hx-trigger" not in told


def test_a_slow_file_is_looked_at_in_its_turn_and_again_if_asked(inside, page, party, monkeypatch):
    sent(inside, page, party, once())
    monkeypatch.setattr(looking, "SOON", 0.01)
    row = SignedFile.objects.get()
    assert inside.post(f"{page}signed/{row.public_id}/look/").status_code == 302
    row.refresh_from_db()
    assert (row.looked_at, row.verdict, row.report) == (None, "", {})
    look_in_turn(file_id=row.pk, at=clock.now())
    row.refresh_from_db()
    assert row.verdict == "trusted"


def test_what_was_not_looked_at_is_not_signed_upon(inside, page, party, monkeypatch):
    waiting(inside, page, party, monkeypatch, signed(given_out(inside, page)))
    monkeypatch.setattr(looking, "AT_ONCE", 1_000_000)
    signing(inside, page, party)
    assert len(SignedFile.objects.first().told().signatures) == 1


def test_stamps_and_kinds_are_told_as_their_issuers_state_them(inside, page, party, trust):
    (trust / "icp.pem").write_bytes(icp_root().pem)
    for number, one in enumerate((icp_root(), icp_issuer())):
        (trust / f"icp{number}.crl").write_bytes(revoked_by(one))
    identity = of_icp_brasil("3.1", "2.16.76.1.3.1")
    above = (icp_issuer(), icp_root())
    sent(inside, page, party, signed(identity=identity, above=above, stamper=stamper()))
    told = text_of(inside.get(f"{page}signed/"))
    assert "ICP-Brasil certificate of type A3, as its issuer states" in told
    assert "Issued to a person, as its issuer states" in told
    assert "as a time stamp shows" in told
    assert CPF not in told
    assert not re.search(r"\bvalid\b", told)


def test_a_key_that_does_not_open_signs_nothing(inside, page, party, version):
    assert signing(inside, page, party, "wrong").status_code == 422
    assert signing(inside, page, party, key=b"no key").status_code == 422
    assert signing(inside, page, party, key=b"x" * 3_000_000).status_code == 422
    version.text.agreed = None
    version.text.save()
    assert signing(inside, page, party).status_code == 422
    assert not SignedFile.objects.exists()
    assert sign(unsigned(), b"no key", "", "One") == Trouble.KEY


@pytest.mark.parametrize(
    ("address", "count"),
    [("", 0), ("https://tsa.example/tsr", 0), ("ftp://tsa.example", 1), ("tsa", 1)],
)
def test_an_authority_without_an_address_on_the_web_is_told_at_start(settings, address, count):
    settings.TSA_URL = address
    assert [one.id for one in check_authority()] == ["agreements.E003"] * count


def test_what_cannot_be_trusted_is_told_at_start(trust):
    assert check_trust() == []
    assert len(trusted().roots) == len(trusted().revocations) == 1
    (trust / "bundle.pem").write_bytes(root().pem + mayor().pem)
    (trust / "bad.crt").write_bytes(b"no certificate")
    (trust / "bad.crl").write_bytes(root().pem)
    (trust / "notes.txt").write_bytes(b"Whose roots these are.")
    assert [one.id for one in check_trust()] == ["agreements.E001", "agreements.E002"]
    assert len(trusted().roots) == 3
    assert len(trusted().revocations) == 1
