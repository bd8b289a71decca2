"""“100 cities for 100 projects”, from its next edition to the report of its year (J2).

Eleven people of three countries, without a mouse, begin with a programme that is over, pair two
applications and two cities more, open their first contacts, and end with a declared year. Whatever
they meet comes from the journey. All is an example: no such call was made.
"""

import csv
import datetime as dt
import json

import pytest
from django.core import mail

from entrecidades.calls.jobs import turn_calls
from entrecidades.calls.models import Round
from entrecidades.cooperation.models import Programme
from entrecidades.kernel import clock
from entrecidades.network.models import Entity, Place
from entrecidades.projects.jobs import remind_of_silences
from entrecidades.reporting.models import Declaration
from tests.conftest import entrusted
from tests.factories.world import municipality_of
from tests.stories.applying import (
    YEAR_END,
    apply_together,
    build_call,
    decide,
    evaluate,
)
from tests.stories.conftest import opened
from tests.stories.house import A_MOMENT
from tests.stories.letters import kept
from tests.stories.officers import sitting_down

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
come = pytest.fixture(name="come")(sitting_down)
LANGUAGES = pytest.mark.parametrize("language", ["pt-br", "it"])
NAME = "Cem cidades (exemplo)"
PAIRS = {"Curitiba – Turin", "Porto Alegre – Genoa", "Belo Horizonte – Genoa"}
ROLES = {
    **dict.fromkeys(("turin", "lyon", "belo-horizonte", "genoa"), "officer"),
    "anci": "coordinator",
}


@pytest.fixture
def at(patch):
    """A clock that the story moves on."""
    moment = [A_MOMENT]
    patch.setattr(clock, "now", lambda: moment[0])
    patch.setattr(clock, "today", lambda: clock.now().date())

    def move(**by):
        moment[0] += dt.timedelta(**by)

    return move


@pytest.fixture
def people(house):
    """Those who will have to do with the call; FNP's officer coordinates for Brazil."""
    if not Entity.objects.filter(slug="genoa").exists():
        municipality_of(Place.objects.get(slug="genoa"))
    bodies = {slug: Entity.objects.get(slug=slug) for slug in ("fnp", *ROLES)}
    for slug, role in ROLES.items():
        email = f"officer@{slug}.example"
        house.people[slug] = entrusted(bodies[slug], role, email=email, language="it")
    for reader in ("one", "two", "three", "four"):
        email = f"reader-{reader}@fnp.example"
        house.people[reader] = entrusted(bodies["fnp"], "evaluator", email=email, name=reader)
    return house.people


@pytest.fixture
def arrive(come, language):
    """Let somebody sit down at a page of the house."""

    def sit(who, path):
        officer = come(who, language)
        officer.go(path)
        return officer

    return sit


def next_edition(arrive):
    """FNP clones the programme with its window; ANCI agrees to coordinate; it is published."""
    fnp = arrive("fnp", "programmes/100-cities-100-projects/next/")
    fnp.fill(name=NAME, begins_on="11112026", ends_on="12122028")
    fnp.send()
    made = Programme.objects.latest("pk")
    assert made.axes.count() == made.edition_of.axes.count()
    kept()
    anci = arrive("anci", f"programmes/{made.slug}/coordinators/")
    anci.take("accept")
    fnp.go(f"programmes/{made.slug}/build/")
    fnp.take("publish")
    assert {one.country_id for one in made.coordinations.all()} == {"BR", "IT"}
    return made, fnp


def compute(fnp):
    """Have the round computed by the worker, and read the answer."""
    fnp.take("solve")
    kept()
    fnp.page.reload()
    return fnp.text()


def tie(fnp, kind, first):
    """Pin or forbid the pair of a city by the button in its row."""
    fnp.reach(
        fnp.page.locator("main tbody tr", has_text=first).locator(f"button[value={kind}]").first
    )
    with fnp.page.expect_navigation():
        fnp.press("Enter")


def pair_cities(fnp, call):
    """Applicants and cities of a list: solved, one pinned, one forbidden, solved again twice."""
    fnp.go(f"calls/{call.slug}/pairing/")
    fnp.fill(title="Rodada (exemplo)", second_names="it/genoa; 3")
    fnp.write(fnp.at("[name=first_names]"), "Porto Alegre")
    fnp.press("Enter")
    fnp.page.keyboard.type("br/sao-paulo")
    fnp.send()
    told = compute(fnp)
    proof = "Worth %(total)s together. No pairing within these limits is worth more: proven."
    proof = fnp.say(proof, total="|").split("|")[1]
    assert proof in told
    made = Round.objects.get(call=call)
    tie(fnp, "pin", "Porto Alegre")
    assert made.ties.filter(kind="pin").count() == 3  # who applied together is pinned already
    tie(fnp, "forbid", "São Paulo")
    told = compute(fnp)
    assert "São Paulo: Genoa → –" in told
    assert proof in told
    assert fnp.say("Nothing: the pairs are the same.") in compute(fnp)
    assert fnp.at("tbody td ul li").inner_text()  # why these two
    fnp.follow(fnp.at("details:has(button[value=publish]) > summary"))
    fnp.take("publish")
    kept()
    return made, {str(one): one.project for one in made.pairs.standing().whole()}


