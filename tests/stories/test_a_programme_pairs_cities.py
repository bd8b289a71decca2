"""A call of “100 cities for 100 projects”, from its opening to the report of the year (J2).

Six people of two countries, without a mouse. Everything here is an example: no such call was made.
"""

import datetime as dt
import re

import pytest
from django.core import mail

from entrecidades.calls.jobs import turn_calls
from entrecidades.calls.models import Application, Call, Round
from entrecidades.cooperation.models import Programme
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from tests.conftest import entrusted
from tests.factories.calls import CallFactory
from tests.stories.conftest import opened
from tests.stories.house import A_MOMENT
from tests.stories.keyboard import Keyboard
from tests.stories.letters import kept

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
LANGUAGES = pytest.mark.parametrize("language", ["pt-br", "it"])
REASONS = {"one": "Nessuno raccoglie sulle colline.", "two": "Os dois mandam técnicos."}


@pytest.fixture
def at(monkeypatch):
    """A clock that the story moves on."""
    moment = [A_MOMENT]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    monkeypatch.setattr(clock, "today", lambda: clock.now().date())

    def move(**by):
        moment[0] += dt.timedelta(**by)

    return move


@pytest.fixture
def call(house):
    """A call that is ready to be published, and those who will have to do with it."""
    fnp, turin = (Entity.objects.get(slug=slug) for slug in ("fnp", "turin"))
    house.people["turin"] = entrusted(turin, email="officer@turin.example", language="it")
    for reader in ("one", "two"):
        email = f"reader-{reader}@fnp.example"
        house.people[reader] = entrusted(fnp, role="evaluator", email=email)
    return CallFactory(
        slug="example-call",
        coordinated=False,
        programme=Programme.objects.get(slug="100-cities-100-projects"),
        entity=fnp,
        title={"pt": "Cem cidades (exemplo)", "en": "A hundred cities (example)"},
        opens_at=A_MOMENT - dt.timedelta(days=5),
        closes_at=A_MOMENT + dt.timedelta(days=15),
    )


@pytest.fixture
def come(browser, house, language):
    """Let somebody sit down at a page of the house."""
    contexts = []

    def arrive(who, path):
        contexts.append(browser.new_context(locale=language, reduced_motion="reduce"))
        contexts[-1].set_default_timeout(20_000)
        if who:
            contexts[-1].add_cookies([house.session(who)])
        page = contexts[-1].new_page()
        page.set_viewport_size({"width": 1280, "height": 900})
        reader = Keyboard(page, language)
        reader.go = lambda path: page.goto(f"{house.url}/{language}/{path}")
        reader.go(path)
        return reader

    yield arrive
    for context in contexts:
        context.close()


def send(reader, button):
    """Press a button that leads to another page."""
    target = reader.reach(reader.page.locator(f"main {button}").first)
    with reader.page.expect_navigation():
        target.press("Enter")
    reader.page.locator("main h1").first.wait_for()


def take(reader, step):
    """Take a step by its button."""
    send(reader, f"button[name=step][value={step}]")


def answer_all(reader, words):
    """Answer every question that is the reader's to answer."""
    page = reader.page
    links = page.locator(".task a")
    for address in [links.nth(at).get_attribute("href") for at in range(links.count())]:
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + address)
        number = "budget" in address
        reader.write(page.locator("main [name=answer]"), "40000" if number else words)
        send(reader, "button[name=next]")


def apply_together(come, call):
    """Curitiba applies, Turin writes its part and confirms, Curitiba submits."""
    curitiba = come("curitiba", f"calls/{call.slug}/apply/")
    curitiba.write(curitiba.page.locator("#id_title"), "Lixo nas encostas (exemplo)")
    curitiba.write(curitiba.page.locator("#id_partner"), "it/turin")
    send(curitiba, "form.form button[type=submit]")
    application = Application.objects.get(call=call)
    address = f"applications/{application.public_id}/"
    answer_all(curitiba, "Separar o lixo.")
    turin = come("turin", address)
    answer_all(turin, "Due ingegneri.")
    for who in (turin, curitiba):
        who.go(f"{address}check/")
        take(who, "confirm")
    curitiba.go(f"{address}check/")
    curitiba.reach(curitiba.page.locator("#is-listed"))
    curitiba.press("Space")
    take(curitiba, "submit")
    application.refresh_from_db()
    assert application.state == "submitted"
    return application


def read(come, who):
    """A reader declares that she has no conflict, and hands her sheet in."""
    reader = come(who, "readings/")
    page = reader.page
    reader.follow(page.locator("main .lines a").first)
    take(reader, "clear")
    for number in (1, 2):
        reader.write(page.locator(f"#score-{number}"), "8")
        reader.write(page.locator(f"#reason-{number}"), REASONS[who])
    page.locator("#saved", has_text=re.compile(r"\d")).wait_for()
    seen = page.content()
    take(reader, "hand_in")
    return seen


