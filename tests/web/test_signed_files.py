"""Signed files on their page: told in words, never called valid, bound to the agreed text."""

import re

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.agreements.models import Printed, SignedFile
from entrecidades.agreements.trust import check_trust, trusted
from entrecidades.audit.models import Trace
from entrecidades.documents.models import Document
from entrecidades.engines.seals.signing import Trouble, sign
from tests.conftest import entrusted
from tests.engines.signing import mayor, once, revoked_by, root, signed, unsigned
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


@pytest.mark.parametrize("number", range(0, 100, 7))
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


def test_a_key_that_does_not_open_signs_nothing(inside, page, party, version):
    assert signing(inside, page, party, "wrong").status_code == 422
    assert signing(inside, page, party, key=b"no key").status_code == 422
    assert signing(inside, page, party, key=b"x" * 3_000_000).status_code == 422
    version.text.agreed = None
    version.text.save()
    assert signing(inside, page, party).status_code == 422
    assert not SignedFile.objects.exists()
    assert sign(unsigned(), b"no key", "", "One") == Trouble.KEY


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
