"""A page that waits for a look at a file shows what was found, with script and without."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from entrecidades.agreements.models import SignedFile
from entrecidades.agreements.services import hand_in_signed, look_in_turn, looking
from entrecidades.kernel import clock
from tests.conftest import entrusted
from tests.engines.kinds import icp_issuer, icp_root, of_icp_brasil
from tests.engines.signing import issued, revoked_by, root, signed
from tests.engines.stamping import archived, stamped_over, stamper
from tests.factories.agreements import AgreementFactory, TextFactory, VersionFactory
from tests.factories.network import EntityFactory

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def by_the_machine():
    """Certificates of the tests are of today; so the clock does not stand here."""


@pytest.fixture(autouse=True)
def nothing_kept():
    """The clock of the pages goes on: signatures claim the moment at which they are made."""


@pytest.fixture
def chromium(playwright):
    """A browser of this file's own, beside the one of the stories."""
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
    )
    yield browser
    browser.close()


@pytest.fixture
def party(settings, tmp_path):
    """A party of an agreed text, in a house that trusts the roots of the tests."""
    settings.TRUST_ROOTS = tmp_path
    for number, one in enumerate((root(), icp_root(), icp_issuer())):
        (tmp_path / f"{number}.crl").write_bytes(revoked_by(one))
    (tmp_path / "roots.pem").write_bytes(root().pem + icp_root().pem)
    ours, theirs = (EntityFactory(country__code=code) for code in ("MZ", "BR"))
    agreement = AgreementFactory(drafter=ours, partners=[theirs], state="text_agreed")
    version = VersionFactory(text=TextFactory(agreement=agreement))
    version.text.agreed = version
    version.text.save()
    return agreement.parties.get(entity=ours)


def made():
    """Files of each sort: stamped over, kept for long, with a stamp that proves nothing."""
    icp = signed(identity=of_icp_brasil("3.1", "2.16.76.1.3.1"), above=(icp_issuer(), icp_root()))
    strange = stamper(issued("Alguém", root(), is_rsa=True))
    return stamped_over(icp), archived(), signed(stamper=strange)


@pytest.fixture
def files():
    """Made in a thread of their own: that of the browser has a loop which signing would want."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(made).result()


def hand_in(party, officer, content):
    upload = SimpleUploadedFile("acordo.pdf", content, content_type="application/pdf")
    facts = {"agreement": party.agreement, "party": party, "upload": upload}
    return hand_in_signed(by=officer, at=clock.now(), **facts)


def logged_in(person, live_server):
    """The cookie with which somebody is logged in."""
    client = Client()
    client.force_login(person)
    value = client.cookies[house.SESSION_COOKIE_NAME].value
    return {"name": house.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


def test_what_was_found_is_shown_when_it_is_there(
    chromium, live_server, party, files, monkeypatch
):
    officer = entrusted(party.entity)
    monkeypatch.setattr(looking, "SOON", 60.0)  # a busy machine is not what is asked about
    for content in files:
        hand_in(party, officer, content)
    monkeypatch.setattr(looking, "AT_ONCE", 1000)
    hand_in(party, officer, files[1])
    named = logged_in(officer, live_server)
    pages = []
    for script, width in ((True, 1280), (False, 360)):
        context = chromium.new_context(
            java_script_enabled=script, viewport={"width": width, "height": 900}
        )
        context.add_cookies([named])
        page = context.new_page()
        page.goto(f"{live_server.url}/en/agreements/{party.agreement.public_id}/text/signed/")
        assert page.get_by_text("It is being looked at").count() == 1
        pages.append(page)
    with_script, without = pages
    look_in_turn(file_id=SignedFile.objects.get(looked_at=None).pk, at=clock.now())
    with_script.get_by_text("It is being looked at").wait_for(state="detached", timeout=20_000)
    without.reload()
    for page in pages:
        page.get_by_text("ICP-Brasil certificate of type A3").wait_for()
        assert page.get_by_text("It is being looked at").count() == 0
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert page is without or not page.evaluate(wide)
