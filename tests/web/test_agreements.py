"""Agreements are listed, opened, led and signed on their pages; strangers read what is signed."""

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.agreements.models import Agreement
from entrecidades.agreements.selectors import standing_approvals
from entrecidades.documents.models import Document
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from tests.agreements.life import Life
from tests.conftest import A_DAY, BEFORE, entrusted
from tests.factories.agreements import AgreementFactory
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import EntityFactory, MembershipFactory
from tests.factories.themes import ThemeFactory
from tests.web.pages import HOSTILE, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def agreement(maputo, curitiba):
    return AgreementFactory(
        drafter=maputo, partners=[curitiba], title={"en": "Carts in the hills"}
    )


@pytest.fixture
def life(agreement):
    return Life(agreement)


def url(agreement, verb=""):
    return f"/en/agreements/{agreement.reference}/{verb}"


def enter(client, life, party=0):
    client.force_login(life.people[life.parties[party].entity_id])
    return client


def test_strangers_see_a_signed_agreement_that_is_shown_and_no_other(client, life):
    assert client.get(url(life.agreement)).status_code == 404
    life.until_signed()
    assert client.get(url(life.agreement)).status_code == 404
    Agreement.objects.update(visibility=Visibility.PUBLIC)
    page = text_of(client.get(url(life.agreement)))
    for words in (
        "Carts in the hills",
        "Maputo",
        "Curitiba",
        "Ana Example",
        "In force",
        "12/2009",
    ):
        assert words in page
    for words in ("What you can do with it", "not compared with a source", "Confirm with your"):
        assert words not in page


def test_until_the_day_of_an_embargo_only_the_parties_see_it(client, life):
    life.until_signed()
    later = A_DAY + dt.timedelta(days=1)
    Agreement.objects.update(visibility=Visibility.PUBLIC, embargo_until=later)
    assert client.get(url(life.agreement)).status_code == 404
    assert enter(client, life, 1).get(url(life.agreement)).status_code == 200


def test_what_is_not_signed_is_not_shown_to_everybody(client, life):
    address = f"/en/sharing/agreement/{life.agreement.public_id}/"
    enter(client, life)
    answer = client.post(address, {"visibility": str(Visibility.PUBLIC.value)})
    assert answer.status_code == 422
    assert "once it is signed" in text_of(answer)
    life.until_signed()
    assert client.post(address, {"visibility": str(Visibility.PUBLIC.value)}).status_code == 302
    client.logout()
    assert client.get(url(life.agreement)).status_code == 200


def test_the_list_takes_state_and_country_and_is_a_file_too(client, life, officer):
    AgreementFactory(binding=True, visibility=Visibility.PUBLIC, title={"en": "Buses"})
    client.force_login(officer)
    page = text_of(client.get("/en/agreements/?of=own"))
    assert "Carts in the hills" in page
    assert "Buses" not in page
    assert "Carts" not in text_of(client.get("/en/agreements/?state=in_force"))
    sent = b"".join(client.get("/en/agreements/export.csv?of=own").streaming_content)
    rows = list(csv.DictReader(io.StringIO(sent.decode("utf-8-sig"))))
    assert [row["reference"] for row in rows] == [life.agreement.reference]


def test_the_board_has_a_column_for_each_stage_and_costs_few_queries(
    client, maputo, curitiba, officer, django_assert_max_num_queries
):
    for state in ("exploratory", "negotiating", "approvals") * 4:
        AgreementFactory(drafter=maputo, partners=[curitiba], state=state)
    client.force_login(officer)
    client.get("/en/agreements/board/")
    with django_assert_max_num_queries(16):
        page = text_of(client.get("/en/agreements/board/"))
    assert "Approval and signature" in page
    assert "Begin to negotiate" in page


def test_a_first_contact_is_turned_into_an_agreement(client, maputo, curitiba, officer):
    waste = ThemeFactory(slug="waste-disposal")
    contact = IntroductionFactory(asker=maputo, asked=curitiba, state="talking")
    contact.themes.add(waste)
    client.force_login(officer)
    page = client.get(contact.get_absolute_url()).content.decode()
    assert f"/agreements/new/?contact={contact.public_id}" in page
    address = f"/en/agreements/new/?contact={contact.public_id}"
    form = client.get(address)
    assert "br/curitiba" in form.content.decode()
    sent = {
        "entity": str(maputo.public_id),
        "kind": "memorandum",
        "partners": "br/curitiba",
        "title": "Carts",
        "language": "en",
        "themes": ["waste-disposal"],
        "first_language": "pt",
        "second_language": "pt-br",
    }
    assert client.post(address, sent).status_code == 302
    made = Agreement.objects.get()
    assert (made.introduction, made.languages) == (contact, ["pt", "pt-br"])
    assert "Carts" in text_of(client.get(contact.get_absolute_url()))