def read_the_file(fnp, made):
    """The pairs are handed out as a file that says what the page says, with their proof."""
    fnp.go(f"rounds/{made.public_id}/studio/")
    fnp.follow(fnp.at("details.downloads > summary"))
    told = json.loads(fnp.save_file("a[href*='export.json']"))
    named = {f"{row['first']} – {row['second']}": row["said"] for row in told["rows"]}
    assert named == dict.fromkeys(PAIRS, "pin")
    assert told["meta"]["proven"]
    assert told["meta"]["gap"] == 0
    assert [one["second"]["name"] for one in told["meta"]["forbidden"]] == ["Genoa"]
    rows = list(csv.DictReader(fnp.save_file("a[href*='export.csv']").decode().splitlines()))
    assert {f"{row['first']} – {row['second']}" for row in rows} == PAIRS


def meet(arrive, fnp, made):
    """The first contacts of all pairs are opened in one step; Turin accepts, Curitiba writes."""
    fnp.go(f"rounds/{made.public_id}/contacts/")
    assert all(names in fnp.text() for names in PAIRS)
    mail.outbox.clear()
    fnp.take("open")
    kept()
    opened = [one.introduction for one in made.pairs.standing().whole()]
    assert {one.state for one in opened} == {"forwarded"}
    told = {one.to[0] for one in mail.outbox}
    assert {f"officer@{slug}.example" for slug in ("curitiba", "turin", "genoa")} <= told
    contact = next(one for one in opened if one.asked.slug == "turin")
    turin = arrive("turin", f"introductions/{contact.public_id}/")
    turin.reads("Why these two")
    turin.take("accept")
    curitiba = arrive("curitiba", f"rounds/{made.public_id}/")
    curitiba.use(f"a[href*='{contact.public_id}']")
    curitiba.reads("Why these two")
    contact.refresh_from_db()
    assert contact.state == "accepted"


def work(arrive, project):
    """The association that coordinates leads the work and enters what was done."""
    fnp = arrive("fnp", f"projects/{project.public_id}/")
    for step in ("diagnose", "formulate", "approve", "implement"):
        fnp.take(step)
    fnp.use("a[href$='/plan/milestone/']")
    fnp.fill(title="Carrinhos construídos", due_on=YEAR_END)
    fnp.send()
    fnp.use("a[href*='/own/milestone/']")
    fnp.fill(done_on=YEAR_END)
    fnp.send()
    return fnp


def follow_up(fnp, programme, projects):
    """Two months of silence are told to those who take part, and to those who coordinate."""
    mail.outbox.clear()
    remind_of_silences(on=clock.today().isoformat())
    kept()
    for project, slugs in projects.items():
        reminded = {one.to[0] for one in mail.outbox if str(project.public_id) in one.body}
        assert {f"officer@{slug}.example" for slug in slugs} <= reminded
    fnp.go(f"programmes/{programme.slug}/following/")
    assert fnp.page.locator("main tr", has_text="Curitiba").locator(".mark-late").count() == 1


def declare(arrive, fnp, projects):
    """The year is asked of every pair, filled in; Turin corrects it and the others confirm it."""
    fnp.use("a[href$='/years/2026/declarations/']")
    fnp.fill(due_on="03032027")
    fnp.take("open")
    kept()
    for project, slugs in projects.items():
        asked = Declaration.objects.filter(project=project).values_list("entity__slug", flat=True)
        assert {*asked} == {*slugs}
        for who in slugs:
            officer = arrive(who, "desk/")
            officer.use(f"a:text('{project}')")
            assert "Carrinhos construídos" in officer.at("[name=words]").input_value()
            if who == "turin":
                officer.fill(correction="Eram treze.")
            officer.take("correct" if who == "turin" else "confirm")
    fnp.page.reload()
    assert "Eram treze." in fnp.text()


def report_on_the_year(arrive, fnp, programme, language):
    """The report gathers itself; the coordinator writes its foreword, and publishes it."""
    fnp.go(f"programmes/{programme.slug}/following/")
    fnp.fill(year="2026")
    fnp.use("form:has(#year) button")
    fnp.use("a[href*='/own/report/']")
    fnp.fill(**{f"foreword.{language}": "Um ano de ruas limpas."})
    fnp.send()
    fnp.take("publish")
    kept()
    anybody = arrive("", f"programmes/{programme.slug}/years/2026/")
    told = anybody.text()
    assert "Um ano de ruas limpas." in told
    assert "Rodada (exemplo)" in told
    assert anybody.file_behind("a[href*='/years/2026/'][href$='pdf']").startswith(b"%PDF")


@LANGUAGES
def test_a_programme_goes_from_its_next_edition_to_its_report(arrive, people, at, language):
    programme, fnp = next_edition(arrive)
    call = build_call(fnp, programme)
    applications = apply_together(arrive, call)
    at(days=18)
    turn_calls(on="")
    decide(evaluate(arrive, call, applications), call, applications)
    fnp = arrive("fnp", f"calls/{call.slug}/cockpit/")
    made, pairs = pair_cities(fnp, call)
    assert {*pairs} == PAIRS
    read_the_file(fnp, made)
    meet(arrive, fnp, made)
    projects = {
        pairs["Curitiba – Turin"]: ("curitiba", "turin"),
        pairs["Belo Horizonte – Genoa"]: ("belo-horizonte", "genoa"),
    }
    for project in projects:
        fnp = work(arrive, project)
    at(days=50)
    follow_up(fnp, programme, projects)
    declare(arrive, fnp, projects)
    report_on_the_year(arrive, fnp, programme, language)
    anybody = arrive("", f"calls/{call.slug}/results/")
    anybody.use(f"a[href*='{made.public_id}']")
    assert "Curitiba" in anybody.text()
