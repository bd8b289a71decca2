"""From a shared link to an agreement in force: the first journey, in two languages, by the keys.

Ana claims Maputo, says what it needs and offers, finds Curitiba, talks with it, and turns the talk
into an agreement, whose text both check clause by clause, approve as their countries ask, and sign
with certificates. Whatever stands at the end comes from the journey itself. All is an example.
"""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from entrecidades.agreements.models import Agreement, SignedFile
from entrecidades.agreements.services import looking
from entrecidades.kernel import clock
from entrecidades.mail.answers.taking import Outcome, take
from entrecidades.network.models import Entity, Mandate
from tests.conftest import entrusted
from tests.engines.signing import issued, mayor, revoked_by, root, signed
from tests.mail.answering import answer
from tests.stories.acts import record_approvals, record_signature, show_everybody
from tests.stories.conftest import opened
from tests.stories.letters import last_to, link_to
from tests.stories.officers import Scale, sitting_down
from tests.stories.texts import check_all

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
LANGUAGES = pytest.mark.parametrize("language", ["pt", "fr"])
ANA = "ana@cmmaputo.gov.mz"
#: As the keys write a day; it reads the same in whichever order a browser asks day and month.
DAY, ENDS = "11112026", "11112031"
#: All that travels in the whole journey, in bytes.
MOST = 3_000_000
#: Less than a page each would mean that nothing was weighed.
LEAST = 100_000
TITLE = "Recolha seletiva nos bairros (exemplo)"


@pytest.fixture(autouse=True)
def by_the_machine(patch):
    """Certificates claim the moment at which they sign; so the clock of this house goes on."""
    patch.setattr(clock, "now", lambda: dt.datetime.now(dt.UTC))
    patch.setattr(clock, "today", lambda: clock.now().date())


@pytest.fixture(autouse=True)
def trust(settings, tmp_path):
    """The root of the examples is trusted, and nothing of it is revoked."""
    settings.TRUST_ROOTS = tmp_path / "trust"
    settings.TRUST_ROOTS.mkdir()
    (settings.TRUST_ROOTS / "root.pem").write_bytes(root().pem)
    (settings.TRUST_ROOTS / "root.crl").write_bytes(revoked_by(root()))


@pytest.fixture(autouse=True)
def looked_at(monkeypatch):
    """A signed file is looked at while its officer waits, however busy the machine is."""
    monkeypatch.setattr(looking, "SOON", 60.0)


@pytest.fixture(autouse=True)
def answered(settings):
    """The instance takes answers by mail."""
    settings.ANSWERS_AT = "answers@entrecidades.example"


@pytest.fixture
def ends(house):
    """Maputo, for which nobody acts yet, and Curitiba, which has its administrator."""
    maputo, curitiba = (Entity.objects.get(slug=slug) for slug in ("maputo", "curitiba"))
    Mandate.objects.filter(entity=maputo).update(valid_to=dt.date(2020, 1, 1))
    Entity.objects.filter(pk=maputo.pk).update(website="https://www.cmmaputo.gov.mz/")
    house.people["curitiba"] = entrusted(curitiba, "admin", language="pt-br", name="Bia Exemplo")
    return maputo, curitiba


@pytest.fixture
def scale():
    """What is carried through the network."""
    return Scale()


come = pytest.fixture(name="come")(sitting_down)


def claim(ana, house):
    """From the shared page of a city to its administrator, by an official address."""
    ana.go("cities/mz/maputo/")
    ana.use("a[href$='/claim/']")
    ana.fill(name="Ana", email=ANA)
    ana.use("form button[type=submit]")
    ana.page.goto(f"{house.url}{link_to(ANA)}")
    ana.use("form button[type=submit]")
    ana.title("Maputo")


