"""Somebody claims her city by its own e-mail domain and invites a deputy, without a mouse."""

import pytest

from entrecidades.network.models import Entity, Mandate
from tests.stories.conftest import opened
from tests.stories.keyboard import Keyboard
from tests.stories.letters import link_to
from tests.stories.rules import barriers

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
HERS, DEPUTY = "ana@pbh.mg.gov.br", "rui@pbh.mg.gov.br"


@pytest.fixture
def somebody(browser, house, language):
    """A reader with a browser of her own."""
    contexts = []

    def come(path):
        contexts.append(browser.new_context(locale=language, reduced_motion="reduce"))
        page = contexts[-1].new_page()
        page.goto(f"{house.url}{path}")
        return Keyboard(page, language)

    yield come
    for context in contexts:
        context.close()


def say_who(person, address, *, name="Ana"):
    """Her name and her address, and a letter is sent."""
    person.write(person.page.locator("[name=name]"), name)
    person.write(person.page.locator("[name=email]"), address)
    person.follow(person.button("Send me the e-mail"))
    person.title(person.say("Check your e-mail"))
    assert barriers(person.page) == []


def claimed(somebody, house, city, language):
    """From the city's page to its administrator, by a letter to an address of its domain."""
    ana = somebody(f"/{language}/entities/br/{city.slug}/claim/")
    say_who(ana, HERS)
    ana.page.goto(f"{house.url}{link_to(HERS)}")
    ana.follow(ana.button("Yes, I act for it"))
    ana.title("Belo Horizonte")
    return ana


def invited(ana):
    """A code for a deputy, read from the page."""
    ana.follow(ana.page.locator(".top .tools a[href$='/desk/']"))
    ana.follow(ana.link("Its team"))
    role = ana.page.locator("[name=role][value=officer]")
    if not role.is_checked():
        ana.reach(ana.page.locator("[name=role]").first)
        while not role.is_checked():
            ana.press("ArrowDown")
    ana.follow(ana.button("Invite"))
    ana.page.locator("#made").wait_for()
    assert barriers(ana.page) == []
    return ana.page.locator(".codes code").inner_text()


@pytest.mark.parametrize("language", ["pt-br", "fr"])
def test_a_city_is_claimed_and_a_deputy_joins(somebody, house, language):
    city = Entity.objects.get(slug="belo-horizonte")
    Entity.objects.filter(pk=city.pk).update(website="https://www.pbh.mg.gov.br/")
    city.refresh_from_db()
    ana = claimed(somebody, house, city, language)
    code = invited(ana)
    rui = somebody(f"/{language}/join/")
    rui.write(rui.page.locator("[name=code]"), code.lower())
    rui.follow(rui.button("Go on"))
    say_who(rui, DEPUTY, name="Rui")
    rui.page.goto(f"{house.url}{link_to(DEPUTY)}")
    rui.follow(rui.button("Yes, I act for it"))
    rui.title("Belo Horizonte")
    held = Mandate.objects.filter(entity=city).order_by("pk")
    assert list(held.values_list("person__email", "role")) == [
        (HERS, "admin"),
        (DEPUTY, "officer"),
    ]
