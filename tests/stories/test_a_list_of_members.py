"""A coordinator's list of members, without a mouse: looked at, settled, applied, taken back."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from entrecidades.network.models import Entity, Membership
from tests.conftest import entrusted
from tests.factories.network import EntityFactory
from tests.stories.conftest import opened
from tests.stories.house import PASSWORD
from tests.stories.keyboard import Keyboard
from tests.stories.letters import kept

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
LIST = "município;UF;desde\nCuritiba;;1998\nSanta Rita de Exemplo;;2001\nNenhures;;\n"


@pytest.fixture
def fnp(house):
    """The association, a coordinator, and two bodies of one name."""
    fnp = Entity.objects.get(slug="fnp")
    person = entrusted(fnp, role="coordinator", email="coordinator@fnp.example")
    person.set_password(PASSWORD)
    person.save()
    for number in range(2):
        EntityFactory(
            name="Santa Rita de Exemplo",
            slug=f"santa-rita-de-exemplo-{number}",
            country=fnp.country,
        )
    return fnp


@pytest.fixture
def coordinator(browser, house, fnp, language):
    """The coordinator at the members of her association."""
    context = browser.new_context(locale=language, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{house.url}/{language}/entities/br/fnp/members/")
    somebody = Keyboard(page, language)
    somebody.follow(page.locator("main details > summary").last)
    somebody.write(page.locator("[name=login]"), "coordinator@fnp.example")
    somebody.write(page.locator("[name=password]"), PASSWORD)
    somebody.press("Enter")
    page.wait_for_url("**/members/")
    yield somebody
    context.close()


def joined(fnp):
    return {
        one.member.slug: str(one.valid_from)
        for one in Membership.objects.filter(group=fnp).exclude(valid_from=None)
    }


def looks_again(somebody):
    """The worker keeps its promises, and she looks at the page again."""
    kept()
    somebody.page.reload()


def hand_in(somebody):
    page = somebody.page
    somebody.follow(page.locator("a[href$='/members/lists/']"))
    somebody.reach(page.locator("[name=upload]"))
    content = {"name": "membros.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")}
    page.set_input_files("[name=upload]", content)
    somebody.follow(page.locator("main form[enctype] button[type=submit]"))
    page.wait_for_url("**/members/lists/*-*/")
    looks_again(somebody)


def take(somebody, step):
    button = somebody.reach(somebody.page.locator(f"main button[name=step][value={step}]"))
    with somebody.page.expect_navigation():
        button.press("Enter")
    looks_again(somebody)


@pytest.mark.parametrize("language", ["pt-br", "it"])
def test_a_list_is_looked_at_settled_applied_and_taken_back(coordinator, fnp, language):
    before, page = joined(fnp), coordinator.page
    hand_in(coordinator)
    told = page.locator("main").inner_text()
    assert "Nenhures" in told
    assert joined(fnp) == before
    answers = page.locator("main fieldset", has_text="Santa Rita").locator("input")
    assert answers.count() == 3
    coordinator.reach(answers.first)
    coordinator.press("Space")
    take(coordinator, "answer")
    assert page.locator("main fieldset", has_text="Santa Rita").count() == 0
    take(coordinator, "apply")
    new = {slug: day for slug, day in joined(fnp).items() if slug not in before}
    assert new == {"curitiba": "1998-01-01", "santa-rita-de-exemplo-0": "2001-01-01"}
    curitiba = Membership.objects.get(group=fnp, member__slug="curitiba")
    assert curitiba.kind == "announced"
    take(coordinator, "undo")
    assert joined(fnp) == before
    with pytest.raises(ObjectDoesNotExist):
        curitiba.refresh_from_db()
