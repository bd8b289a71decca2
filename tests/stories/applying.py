"""A call as the journey of a programme has it: built, applied to by two pairs of cities, decided.

An example: no such call was made.
"""

import re

from entrecidades.calls.models import Application, Call, Reading

CALL = "Lixo e ruas (exemplo)"
WORDS = {"pt-br": "Resíduos nas encostas", "it": "Rifiuti sui pendii"}
#: Sheets of the readers of each application; the first two are far apart, so a third is asked.
SCORES = {"curitiba": ("9", "5", "8"), "belo-horizonte": ("7", "8")}
#: A day as the keys write it: the same whichever comes first, day or month.
YEAR_END = "12122026"


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


def begin(arrive, call, lead, partner, title):
    """A city begins an application with another."""
    officer = arrive(lead, f"calls/{call.slug}/apply/")
    officer.fill(title=title, partner=f"it/{partner}")
    officer.send()
    return officer, Application.objects.get(call=call, lead__slug=lead)


def close_and_come_back(arrive, officer, who, application):
    """What was written is there again, though nobody has saved it and the page was closed."""
    officer.page.goto(
        officer.url + officer.page.locator("main .task a").first.get_attribute("href")
    )
    address = officer.page.url.partition(f"/{officer.language}/")[2]
    officer.fill(answer="Telhados que guardam chuva.")
    officer.page.locator("#saved", has_text=re.compile(r"\d")).wait_for()
    officer.page.close()
    again = arrive(who, address)
    assert again.at("[name=answer]").input_value() == "Telhados que guardam chuva."
    again.go(f"applications/{application.public_id}/")
    return again


def hand_in(arrive, lead, partner, officer, application):
    """Both write their parts, look at their profiles, confirm; the lead submits."""
    address = f"applications/{application.public_id}/"
    answer_all(officer, "Separar o lixo.")
    other = arrive(partner, address)
    answer_all(other, "Due tecnici.")
    for who in (other, officer):
        freshen(who, address)
        who.go(f"{address}check/")
        who.take("confirm")
    officer.go(f"{address}check/")
    officer.tick("#is-listed")
    officer.take("submit")
    application.refresh_from_db()
    assert application.state == "submitted"
    return application


def apply_together(arrive, call):
    """Lyon may not; Curitiba applies with Turin, and Belo Horizonte with Genoa."""
    lyon = arrive("lyon", f"calls/{call.slug}/apply/")
    lyon.fill(title="Tri (exemple)")
    lyon.send()
    why = "%(body)s is in %(country)s, for which this call is not open."
    assert lyon.say(why, body="Lyon", country="|").split("|")[1] in lyon.text()
    handed_in = []
    for lead, partner, title in (
        ("curitiba", "turin", "Separação nas ruas (exemplo)"),
        ("belo-horizonte", "genoa", "Água dos telhados (exemplo)"),
    ):
        officer, application = begin(arrive, call, lead, partner, title)
        if partner == "genoa":
            officer = close_and_come_back(arrive, officer, lead, application)
        handed_in.append(hand_in(arrive, lead, partner, officer, application))
    return handed_in


def read(arrive, reading, score):
    """A reader without a conflict hands her sheet in; what she saw on the way."""
    reader = arrive(reading.reader.name, "readings/")
    reader.use(f"a[href*='{reading.public_id}']")
    reader.take("clear")
    for number in (1, 2):
        reader.write(reader.at(f"#score-{number}"), score)
        reader.write(reader.at(f"#reason-{number}"), f"Porque sim: {score}.")
    reader.page.locator("#saved", has_text=re.compile(r"\d")).wait_for()
    seen = reader.page.content()
    reader.take("hand_in")
    return seen


def declare_conflict(arrive, reading):
    """A reader whose sister works there says so, and reads it no further."""
    reader = arrive(reading.reader.name, "readings/")
    reader.use(f"a[href*='{reading.public_id}']")
    reader.follow(reader.at("details:has(#conflict) > summary"))
    reader.fill(conflict="A minha irmã trabalha lá.")
    reader.take("conflict")


def to_read(application):
    """The reading of an application that waits longest."""
    waiting = Reading.objects.filter(application=application, state="asked")
    return waiting.select_related("reader").order_by("pk").first()


def evaluate(arrive, call, applications):
    """Two read each blindly, one instead of whom a conflict keeps away; two differ: a third."""
    fnp = arrive("fnp", f"calls/{call.slug}/cockpit/")
    fnp.use("form[action$='/readers/'] button")
    declare_conflict(arrive, to_read(applications[0]))
    fnp.go(f"calls/{call.slug}/cockpit/")
    if Reading.objects.filter(application=applications[0], state="asked").count() < 2:
        fnp.use("form[action$='/readers/'] button")
    for application in applications:
        given = []
        for score in SCORES[application.lead.slug]:
            seen = read(arrive, to_read(application), score)
            assert application.lead.name not in seen
            assert not any(f"Porque sim: {one}." in seen for one in given)
            given.append(score)
        assert to_read(application) is None
    assert Reading.objects.filter(is_third=True).count() == 1
    fnp.go(f"calls/{call.slug}/cockpit/")
    fnp.take("evaluate")
    return fnp


def decide(fnp, call, applications):
    """The coordinator decides with reasons, and publishes the decisions."""
    for application in applications:
        fnp.go(f"applications/{application.public_id}/")
        fnp.tick("[name=verdict][value=accepted]")
        fnp.write(fnp.at("#decision-reason"), "A necessidade é grande (exemplo).")
        fnp.use("form:has(#decision-reason) button[type=submit]")
    fnp.go(f"calls/{call.slug}/cockpit/")
    fnp.take("decide")