def test_every_problem_of_a_form_is_named_and_what_was_typed_stays(client, maputo, officer):
    client.force_login(officer)
    before = Entity.objects.count()
    answer = client.post(
        "/en/agreements/new/",
        {"entity": str(maputo.public_id), "partners": "Nobodytown\nit/turin", "title": "Kept"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nobodytown" in text_of(answer)
    assert 'value="Kept"' in page
    assert Entity.objects.count() == before


def approve(client, life, party):
    """Record every approval of a party on its pages, each with the act that shows it."""
    for approval in standing_approvals(life.agreement).filter(party=party):
        act = SimpleUploadedFile("ata.txt", b"Deliberado.", content_type="text/plain")
        told = {
            "outcome": "given",
            "deciding_body": "Assembleia",
            "act_number": "7",
            "decided_on": "2009-11-01",
            "language": "pt",
            "upload": act,
        }
        address = url(life.agreement, f"approvals/{approval.public_id}/")
        assert client.post(address, told).status_code == 302


def sign(client, life, party):
    """Say who signs for a party, and that she has."""
    named = {"name": "Ana Example", "post": "Mayor", "power": "Law"}
    entity = str(party.entity.public_id)
    client.post(url(life.agreement, "signatories/new/"), {"entity": entity, **named})
    address = url(life.agreement, f"signatories/{party.signatories.get().public_id}/")
    signed = {"signed_on": "2009-11-19", "place": "Maputo"}
    assert client.post(address, signed).status_code == 302


def test_the_whole_way_goes_through_its_pages(client, life):
    enter(client, life).post(url(life.agreement, "step/"), {"step": "negotiate"})
    for side, party in enumerate(life.parties):
        enter(client, life, side).post(url(life.agreement, "agree/"), {"party": party.pk})
    client.post(url(life.agreement, "step/"), {"step": "seek_approvals"})
    for side, party in enumerate(life.parties):
        enter(client, life, side)
        approve(client, life, party)
        sign(client, life, party)
    assert life.fresh().agreement.state == "in_force"
    document = Document.objects.first()
    assert (document.is_bound, document.visibility) == (True, Visibility.PARTNER)
    page = client.get(url(life.agreement)).content.decode()
    assert f"/documents/{document.public_id}/file/" in page


def test_a_refused_act_keeps_no_file_and_what_was_typed(client, life):
    life.until_approvals()
    approval = standing_approvals(life.agreement).first()
    act = SimpleUploadedFile("ata.txt", b"Deliberado.", content_type="text/plain")
    told = {"outcome": "given", "deciding_body": "Assembleia", "language": "pt", "upload": act}
    answer = enter(client, life).post(
        url(life.agreement, f"approvals/{approval.public_id}/"), told
    )
    assert answer.status_code == 422
    assert "Give the number of the act." in text_of(answer)
    assert 'value="Assembleia"' in answer.content.decode()
    assert not Document.objects.exists()


def test_a_decision_is_asked_for_before_a_step_is_taken(client, life):
    life.until_signed()
    enter(client, life)
    form = client.get(url(life.agreement, "step/?step=suspend"))
    assert "Deciding body" in text_of(form)
    answer = client.post(url(life.agreement, "step/"), {"step": "suspend"})
    assert answer.status_code == 422
    assert "Say which body decided." in text_of(answer)
    assert life.fresh().agreement.state == "in_force"


def test_a_lawyer_records_approvals_and_an_officer_does_not(client, life, officer):
    life.until_approvals()
    approval = standing_approvals(life.agreement).first()
    address = url(life.agreement, f"approvals/{approval.public_id}/")
    waived = {"outcome": "waived", "reason": "Decided yearly."}
    client.force_login(officer)
    assert client.post(address, waived).status_code == 422
    client.force_login(entrusted(approval.party.entity, "approver"))
    assert client.post(address, waived).status_code == 302
    assert "Decided yearly." in text_of(client.get(url(life.agreement)))


@pytest.mark.parametrize("step", [*HOSTILE, "", "sign", "expire", "negotiate"])
def test_a_step_that_is_none_is_refused_with_a_sentence(client, life, step):
    life.until_approvals()
    answer = enter(client, life).post(url(life.agreement, "step/"), {"step": step})
    assert answer.status_code == 422
    assert life.fresh().agreement.state == "approvals"


def test_the_page_costs_few_queries(client, life, django_assert_max_num_queries):
    life.until_signed()
    enter(client, life).get(url(life.agreement))
    with django_assert_max_num_queries(45):
        client.get(url(life.agreement))


def test_agreements_stand_on_the_desk_and_on_the_page_of_a_body(client, life, officer, maputo):
    client.force_login(officer)
    for address in ("/en/desk/", f"/en/entities/mz/{maputo.slug}/"):
        assert life.agreement.reference in text_of(client.get(address))


@pytest.fixture
def umbrella(maputo):
    groups = [
        EntityFactory(slug=slug, country__code=code, association=True)
        for slug, code in (("anamm", "MZ"), ("uscm", "US"))
    ]
    MembershipFactory(member=maputo, group=groups[0], valid_from=BEFORE)
    return AgreementFactory(
        drafter=groups[0], partners=groups[1:], binding=True, admits_members=True
    )


def test_a_member_adheres_on_the_page_and_takes_the_model_act(client, umbrella, officer, maputo):
    client.force_login(officer)
    assert "What this umbrella allows" in text_of(client.get(url(umbrella)))
    sent = {"entity": str(maputo.public_id)}
    answer = client.post(url(umbrella, "adhere/"), sent)
    assert answer.status_code == 302
    adhesion = Agreement.objects.get(kind="adhesion")
    assert "The act of your council" in text_of(client.get(url(adhesion)))
    for fmt, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        file = client.get(url(adhesion, f"act.{fmt}"))
        assert file.content.startswith(begins)
        assert f"{adhesion.reference}-pt.{fmt}" in file["Content-Disposition"]
    assert client.get(url(adhesion, "act.exe")).status_code == 404
    assert client.post(url(umbrella, "adhere/"), sent).status_code == 404


def test_the_desk_says_what_an_umbrella_allows_until_one_adheres(
    client, umbrella, officer, maputo, counterpart
):
    client.force_login(officer)
    page = client.get("/en/desk/").content.decode()
    assert "Your association has signed an umbrella agreement" in page
    assert "with an act of their own council" in page
    assert url(umbrella, "adhere/") in page
    client.post(url(umbrella, "adhere/"), {"entity": str(maputo.public_id)})
    assert url(umbrella, "adhere/") not in client.get("/en/desk/").content.decode()
    client.force_login(counterpart)
    assert umbrella.reference not in text_of(client.get("/en/desk/"))


def test_who_is_no_member_finds_no_umbrella(client, umbrella, counterpart):
    client.force_login(counterpart)
    for verb in ("", "adhere/"):
        assert client.get(url(umbrella, verb)).status_code == 404


@pytest.fixture
def three_years(maputo, curitiba):
    """What the form of an addendum is sent: Lyon joins, Curitiba leaves, and it lasts longer."""
    return {
        "entity": str(maputo.public_id),
        "title": "Three years more",
        "language": "en",
        "joining": "fr/lyon",
        "leaving": [str(curitiba.public_id)],
        "ends_on": "2013-03-31",
    }


def test_an_addendum_that_contradicts_is_refused_in_its_form(client, life, three_years):
    life.until_signed()
    enter(client, life)
    address = url(life.agreement, "addenda/new/")
    assert "New last day of the agreement" in text_of(client.get(address))
    refused = client.post(address, three_years | {"ends_on": "2008-01-01"})
    assert refused.status_code == 422
    assert "cannot come before the agreement is in force" in text_of(refused)
    assert 'value="Three years more"' in refused.content.decode()


def test_an_addendum_shows_on_what_it_amends_the_new_day_and_parties_and_the_old_ones(
    client, life, three_years
):
    life.until_signed()
    amended = life.agreement
    Agreement.objects.filter(pk=amended.pk).update(ends_on="2010-03-31")
    enter(client, life).post(url(amended, "addenda/new/"), three_years)
    addendum = Life(Agreement.objects.get(kind="addendum"))
    page = text_of(client.get(url(addendum.agreement)))
    for words in ("joins by it", "leaves by it", "New last day of the agreement"):
        assert words in page
    addendum.until_signed()
    page = " ".join(text_of(client.get(url(amended))).split())
    reference = addendum.agreement.reference
    told = (f"Joined by addendum {reference}", f"Left by addendum {reference}", "Lyon joins")
    assert page.count(f"By addendum {reference}, from Nov. 19, 2009") == 4
    for words in (*told, "March 31, 2013", "before: March 31, 2010"):
        assert words in page
    bound = amended.parties.filter(role="party").values_list("entity__name", flat=True)
    assert [*bound] == ["Maputo", "Lyon"]


def test_a_project_rests_on_an_agreement_and_says_so(client, life, officer, maputo):
    life.until_signed()
    ThemeFactory(slug="waste-disposal")
    client.force_login(officer)
    form = client.get(f"/en/projects/new/?on={life.agreement.reference}").content.decode()
    assert f'value="{life.agreement.reference}" selected' in form
    sent = {
        "entity": str(maputo.public_id),
        "kind": "project",
        "title": "Carts bought",
        "language": "en",
        "themes": ["waste-disposal"],
        "own_role": "receiver",
        "partner_role": "first_provider",
        "visibility": "40",
        "agreement": life.agreement.reference,
    }
    made = client.post("/en/projects/new/", sent)
    assert life.agreement.reference in text_of(client.get(made["Location"]))
    assert "Carts bought" in text_of(client.get(url(life.agreement)))
    client.logout()
    assert life.agreement.reference not in text_of(client.get(made["Location"]))
