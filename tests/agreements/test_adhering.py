"""Members of associations see an umbrella in force and adhere to it in one step."""

import io
import re

import docx
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.agreements.choices import Act
from entrecidades.agreements.models import Agreement, Party
from entrecidades.agreements.rules import AdheresAlready, NotCovered
from entrecidades.agreements.selectors import (
    agreements_seen_by,
    bodies_to_join,
    language_of,
    model_act,
    standing_approvals,
    umbrellas_for,
    umbrellas_to_join,
)
from entrecidades.agreements.selectors.model_act import UNBROKEN, together
from entrecidades.agreements.services import adhere
from entrecidades.audit.models import Trace
from entrecidades.engines.acts import TYPE, act_docx, act_pdf
from entrecidades.mail.agreements import tell_of_agreement
from entrecidades.network.models import Entity
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import reader_of
from tests.agreements.life import Life
from tests.conftest import A_DAY, A_MOMENT, BEFORE, entrusted
from tests.factories.accounts import PersonFactory
from tests.factories.agreements import AgreementFactory, PartyFactory
from tests.factories.network import EntityFactory, MandateFactory, MembershipFactory
from tests.factories.themes import ThemeFactory
from tests.mail.test_letters import delivered


@pytest.fixture
def associations(db):
    names = (("FNP", "BR"), ("USCM", "US"))
    return [
        EntityFactory(name=name, slug=name.lower(), country__code=code, association=True)
        for name, code in names
    ]


@pytest.fixture
def umbrella(associations):
    fnp, uscm = associations
    umbrella = AgreementFactory(
        drafter=fnp, partners=[uscm], binding=True, admits_members=True, languages=["pt-br", "en"]
    )
    umbrella.themes.add(ThemeFactory(slug="waste-disposal"))
    return umbrella


@pytest.fixture
def member(curitiba, associations):
    MembershipFactory(member=curitiba, group=associations[0], valid_from=BEFORE)
    return curitiba


def test_members_see_it_once_it_is_in_force_and_others_do_not(
    umbrella, member, counterpart, officer
):
    def seen(person):
        return agreements_seen_by(reader_of(person, on=A_DAY)).filter(pk=umbrella.pk).exists()

    assert seen(counterpart)
    assert not seen(officer)
    Agreement.objects.update(state="approvals")
    assert not seen(counterpart)


def test_one_step_opens_agrees_and_asks_for_the_acts_of_the_members_country(
    umbrella, member, counterpart, associations
):
    adhesion = adhere(umbrella=umbrella, entity=member, by=counterpart, at=A_MOMENT)
    assert (adhesion.kind, adhesion.state) == ("adhesion", "approvals")
    told = [(party.entity, party.role) for party in adhesion.parties.all()]
    assert told == [(member, "party"), *((one, "observer") for one in associations)]
    assert standing_approvals(adhesion).filter(key="br-legal-opinion").exists()
    assert [*adhesion.themes.all()] == [*umbrella.themes.all()]
    assert Trace.objects.get(act=Act.ADHERE).facts == {"umbrella": umbrella.pk}
    assert not umbrellas_to_join(member, on=A_DAY).exists()
    assert bodies_to_join(umbrella, counterpart, on=A_DAY) == []
    with pytest.raises(AdheresAlready):
        adhere(umbrella=umbrella, entity=member, by=counterpart, at=A_MOMENT)


def test_an_adhesion_goes_on_to_force_alone(umbrella, member, counterpart):
    life = Life(adhere(umbrella=umbrella, entity=member, by=counterpart, at=A_MOMENT))
    life.name().approve().sign(life.parties[0])
    assert life.fresh().agreement.state == "in_force"


def test_who_is_no_member_or_has_no_right_does_not_adhere(umbrella, maputo, officer, member):
    with pytest.raises(NotCovered):
        adhere(umbrella=umbrella, entity=maputo, by=officer, at=A_MOMENT)
    with pytest.raises(NotAllowed):
        adhere(umbrella=umbrella, entity=member, by=officer, at=A_MOMENT)
    assert bodies_to_join(umbrella, officer, on=A_DAY) == []
    assert Agreement.objects.count() == 1


@pytest.mark.usefixtures("on_the_day")
def test_members_are_told_by_letter_when_it_comes_into_force(umbrella, member, counterpart):
    coordinator = entrusted(umbrella.drafter, "coordinator", email="coordinator@fnp.example")
    tell_of_agreement(agreement_id=umbrella.pk, event="moved:in_force")
    assert sorted(to for [to] in delivered()) == sorted([coordinator.email, counterpart.email])


@pytest.mark.parametrize(
    ("country", "language"),
    [("BR", "pt-br"), ("MZ", "pt"), ("US", "en"), ("IT", "it"), ("FR", "fr"), ("ES", "es")],
)
def test_a_body_writes_its_acts_in_its_own_language(country, language):
    assert language_of(EntityFactory.build(country__code=country)) == language


