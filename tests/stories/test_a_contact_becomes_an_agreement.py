"""Two cities in two languages: a contact, a talk, an agreement, its acts, its signatures.

Curitiba reads Brazilian Portuguese, Seattle reads English; a stranger reads in French what both
have signed. Then an umbrella of their associations, to which a member adheres.
"""

import pytest

from entrecidades.agreements.models import Agreement
from entrecidades.network.models import Entity
from tests.conftest import entrusted
from tests.factories.cooperation import IntroductionFactory
from tests.stories.conftest import opened
from tests.stories.keyboard import Keyboard

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
DAY, TITLE = "2026-11-01", "Drenagem em ruas íngremes"


@pytest.fixture
def arrive(browser, house):
    """Let an administrator of a city come in, in her language, by the keys alone."""
    kept = []

    def come(slug="", language="en"):
        kept.append(browser.new_context(locale=language, reduced_motion="reduce"))
        kept[-1].set_default_timeout(20_000)
        if slug:
            body = Entity.objects.get(slug=slug)
            house.people[slug] = entrusted(body, "admin", language=language, name="Ana Example")
            kept[-1].add_cookies([house.session(slug)])
        return Reader(kept[-1].new_page(), language, house.url)

    yield come
    for context in kept:
        context.close()


class Reader(Keyboard):
    """Somebody at her desk, who knows the pages of agreements."""

    def __init__(self, page, language, url):
        super().__init__(page, language)
        self.url = url

    def go(self, path):
        """Follow an address that she was sent."""
        self.page.goto(f"{self.url}/{self.language}/{path}")

    def reads(self, words, **names):
        """Wait until the page says this, in her language."""
        self.page.locator("main", has_text=self.say(words, **names)).wait_for()

    def use(self, selector):
        """Reach a button or link and press it, until another page is there."""
        with self.page.expect_navigation():
            self.follow(self.page.locator(selector).first)

    def fill(self, **said):
        """Write into the fields of a form."""
        for name, words in said.items():
            self.page.locator(f"main [name={name}]").fill(words)

    def save(self):
        """Send the form that the page is about."""
        self.use("main form.form button[type=submit]")

    def says(self, words):
        """Write a message to the other side."""
        self.page.locator("main [name=words]").fill(words)
        with self.page.expect_navigation():
            self.page.locator("main form:has([name=words]) button[type=submit]").first.click()

    def records_approvals(self, agreement):
        """Record each open approval of her own city, and do without those that do not apply."""
        open_ones = f"main li:has(a[href*='{agreement}approvals/']):not(:has(.mark-done))"
        while True:
            self.go(agreement)
            left = [one for one in self.page.locator(open_ones).all() if self.is_open(one)]
            if not left:
                return
            with self.page.expect_navigation():
                left[0].locator("a[href*='/approvals/']").click()
            self.fill(deciding_body="Council", act_number="7/2026", decided_on=DAY)
            self.save()

    def is_open(self, item):
        """Whether nothing was recorded of an item of a checklist."""
        return self.say("still open") in item.inner_text()

    def signs(self, agreement, place):
        """Say who signs for her city, and that she has."""
        self.go(f"{agreement}signatories/new/")
        self.fill(name="Ana Example", post="Mayor", power="Charter")
        self.save()
        self.use("main a[href*='/signatories/']:not([href$='/new/'])")
        self.fill(signed_on=DAY, place=place)
        self.save()


def talked_over(curitiba, seattle):
    """A first contact in which both have written, each in her own language."""
    ends = {slug: Entity.objects.get(slug=slug) for slug in ("curitiba", "seattle")}
    contact = IntroductionFactory(
        asker=ends["curitiba"], asked=ends["seattle"], state="accepted", language="pt-br"
    )
    for side, words in ((curitiba, "Vamos trocar equipas?"), (seattle, "Yes. Let us write it.")):
        side.go(f"introductions/{contact.public_id}/")
        side.says(words)
    return contact


def turned_into_agreement(curitiba, contact):
    """The agreement that was opened from a contact, and where its page is."""
    curitiba.go(f"introductions/{contact.public_id}/")
    curitiba.use(f"main a[href*='?contact={contact.public_id}']")
    curitiba.page.locator("#id_themes_0").select_option(index=1)
    curitiba.page.locator("[name=second_language]").select_option("en")
    curitiba.fill(title=TITLE)
    curitiba.save()
    curitiba.title(TITLE)
    made = Agreement.objects.latest("pk")
    assert (made.introduction, made.languages) == (contact, ["pt-br", "en"])
    return made, f"agreements/{made.reference}/"


def show_everybody(curitiba, made):
    """Share what is signed with everybody."""
    curitiba.go(f"sharing/agreement/{made.public_id}/")
    curitiba.page.locator("[name=visibility][value='40']").check()
    with curitiba.page.expect_navigation():
        curitiba.page.locator("main form button[type=submit]").first.click()


def test_a_contact_becomes_an_agreement_that_everybody_reads(arrive):
    curitiba, seattle = arrive("curitiba", "pt-br"), arrive("seattle", "en")
    made, agreement = turned_into_agreement(curitiba, talked_over(curitiba, seattle))
    curitiba.use("button[name=step][value=negotiate]")
    for side in (curitiba, seattle):
        side.go(agreement)
        side.use("button[name=party]")
    seattle.use("button[name=step][value=seek_approvals]")
    for side, place in ((curitiba, "Curitiba"), (seattle, "Seattle")):
        side.records_approvals(agreement)
        side.signs(agreement, place)
    seattle.reads("In force")
    stranger = arrive(language="fr")
    stranger.go(agreement)
    assert stranger.page.locator("main", has_text=TITLE).count() == 0
    show_everybody(curitiba, made)
    stranger.go(agreement)
    stranger.title(TITLE)
    assert "7/2026" in stranger.page.locator("main").inner_text()
    assert stranger.page.locator("#acts").count() == 0


def test_a_member_adheres_to_the_umbrella_of_its_association(arrive, house):
    maputo = arrive("maputo", "pt")
    umbrella = f"agreements/{house.keys['umbrella']}/"
    maputo.go(umbrella)
    maputo.use("main a[href$='/adhere/']")
    maputo.save()
    adhesion = Agreement.objects.get(kind="adhesion")
    with maputo.page.expect_download() as file:
        maputo.page.locator("main a[href$='act.docx']").click()
    assert file.value.suggested_filename == f"{adhesion.reference}-pt.docx"
    agreement = f"agreements/{adhesion.reference}/"
    maputo.records_approvals(agreement)
    maputo.signs(agreement, "Maputo")
    adhesion.refresh_from_db()
    assert adhesion.state == "in_force"
    maputo.go(umbrella)
    assert maputo.page.locator(f"main a[href*='{adhesion.reference}']").count()
