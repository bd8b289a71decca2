"""“100 cities for 100 projects”, from its next edition to the report of its year (J2).

Nine people of three countries, without a mouse, begin with a programme that is over and end with a
declared year. Whatever they meet comes from the journey. All is an example: no such call was made.
"""

import datetime as dt
import re

import pytest
from django.core import mail

from entrecidades.calls.jobs import turn_calls
from entrecidades.calls.models import Application, Call, Reading, Round
from entrecidades.cooperation.models import Programme
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.projects.jobs import remind_of_silences
from entrecidades.reporting.models import Declaration
from tests.conftest import entrusted
from tests.stories.conftest import opened
from tests.stories.house import A_MOMENT
from tests.stories.letters import kept
from tests.stories.officers import sitting_down

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
come = pytest.fixture(name="come")(sitting_down)
LANGUAGES = pytest.mark.parametrize("language", ["pt-br", "it"])
NAME, CALL = "Cem cidades (exemplo)", "Lixo e ruas (exemplo)"
WORDS = {"pt-br": "Resíduos nas encostas", "it": "Rifiuti sui pendii"}
#: Sheets of readers; the first two are four points apart, so a third is asked.
SCORES = {"one": "9", "three": "5", "four": "8"}
#: Days as the keys write them: the same whichever comes first, day or month.
YEAR_END = "12122026"


@pytest.fixture
def at(house, monkeypatch):
    """A clock that the story moves on."""
    moment = [A_MOMENT]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    monkeypatch.setattr(clock, "today", lambda: clock.now().date())

    def move(**by):
        moment[0] += dt.timedelta(**by)

    return move


@pytest.fixture
def people(house):
    """Those who will have to do with the call; FNP's officer coordinates for Brazil."""
    bodies = {slug: Entity.objects.get(slug=slug) for slug in ("fnp", "anci", "turin", "lyon")}
    for slug, role in (("turin", "officer"), ("lyon", "officer"), ("anci", "coordinator")):
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


def write_moment(officer, name, day, hour):
    """A day and an hour, as the keys write them; the hour is of the morning."""
    officer.reach(officer.at(f"[name={name}]"))
    officer.page.keyboard.type(day)
    officer.press("ArrowRight")
    officer.page.keyboard.type(f"{hour}00a")


def open_line(officer, number):
    """Unfold the next empty line of a list, where it is folded."""
    line = officer.page.locator(f"main details.line-group:has([name$='_{number}'])")
    if line.count() and line.get_attribute("open") is None:
        officer.follow(line.locator("summary"))


def set_rules(fnp, builder):
    """When, in which languages, for whom, and how it is judged."""
    fnp.go(f"{builder}basics/")
    write_moment(fnp, "opens_at", "11112026", "06")
    write_moment(fnp, "closes_at", YEAR_END, "09")
    for code in ("pt-br", "it"):
        fnp.tick(f"[name=languages][value={code}]")
    for country in ("BR", "IT"):
        fnp.tick(f"[name=countries][value={country}]")
    fnp.tick("[name=is_joint]")
    fnp.fill(profile_days="365", readers="2", scale="10", spread="2", ceiling_amount="50000")
    fnp.tick("[name=hides_bodies]")
    fnp.pick("[name=ceiling_currency]", "EUR")
    fnp.send()


def set_lists(fnp, builder):
    """By what it is judged, with weights, and what is asked: together, of each side, and money."""
    fnp.go(f"{builder}criteria/")
    for number, (name, weight) in enumerate((("Necessidade", "60"), ("Meios", "40"))):
        open_line(fnp, number)
        said = {f"name_pt-br_{number}": name, f"name_it_{number}": f"{name} (it)"}
        fnp.fill(**said, **{f"weight_{number}": weight})
    fnp.send()
    fnp.go(f"{builder}questions/")
    asked = (("O que querem?", "text", "whole"), ("A parte", "partner", "side"))
    for number, (label, kind, of) in enumerate((*asked, ("Quanto?", "budget", "whole"))):
        open_line(fnp, number)
        fnp.fill(**{f"label_pt-br_{number}": label, f"label_it_{number}": f"{label} (it)"})
        fnp.pick(f"[name=kind_{number}]", kind)
        fnp.pick(f"[name=asked_of_{number}]", of)
        fnp.tick(f"[name=required_{number}]")
    fnp.send()


