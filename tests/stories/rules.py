"""What every page must be, as questions to a page that is open in a browser."""

import gzip
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WORDS = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"
WITHOUT_ADDITIONS = "document.documentElement.classList.remove('js')"


def barriers(page):
    """What axe finds by day, and in the colours of the night."""
    page.emulate_media(color_scheme="light")
    by_day = Axe().run(page, options=RULES)
    page.emulate_media(color_scheme="dark")
    by_night = Axe().run(page, options=COLOURS)
    return [
        (one["id"], node["target"], node["failureSummary"][:200])
        for results in (by_day, by_night)
        for one in results.response["violations"]
        for node in one["nodes"]
    ]


def overflows(page, widths):
    """The widths at which a page has to be pushed sideways, and by how much."""
    pushed = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        pushed[width] = page.evaluate(TOO_WIDE)
    return {width: far for width, far in pushed.items() if far > 0}


def weight(page):
    """The bytes of everything the first view needs, as they travel."""
    bodies = [answer.body() for answer in page.answers if not 300 <= answer.status < 400]
    return sum(len(gzip.compress(body)) for body in bodies)


def asked(page):
    """The machines that the page asked for something."""
    return {urlsplit(answer.url).netloc for answer in page.answers}


def words(page):
    """Everything that can be read in the content, except what shows only where script runs."""
    page.evaluate(WITHOUT_ADDITIONS)
    return page.evaluate(WORDS)


def cookies(page):
    """The names of the cookies the reader was given; a form's own guard is none to speak of."""
    given = [answer.header_value("set-cookie") or "" for answer in page.answers]
    names = {line.partition("=")[0] for lines in given for line in lines.splitlines()}
    return names - ({"csrftoken"} if page.locator("form[method=post]").count() else set())