def test_the_model_act_is_a_word_file_and_a_pdf_that_say_the_same(umbrella, member, counterpart):
    adhesion = adhere(umbrella=umbrella, entity=member, by=counterpart, at=A_MOMENT)
    act = model_act(adhesion, "en")
    said = [act.title, *act.recitals, *act.articles, act.signer, act.note]
    word = docx.Document(io.BytesIO(act_docx(act)))
    paragraphs = [one.text for one in word.paragraphs]
    assert all(words in paragraphs for words in said)
    made = act_pdf(act)
    assert made == act_pdf(act)
    printed = printed_in(made)
    title = " ".join(act.title.split())
    for words in (title, umbrella.reference, "FNP and USCM", "confirm with your legal service"):
        assert words in printed


def printed_in(made):
    """What can be read in a PDF, its spaces and lines made alike."""
    pages = pypdfium2.PdfDocument(made)
    return " ".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())


@pytest.mark.parametrize("language", ["pt-br", "fr", "it", "en"])
def test_what_is_missing_in_an_act_is_a_blank_and_leaves_no_comma(
    umbrella, member, counterpart, language
):
    adhesion = adhere(umbrella=umbrella, entity=member, by=counterpart, at=A_MOMENT)
    third = EntityFactory(country__code="US", association=True)
    PartyFactory(agreement=umbrella, entity=third)
    third.names.all().delete()
    Entity.objects.filter(pk=third.pk).update(name="")
    Agreement.objects.filter(pk=umbrella.pk).update(signed_on=None, state="approvals", title={})
    adhesion.refresh_from_db()
    said = " ".join(model_act(adhesion, language).recitals)
    assert "FNP" in said
    assert "USCM" in said
    assert not re.search(r",\s*,|\(\)|“\s*”|«\s*»|:\s*;", said)
    assert said.count("[") == 2  # the title and the day
    Party.objects.filter(agreement=umbrella).delete()
    assert model_act(adhesion, language).recitals[0].count("[") == 3


@given(st.text("abc ", min_size=1, max_size=60))
def test_a_short_name_stands_on_one_line(name):
    kept = together(name)
    assert kept.replace("\u00a0", " ") == name
    assert (" " in kept) == (" " in name and len(name) > UNBROKEN)


def test_the_word_file_is_black(umbrella, member, counterpart):
    adhesion = adhere(umbrella=umbrella, entity=member, by=counterpart, at=A_MOMENT)
    word = docx.Document(io.BytesIO(act_docx(model_act(adhesion, "fr"))))
    used = [one.style for one in word.paragraphs]
    assert {style.name for style in used} == {"Normal", "Heading 1", "Quote"}
    assert {str(style.font.color.rgb) for style in used} == {"000000"}
    assert {style.font.name for style in used} == {TYPE}


def test_each_adhesion_says_whose_it_is(umbrella, member, counterpart, associations, maputo):
    MembershipFactory(member=maputo, group=associations[1], valid_from=BEFORE)
    officer = entrusted(maputo)
    umbrella.title = {"en": "Carts", "pt": "Carros"}
    umbrella.save()
    for entity, by in ((member, counterpart), (maputo, officer)):
        adhere(umbrella=umbrella, entity=entity, by=by, at=A_MOMENT)
    for code, words in umbrella.title.items():
        titles = {one.title[code] for one in umbrella.members.all()}
        assert len(titles) == 2
        assert all(words in title for title in titles)


CITIES = st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=3)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cities=CITIES, state=st.sampled_from(["in_force", "suspended", "renewed"]))
def test_her_desk_shows_the_umbrellas_that_a_body_of_hers_may_join(
    umbrella, associations, cities, state
):
    """Of cities that are members or not, that adhere or not, with rights of hers or without."""
    person = PersonFactory()
    Agreement.objects.filter(pk=umbrella.pk).update(state="in_force")
    for is_member, adheres, drafts in cities:
        city = EntityFactory(country__code="BR")
        MandateFactory(person=person, entity=city, role="officer" if drafts else "technician")
        if is_member:
            MembershipFactory(member=city, group=associations[0], valid_from=BEFORE)
        if is_member and adheres:
            adhere(umbrella=umbrella, entity=city, by=entrusted(city), at=A_MOMENT)
    Agreement.objects.filter(pk=umbrella.pk).update(state=state)
    umbrella.refresh_from_db()
    shown = umbrellas_for(person, on=A_DAY)
    assert list(shown) == ([umbrella] if bodies_to_join(umbrella, person, on=A_DAY) else [])
    waiting = any(is_member and drafts and not adheres for is_member, adheres, drafts in cities)
    assert shown.exists() == (waiting and state != "suspended")


def test_words_are_never_commands_in_an_act(umbrella, member, counterpart):
    adhesion = adhere(umbrella=umbrella, entity=member, by=counterpart, at=A_MOMENT)
    umbrella.title = {"en": "#panic() {{ 7*7 }} {% load x %} $x$ \\end"}
    umbrella.save()
    adhesion.refresh_from_db()
    act = model_act(adhesion, "en")
    word = docx.Document(io.BytesIO(act_docx(act)))
    assert any("{{ 7*7 }}" in one.text for one in word.paragraphs)
    assert act_pdf(act).startswith(b"%PDF")