def build_call(fnp, programme):
    """An empty call becomes one that can be published; what is missing is told until then."""
    fnp.go(f"programmes/{programme.slug}/calls/new/")
    fnp.fill(title=CALL)
    fnp.send()
    call = Call.objects.latest("pk")
    builder = f"calls/{call.slug}/build/"
    assert not fnp.page.locator("main button[value=publish]").count()
    set_rules(fnp, builder)
    set_lists(fnp, builder)
    for code, words in WORDS.items():
        fnp.go(f"{builder}texts/?language={code}")
        fnp.fill(title=words, summary=words, text=f"{words}.")
        fnp.send()
    fnp.go(builder)
    fnp.take("publish")
    call.refresh_from_db()
    assert (call.state, call.languages) == ("open", ["pt-br", "it"])
    fnp.go(f"calls/{call.slug}/cockpit/")
    assert fnp.file_behind("a[href$='poster.pdf']").startswith(b"%PDF")
    return call


def answer_all(officer, words):
    """Answer every question that is the officer's to answer."""
    for address in [
        one.get_attribute("href") for one in officer.page.locator("main .task a").all()
    ]:
        officer.page.goto(officer.url + address)
        number = officer.at("[name=answer]").get_attribute("inputmode") == "decimal"
        officer.fill(answer="40000" if number else words)
        officer.use("button[name=next]")


def freshen(officer, address):
    """Confirm a profile that nobody has looked at for a year, as the eligibility check asks."""
    officer.go(address)
    officer.take("fresh")


def apply_together(arrive, call):
    """Lyon may not; Curitiba applies, Turin writes its part and confirms, Curitiba submits."""
    lyon = arrive("lyon", f"calls/{call.slug}/apply/")
    lyon.fill(title="Tri (exemple)")
    lyon.send()
    why = "%(body)s is in %(country)s, for which this call is not open."
    assert lyon.say(why, body="Lyon", country="|").split("|")[1] in lyon.text()
    curitiba = arrive("curitiba", f"calls/{call.slug}/apply/")
    curitiba.fill(title="Separação nas ruas (exemplo)", partner="it/turin")
    curitiba.send()
    application = Application.objects.get(call=call, lead__slug="curitiba")
    address = f"applications/{application.public_id}/"
    answer_all(curitiba, "Separar o lixo.")
    turin = arrive("turin", address)
    answer_all(turin, "Due tecnici.")
    for who in (turin, curitiba):
        freshen(who, address)
        who.go(f"{address}check/")
        who.take("confirm")
    curitiba.go(f"{address}check/")
    curitiba.tick("#is-listed")
    curitiba.take("submit")
    application.refresh_from_db()
    assert application.state == "submitted"
    return application


def read(arrive, who):
    """A reader without a conflict hands her sheet in; what she saw on the way."""
    reader = arrive(who, "readings/")
    with reader.page.expect_navigation():
        reader.follow(reader.page.locator("main .lines a").first)
    reader.take("clear")
    for number in (1, 2):
        reader.write(reader.at(f"#score-{number}"), SCORES[who])
        reader.write(reader.at(f"#reason-{number}"), f"Porque sim, diz {who}.")
    reader.page.locator("#saved", has_text=re.compile(r"\d")).wait_for()
    seen = reader.page.content()
    reader.take("hand_in")
    return seen


