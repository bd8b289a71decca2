"""A browser and a house, both built once and used by many tests.

The browser is Debian's Chromium; it knows no address but this machine's.
"""

import os

import pytest

from tests.stories.house import built, standing

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """How Chromium is started."""
    return {"executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def beside_a_loop():
    """Playwright keeps a loop in this thread; Django would take ours for asynchronous code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture
def away_from_home():
    """The house of a whole file has a home of its own; see house.py."""


@pytest.fixture(scope="session")
def plan(beside_a_loop, django_test_environment, django_db_blocker, tmp_path_factory):
    """The house, built once."""
    with django_db_blocker.unblock():
        return built(tmp_path_factory.mktemp("plan"))


def opened(plan, django_db_blocker, tmp_path_factory):
    """Open a house of this plan, and close it when it is no longer needed."""
    folder = tmp_path_factory.mktemp("house") / "copy"
    with django_db_blocker.unblock(), standing(plan, folder) as house:
        yield house


#: One house for all tests of a file; a file whose tests change much opens one for each.
house = pytest.fixture(scope="module", name="house")(opened)


@pytest.fixture
def patch(house):
    """Patches that end before the house does: monkeypatch would put its clock back after it."""
    with pytest.MonkeyPatch.context() as made:
        yield made


@pytest.fixture(scope="module")
def contexts(browser, house):
    """Browsers within the browser, one for each kind of reader, kept for all tests of one file."""
    kept = {}

    def context(who="", language="pt-br", *, script=True):
        key = (who, language, script)
        if key not in kept:
            kept[key] = browser.new_context(
                locale=language, reduced_motion="reduce", java_script_enabled=script
            )
            kept[key].set_default_timeout(10_000)
            if who:
                kept[key].add_cookies([house.session(who)])
        return kept[key]

    yield context
    for one in kept.values():
        one.close()


@pytest.fixture
def visit(contexts, house):
    """Open a page of the house: ``visit("cities/", who="maputo", width=360, language="fr")``."""
    opened = []

    def go(path, *, who="", width=1280, language="pt-br", script=True):
        page = contexts(who, language, script=script).new_page()
        opened.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.answers = answers = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (it wants a function)
        page.asked = f"{house.url}/{language}/{path.format(**house.keys)}"
        page.answered = page.goto(page.asked)
        return page

    yield go
    for page in opened:
        page.close()