def decide(come, call, application):
    """The coordinator ends the evaluation, decides with a reason, and publishes."""
    fnp = come("fnp", f"calls/{call.slug}/cockpit/")
    take(fnp, "evaluate")
    fnp.go(f"applications/{application.public_id}/")
    fnp.reach(fnp.page.locator("[name=verdict][value=accepted]"))
    fnp.press("Space")
    fnp.write(fnp.page.locator("#decision-reason"), "A necessidade é grande (exemplo).")
    send(fnp, "form:has(#decision-reason) button[type=submit]")
    fnp.go(f"calls/{call.slug}/cockpit/")
    take(fnp, "decide")
    return fnp


def compute(fnp):
    """Have the round computed by the worker, and look at the answer."""
    take(fnp, "solve")
    kept()
    fnp.page.reload()
    return fnp.page.locator("main").inner_text()


def begin_round(fnp, call):
    """Set accepted applicants and cities of a list against each other."""
    fnp.go(f"calls/{call.slug}/pairing/")
    page = fnp.page
    fnp.write(page.locator("#id_title"), "Rodada (exemplo)")
    fnp.write(page.locator("#id_first_names"), "Porto Alegre")
    fnp.press("Enter")
    page.keyboard.type("br/sao-paulo")
    fnp.write(page.locator("#id_second_names"), "it/genoa; 2")
    send(fnp, "form.form button[type=submit]")
    return Round.objects.get(call=call)


def forbid(fnp, first):
    """Forbid the pair of a city by the button in its row."""
    row = fnp.page.locator("main tbody tr", has_text=first).first
    target = fnp.reach(row.locator("button[name=step][value=forbid]"))
    with fnp.page.expect_navigation():
        target.press("Enter")


def publish(fnp):
    """Publish the answer, with a project for each pair."""
    fnp.follow(fnp.page.locator("main details:has(button[value=publish]) > summary"))
    take(fnp, "publish")
    kept()


def pair_cities(fnp, call):
    """Compute, forbid a pair, compute again, publish: the round, and its pairs by their names."""
    made = begin_round(fnp, call)
    told = compute(fnp)
    proof = "Worth %(total)s together. No pairing within these limits is worth more: proven."
    assert fnp.say(proof, total="|").split("|")[1] in told
    forbid(fnp, "São Paulo")
    assert "São Paulo: Genoa → –" in compute(fnp)
    publish(fnp)
    return made, {str(one): one for one in made.pairs.standing().whole()}


def report_on_the_year(fnp):
    """The coordinator sees the new project's lane, and lets the report of the year out."""
    fnp.go("programmes/100-cities-100-projects/following/")
    assert "Curitiba – Turin" in fnp.page.locator("main").inner_text()
    fnp.write(fnp.page.locator("#year"), "2026")
    send(fnp, "form:has(#year) button")
    if fnp.page.locator("main button[value=publish]").count():
        take(fnp, "publish")


@LANGUAGES
def test_a_call_becomes_pairs_projects_and_a_report(house, call, come, at, language):
    take(come("fnp", f"calls/{call.slug}/cockpit/"), "publish")
    assert Call.objects.get(pk=call.pk).state == "open"
    application = apply_together(come, call)
    at(days=16)
    turn_calls(on="")
    send(come("fnp", f"calls/{call.slug}/cockpit/"), "form[action$='/readers/'] button")
    read(come, "one")
    assert REASONS["one"] not in read(come, "two")  # nobody sees the other's sheet
    fnp = decide(come, call, application)
    made, pairs = pair_cities(fnp, call)
    assert set(pairs) == {"Curitiba – Turin", "Porto Alegre – Genoa"}
    project = pairs["Curitiba – Turin"].project
    letters = [one for one in mail.outbox if str(project.public_id) in one.body]
    assert {one.to[0] for one in letters} == {"officer@curitiba.example", "officer@turin.example"}
    come("turin", f"projects/{project.public_id}/").title("Curitiba – Turin")
    report_on_the_year(fnp)
    anybody = come("", f"calls/{call.slug}/results/")
    anybody.follow(anybody.page.locator(f"main a[href*='{made.public_id}']").first)
    anybody.title("Rodada (exemplo)")
    assert "Curitiba" in anybody.page.locator("main").inner_text()
    anybody.go("programmes/100-cities-100-projects/years/2026/")
    assert "Rodada (exemplo)" in anybody.page.locator("main").inner_text()