def evaluate(arrive, call):
    """Two read blindly, one instead of whom a conflict keeps away; they differ: a third."""
    fnp = arrive("fnp", f"calls/{call.slug}/cockpit/")
    fnp.use("form[action$='/readers/'] button")
    two = arrive("two", "readings/")
    with two.page.expect_navigation():
        two.follow(two.page.locator("main .lines a").first)
    two.follow(two.at("details:has(#conflict) > summary"))
    two.fill(conflict="A minha irmã trabalha lá.")
    two.take("conflict")
    if not Reading.objects.filter(reader__name="three").exists():
        fnp.go(f"calls/{call.slug}/cockpit/")
        fnp.use("form[action$='/readers/'] button")
    for who in ("one", "three"):
        seen = read(arrive, who)
        assert "Curitiba" not in seen
        assert "diz one" not in seen or who == "one"
    third = Reading.objects.get(reader__name="four")
    assert third.is_third
    read(arrive, "four")
    fnp.go(f"calls/{call.slug}/cockpit/")
    fnp.take("evaluate")
    return fnp


def decide(fnp, call, application):
    """The coordinator decides with a reason, and publishes the decision."""
    fnp.go(f"applications/{application.public_id}/")
    fnp.tick("[name=verdict][value=accepted]")
    fnp.write(fnp.at("#decision-reason"), "A necessidade é grande (exemplo).")
    fnp.use("form:has(#decision-reason) button[type=submit]")
    fnp.go(f"calls/{call.slug}/cockpit/")
    fnp.take("decide")


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
    """Applicants and cities of a list: solved, three pinned, one forbidden, solved again twice."""
    fnp.go(f"calls/{call.slug}/pairing/")
    fnp.fill(title="Rodada (exemplo)", second_names="it/genoa; 3")
    fnp.write(fnp.at("[name=first_names]"), "Porto Alegre")
    for name in ("br/sao-paulo", "br/belo-horizonte"):
        fnp.press("Enter")
        fnp.page.keyboard.type(name)
    fnp.send()
    told = compute(fnp)
    proof = "Worth %(total)s together. No pairing within these limits is worth more: proven."
    proof = fnp.say(proof, total="|").split("|")[1]
    assert proof in told
    made = Round.objects.get(call=call)
    tie(fnp, "pin", "Porto Alegre")
    tie(fnp, "pin", "Belo Horizonte")
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


def follow_up(fnp, programme, project):
    """Two months of silence are told to those who take part, and to those who coordinate."""
    mail.outbox.clear()
    remind_of_silences(on=clock.today().isoformat())
    kept()
    reminded = {one.to[0] for one in mail.outbox if str(project.public_id) in one.body}
    cities = {"officer@curitiba.example", "officer@turin.example"}
    assert cities <= reminded
    fnp.go(f"programmes/{programme.slug}/following/")
    assert fnp.page.locator("main tr", has_text="Curitiba").locator(".mark-late").count() == 1


def declare(arrive, fnp, project):
    """The year is asked of every pair, filled in; Curitiba confirms it and Turin corrects it."""
    fnp.use("a[href$='/years/2026/declarations/']")
    fnp.fill(due_on="03032027")
    fnp.take("open")
    kept()
    asked = Declaration.objects.filter(project=project).values_list("entity__slug", flat=True)
    assert {*asked} == {"curitiba", "turin"}
    for who, step in (("curitiba", "confirm"), ("turin", "correct")):
        officer = arrive(who, "desk/")
        officer.use(f"a:text('{project}')")
        assert "Carrinhos construídos" in officer.at("[name=words]").input_value()
        if step == "correct":
            officer.fill(correction="Eram treze.")
        officer.take(step)
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
    application = apply_together(arrive, call)
    at(days=18)
    turn_calls(on="")
    decide(evaluate(arrive, call), call, application)
    made, pairs = pair_cities(arrive("fnp", f"calls/{call.slug}/cockpit/"), call)
    assert {*pairs} == {"Curitiba – Turin", "Porto Alegre – Genoa", "Belo Horizonte – Genoa"}
    project = pairs["Curitiba – Turin"]
    fnp = work(arrive, project)
    at(days=50)
    follow_up(fnp, programme, project)
    declare(arrive, fnp, project)
    report_on_the_year(arrive, fnp, programme, language)
    anybody = arrive("", f"calls/{call.slug}/results/")
    anybody.use(f"a[href*='{made.public_id}']")
    assert "Curitiba" in anybody.text()
