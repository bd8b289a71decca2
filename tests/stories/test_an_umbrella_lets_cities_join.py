"""An umbrella of two associations, from a first contact to a city that adheres, by the keys.

The association of Brazil and that of the United States talk, agree, approve, sign, and show what
they signed. A city of the first is told by letter, reads on its desk what the umbrella allows,
adheres in one step, takes the model act to its council, and stands under the umbrella for both
associations and for everybody. An addendum lets the umbrella last longer. The other side reads
English. All is an example.
"""

import datetime as dt
import io

import docx
import pypdfium2
import pytest
from django.core import mail

from entrecidades.agreements.models import Agreement
from entrecidades.network.models import Entity
from tests.conftest import entrusted
from tests.stories.acts import record_approvals, record_signature, show_everybody
from tests.stories.conftest import opened
from tests.stories.letters import kept
from tests.stories.officers import sitting_down

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
come = pytest.fixture(name="come")(sitting_down)
LANGUAGES = pytest.mark.parametrize("language", ["pt-br", "fr"])
#: As the keys write a day; it reads the same in whichever order a browser asks day and month.
DAY, ENDS = "11112026", "11112031"
TITLE = "Cidades do Brasil e dos Estados Unidos (exemplo)"
CITY = "clerk@niteroi.example"


@pytest.fixture
def people(house, language):
    """Administrators of both associations, and of a city that is a member of one of them."""
    facts = {
        "fnp": {"email": "admin@fnp.example", "language": language},
        "uscm": {"email": "admin@uscm.example", "language": "en"},
        "niteroi": {"email": CITY, "language": language},
    }
    for slug, told in facts.items():
        house.people[slug] = entrusted(Entity.objects.get(slug=slug), "admin", **told)
    return house.people


def talk(fnp, uscm):
    """FNP asks for a contact on the page of its counterpart, which accepts and answers."""
    fnp.go("entities/us/uscm/")
    fnp.use("a[href*='/introductions/new/']")
    fnp.pick("#id_themes_0", "waste-final-disposal")
    fnp.fill(message="Um acordo para as nossas cidades?")
    fnp.send()
    contact = fnp.page.url.split(f"/{fnp.language}/")[1]
    uscm.go(contact)
    uscm.take("accept")
    uscm.fill(words="Yes. Let our cities join it.")
    uscm.use("form:has([name=words]) button[type=submit]")
    fnp.go(contact)
    assert "Let our cities join it." in fnp.text()


def turn_into_umbrella(fnp):
    """The contact becomes an agreement that admits the members of its parties."""
    fnp.use("a[href*='/agreements/new/?contact=']")
    fnp.pick("[name=second_language]", "en")
    fnp.tick("[name=admits_members]")
    fnp.fill(title=TITLE)
    fnp.send()
    fnp.title(TITLE)
    fnp.take("negotiate")
    return Agreement.objects.latest("pk")


def come_into_force(sides, agreement):
    """Both agree to a text that is kept elsewhere, approve as their countries ask, and sign."""
    for side in sides:
        side.go(agreement)
        side.use("button[name=party]")
    sides[1].take("seek_approvals")
    for side, place in zip(sides, ("Brasília", "Washington"), strict=True):
        record_approvals(side, agreement, DAY)
        record_signature(side, agreement, "Ana", day=DAY, place=place)
    sides[1].reads("In force")


def adhere(city, umbrella):
    """The city finds the umbrella on its desk, reads what it allows, and adheres."""
    city.go("desk/")
    city.reads("Your association has signed an umbrella agreement")
    card = f"article:has(a[href*='{umbrella.reference}'])"
    assert city.theme("waste-final-disposal") in city.at(card).inner_text()
    city.use(f"{card} a[href$='/adhere/']")
    city.send()
    made = Agreement.objects.get(kind="adhesion")
    city.title(TITLE)
    assert "Niterói" in city.page.locator("main h1").inner_text()
    return made


def take_act(city, umbrella):
    """The model act, ready for the council: as Word file and as PDF, and both say the same."""
    word = docx.Document(io.BytesIO(city.save_file("a[href$='act.docx']")))
    pdf = pypdfium2.PdfDocument(city.save_file("a[href$='act.pdf']"))
    printed = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    for said in ("\n".join(one.text for one in word.paragraphs), printed):
        for words in ("Niterói", umbrella.reference, "Considerando"):
            assert words in said


def stands_under(reader, adhesion, umbrella):
    """The adhesion stands under the umbrella, says whose it is, and leads back."""
    reader.go(f"agreements/{umbrella.reference}/")
    line = reader.at(f"section:has(#tree) li:has(a[href*='{adhesion.reference}'])")
    assert "Niterói" in line.inner_text()
    reader.use(f"section:has(#tree) a[href*='{adhesion.reference}']")
    reader.use(f"section:has(#tree) a[href*='{umbrella.reference}']")


def extend(sides, umbrella):
    """Both sign an addendum with a new last day, and the umbrella lasts until then by itself."""
    fnp, _uscm = sides
    fnp.go(f"agreements/{umbrella.reference}/")
    fnp.use("a[href$='/addenda/new/']")
    fnp.fill(title="Cinco anos (exemplo)", ends_on=ENDS)
    fnp.send()
    made = Agreement.objects.get(kind="addendum")
    fnp.take("negotiate")
    come_into_force(sides, f"agreements/{made.reference}/")
    umbrella.refresh_from_db()
    assert umbrella.ends_on == dt.date(2031, 11, 11)
    return made


@LANGUAGES
@pytest.mark.usefixtures("people")
def test_a_city_joins_what_its_association_has_signed(come, language):
    fnp, uscm = come("fnp", language), come("uscm", "en")
    talk(fnp, uscm)
    umbrella = turn_into_umbrella(fnp)
    agreement = f"agreements/{umbrella.reference}/"
    come_into_force((fnp, uscm), agreement)
    kept()
    assert any(umbrella.reference in one.body for one in mail.outbox if one.to == [CITY])
    city = come("niteroi", language)
    adhesion = adhere(city, umbrella)
    take_act(city, umbrella)
    own = f"agreements/{adhesion.reference}/"
    record_approvals(city, own, DAY)
    record_signature(city, own, "Bia", day=DAY, place="Niterói")
    city.reads("In force")
    anybody = come("", "fr")
    anybody.go(agreement)
    assert TITLE not in anybody.text()
    show_everybody(fnp, umbrella, agreement)
    show_everybody(city, adhesion, own)
    addendum = extend((fnp, uscm), umbrella)
    anybody.go(agreement)
    anybody.reads("The last day is %(now)s, and was %(was)s", now="11 novembre 2031", was="–")
    assert addendum.reference in anybody.text()
    for reader in (fnp, uscm, city, anybody):
        stands_under(reader, adhesion, umbrella)
    assert anybody.page.locator("#acts").count() == 0
    city.go("desk/")
    assert city.page.locator(f"main a[href$='{umbrella.reference}/adhere/']").count() == 0
