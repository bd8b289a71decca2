"""In a real browser no hostile text runs, leads away, or trips the content policy."""

import pytest

from entrecidades.cooperation.models import Introduction
from entrecidades.network.models import Entity
from entrecidades.practices.models import Posting, Practice
from tests.web.hostile import CODE, DOORS

pytestmark = pytest.mark.browser
WORDS = [door + " ".join(CODE[at::5]).replace("\0", "") for at, door in enumerate(DOORS)]
PAGES = ("practices/", "practices/curitiba-brt/", "board/", "board/{posting}/", "desk/")
PAGES += ("introductions/{contact}/", "entities/mz/maputo/", "search/?q={{word}}")
WATCH = """() => {
  window.said = [];
  window.PWNED = () => window.said.push("run");
  window.alert = window.PWNED;
}"""
LOOK = """() => ({
  said: window.said,
  made: [...document.querySelectorAll(
    '[onerror],[onload],[onfocus],[ontoggle],[onmouseover],iframe,object,embed,base,math,' +
    '[href^="javascript:"],[src*="pwned"],[hx-get*="pwned"],#PWNED,script:not([src]):not([type])'
  )].map((one) => one.outerHTML),
})"""


@pytest.fixture(params=range(len(WORDS)))
def word(request, house, django_db_blocker):
    """One hostile word, written into every text of the house that the pages show."""
    said = WORDS[request.param]
    texts = {"en": said, "pt-br": said}
    with django_db_blocker.unblock():
        Practice.objects.update(title=texts, summary=texts, source_title=said[:200])
        Posting.objects.update(title=texts, text=texts)
        Introduction.objects.update(message=said)
        Entity.objects.filter(slug="maputo").update(website="javascript:PWNED()")
    return said


def test_nothing_runs_and_nothing_is_made(word, contexts, house):
    page = contexts("maputo").new_page()
    complaints = []
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(f"({WATCH})()")
    seen = 0
    for path in PAGES:
        page.goto(f"{house.url}/pt-br/" + path.format(**house.keys).replace("{word}", "%3Cimg%3E"))
        seen += "PWNED" in page.inner_text("main")
        assert page.evaluate(LOOK) == {"said": [], "made": []}, path
        assert page.url.startswith(house.url)
    page.close()
    assert complaints == []
    assert seen >= 3


def test_the_browser_would_see_it(contexts, house):
    page = contexts("maputo").new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(f"{house.url}/pt-br/practices/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=PWNED()>'")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in one for one in complaints)
    page.close()