def confirm_facts(ana, maputo):
    """What public lists say of the city is filled in; she looks at it, adds to it, and saves."""
    ana.use("a[href*='/own/body/']")
    assert ana.at("[name=name]").input_value() == "Maputo"
    assert ana.at("[name=website]").input_value() == "https://www.cmmaputo.gov.mz/"
    assert ana.at("[name=languages][value=pt]").is_checked()
    ana.fill(acronym="CMM")
    ana.tick("[name=languages][value=en]")
    ana.send()
    maputo.refresh_from_db()
    assert (maputo.acronym, maputo.languages) == ("CMM", ["pt", "en"])


def post(ana, side, title, form):
    """Put an offer or a need on the board: solid waste, collected separately."""
    ana.go("desk/")
    ana.use("a[href$='/board/new/']")
    ana.tick(f"[name=side][value={side}]")
    ana.pick("#id_themes_0", "separate-collection")
    ana.fill(title=title, text=f"{title}. Um exemplo.")
    ana.tick(f"[name=form][value={form}]")
    if not ana.page.locator("main [name=languages]:checked").count():
        ana.tick("[name=languages][value=pt]")
    ana.send()
    ana.title(title)


def find_partner(ana):
    """Cities of Brazil, the best first and each with reasons; three of them compared."""
    ana.go("desk/")
    ana.use("a[href*='/partners/?place=']")
    ana.tick("[name=country][value=BR]")
    ana.page.wait_for_url("**country=BR**")
    ranked = ana.page.locator(".suggestion")
    places = [one.split(" · ")[0] for one in ranked.locator("p.soft").all_inner_texts()]
    with_brazil = {ana.say("Brazil"), "Brasil", "Brésil"}
    assert len(places) >= 4
    assert {*places} <= with_brazil
    scores = [int(one.split("/")[0]) for one in ranked.locator(".score").all_inner_texts()]
    assert scores == sorted(scores, reverse=True)
    ana.follow(ranked.first.locator("summary"))
    assert ranked.first.locator(".reason").count() > 1
    ana.use("#results a[href*='/compare/']")
    assert ana.page.locator("main .suggestion").count() == 3
    ana.use("a[href$='/cities/br/curitiba/']")


def begin_to_talk(ana, curitiba, bia):
    """Ana asks; Bia accepts; the first message comes from the house, Bia's answer by mail."""
    ana.use("a[href*='/introductions/new/']")
    ana.pick("#id_themes_0", "separate-collection")
    ana.fill(message="Como separam o lixo nos bairros?")
    ana.send()
    ana.title("Maputo – Curitiba")
    contact = ana.page.url.split(f"/{ana.language}/")[1]
    curitiba.go(contact)
    curitiba.take("accept")
    ana.go(contact)
    ana.follow(ana.at("details:has(a[href*='?begin=']) > summary"))
    ana.use("a[href*='?begin=pt']")  # the language of both cities
    begun = ana.at("[name=words]").input_value()
    assert len(begun) > 100
    ana.use("form:has([name=words]) button[type=submit]")
    letter = last_to(bia)
    assert begun.split("\n", 1)[0] in letter.body
    said = answer(letter, "Sim. Escrevamos um memorando.")
    assert take(said, at=clock.now()) == Outcome.SAID
    ana.go(contact)
    said = ana.at(".said >> nth=-1").inner_text()
    assert "Escrevamos um memorando." in said
    assert letter.from_email not in said


def open_agreement(ana):
    """Turn the contact into an agreement that speaks two languages and has its days."""
    ana.use("a[href*='/agreements/new/?contact=']")
    ana.pick("[name=second_language]", "en")
    ana.fill(title=TITLE)
    ana.send()
    ana.title(TITLE)
    made = Agreement.objects.latest("pk")
    assert made.languages == [ana.language, "en"]
    assert [str(one.slug) for one in made.themes.all()] == ["separate-collection"]
    ana.take("negotiate")
    ana.use("a[href$='/term/']")
    ana.fill(in_force_from=DAY, ends_on=ENDS)
    ana.send()
    return made


def write_text(ana, made):
    """Begin the text from the model memorandum, and fill every blank in either language."""
    ana.use("a[href$='/text/begin/']")
    assert ana.at("[name=model][value=memorandum]").is_checked()
    ana.send()
    ana.at("article.clause").wait_for()
    while ana.page.locator("main .clause-gap").count():
        ana.use("article:has(.clause-gap) a.button[href*='/clauses/']")
        for field in ana.page.locator("main textarea[name^='body.']").all():
            if "[…]" in (words := field.input_value()):
                ana.write(field, words.replace("[…]", "Maputo"))
        ana.use("form button.button-main")
    sides = ana.page.locator("main article.clause").first.locator(".clause-side")
    assert sides.count() == len(made.languages)  # both languages stand side by side


def agree_to_text(ana, curitiba, text):
    """Both tick “same meaning” at every clause; the words get a number, and both say yes."""
    check_all(ana)
    ana.use("aside form button.button-main")
    ana.use("button[name=party]")
    curitiba.go(text)
    check_all(curitiba)
    curitiba.use("a[href$='/versions/1/']")
    curitiba.use("button[name=party]")


def sign_file(officer, text, name, file, identity):
    """Hand in a file that somebody has signed with a certificate, and read what was found."""
    officer.go(f"{text}signed/")
    # Signing runs a loop of its own, which cannot be within that of the browser.
    with ThreadPoolExecutor() as elsewhere:
        content = elsewhere.submit(signed, file, identity, name=name).result()
    officer.attach("[name=upload]", f"{name}.pdf", content)
    officer.use("form:has([name=upload]) button[type=submit]")
    found = SignedFile.objects.latest("pk")
    assert (found.carries, found.verdict) == ("file", "trusted")
    return officer.save_file("a[href*='/documents/']"), content


def sign_both(ana, curitiba, text):
    """Each signs the file that the other has signed; what was found of it is told in words."""
    ana.go(f"{text}versions/1/")
    printed = ana.save_file("a[href*='file.pdf']")
    first, content = sign_file(ana, text, "Maputo", printed, issued("ANA DE EXEMPLO", root()))
    assert first == content
    both, _content = sign_file(curitiba, text, "Curitiba", first, mayor())
    assert "ANA DE EXEMPLO" in curitiba.text()
    assert SignedFile.objects.latest("pk").told().signatures[1]
    return both


@LANGUAGES
def test_from_a_shared_link_to_an_agreement_in_force(house, ends, come, scale, language):
    ana, curitiba = come("", language, scale), come("curitiba", language, scale)
    claim(ana, house)
    confirm_facts(ana, ends[0])
    post(ana, "need", "Recolha seletiva de resíduos sólidos", "technicians")
    post(ana, "offer", "Recebemos equipas em Maputo", "study_visit")
    find_partner(ana)
    begin_to_talk(ana, curitiba, house.people["curitiba"].email)
    made = open_agreement(ana)
    agreement, text = f"agreements/{made.reference}/", f"agreements/{made.public_id}/text/"
    write_text(ana, made)
    agree_to_text(ana, curitiba, text)
    file = sign_both(ana, curitiba, text)
    curitiba.go(agreement)
    curitiba.take("seek_approvals")
    record_approvals(ana, agreement, DAY)
    record_approvals(curitiba, agreement, DAY)
    record_signature(ana, agreement, "Ana", day=DAY, place="Maputo", file=file)
    record_signature(curitiba, agreement, "Bia", day=DAY, place="Curitiba", file=file)
    curitiba.reads("In force")
    anybody = come("", "en", scale)
    anybody.go(agreement)
    assert TITLE not in anybody.text()
    show_everybody(ana, made, agreement)
    anybody.go(agreement)
    anybody.title(TITLE)
    assert "7/2026" in anybody.text()
    anybody.use("a[href$='/text/read/']")
    assert anybody.page.locator("main article.clause .clause-side").count() > len(made.languages)
    assert LEAST < scale.total <= MOST, scale.bytes
