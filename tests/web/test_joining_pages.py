"""From a code, a letter or a claim to the first useful page; no page tells who has an account."""

import re
from html import unescape

import pytest
from django.core import mail
from django.utils.translation import override

from entrecidades.accounts.models import Person
from entrecidades.accounts.roles import GRANTS, MandateRole
from entrecidades.config.jobs import KEEPERS
from entrecidades.network.models import Invitation, Mandate
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.factories.network import EntityFactory, MembershipFactory
from tests.network.joining import holding_role, invited
from tests.web.pages import HOSTILE, text_of

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'value="\w{64}"')


@pytest.fixture
def admin(maputo):
    return holding_role(maputo, MandateRole.ADMIN, email="admin@maputo.example")


@pytest.fixture
def team(client, admin):
    client.force_login(admin)
    return "/en/entities/mz/maputo/team/"


def post_letters():
    while waiting := Job.objects.filter(state=Job.State.WAITING).last():
        keep_one(KEEPERS, now=waiting.due_at)
    return mail.outbox


def link_in(letter):
    return re.search(r"http://[\w.:]+(/\S+)", letter.body)[1]


def logged_in_as(client):
    return client.session.get("_auth_user_id")


def test_from_a_letter_it_is_one_step_to_the_bodys_page(client, maputo, admin):
    invited(maputo, admin, "guest@maputo.example")
    path = link_in(post_letters()[-1])
    page = unescape(text_of(client.get(path)))
    with override("pt"):  # as the letter was, in the language of the city
        assert str(GRANTS[MandateRole.OFFICER].says) in page
    response = client.post(path)
    person = Person.objects.get(email="guest@maputo.example")
    assert response["Location"] == maputo.get_absolute_url()
    assert logged_in_as(client) == str(person.pk)
    assert client.post(path).status_code == 404


def test_from_a_code_it_is_three(client, maputo, admin):
    _invitation, code = invited(maputo, admin)
    path = client.post("/en/join/", {"code": code.lower()})["Location"]
    assert "You are invited to act for" in text_of(client.get(path))
    client.post(path, {"name": "Ana", "email": "ana@maputo.example"})
    client.post(link_in(post_letters()[-1]))
    assert Mandate.objects.filter(person__email="ana@maputo.example", entity=maputo).exists()
    assert logged_in_as(client)


def test_a_link_in_a_letter_does_not_open_an_account_that_was_there(client, maputo, admin):
    person = holding_role(EntityFactory(name="Other"), MandateRole.OFFICER, email="ana@x.example")
    invited(maputo, admin, person.email)
    response = client.post(link_in(post_letters()[-1]))
    assert response["Location"].startswith("/pt/accounts/login/?next=")
    assert logged_in_as(client) is None
    assert Mandate.objects.filter(person=person, entity=maputo).exists()


def test_who_is_logged_in_says_yes_at_once(client, maputo, admin, counterpart):
    _invitation, code = invited(maputo, admin)
    client.force_login(counterpart)
    path = client.post("/en/join/", {"code": code})["Location"]
    assert client.post(path)["Location"] == "/en/desk/"
    assert Mandate.objects.filter(person=counterpart, entity=maputo).exists()


def test_an_invitation_for_one_address_is_refused_to_another_member(
    client, maputo, admin, counterpart
):
    _invitation, code = invited(maputo, admin, "guest@maputo.example")
    client.force_login(counterpart)
    path = client.post("/en/join/", {"code": code})["Location"]
    response = client.post(path)
    assert response.status_code == 422
    assert "meant for another address" in text_of(response)


def test_the_answer_is_the_same_for_every_address(client, maputo, admin, counterpart):
    _invitation, code = invited(maputo, admin, counterpart.email)
    path = client.post("/en/join/", {"code": code})["Location"]

    def answer(email):
        response = client.post(path, {"name": "Ana", "email": email})
        return response.status_code, TOKEN.sub("", text_of(response)).replace(email, "")

    assert answer(counterpart.email) == answer("nobody@maputo.example")


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", *HOSTILE])
def test_a_wrong_code_is_told_and_opens_nothing(client, db, code):
    response = client.post("/en/join/", {"code": code})
    assert response.status_code == 422


@pytest.mark.parametrize("path", ["join/x/", "join/letter/x/", "claims/prove/x/"])
def test_a_link_that_nobody_made_is_not_there(client, db, path):
    for told in ("x", "é" * 99, "a:b:c"):
        assert client.get(f"/en/{path.replace('/x/', f'/{told}/')}").status_code == 404


def test_looking_at_a_letters_link_changes_nothing(client, maputo, admin):
    invited(maputo, admin, "guest@maputo.example")
    path = link_in(post_letters()[-1])
    client.get(path)
    client.head(path)
    assert Invitation.objects.get().accepted_at is None
    assert not Person.objects.filter(email="guest@maputo.example").exists()


def test_the_team_page_says_who_acts_as_what(client, team, maputo):
    holding_role(maputo, MandateRole.TECHNICIAN, name="Helena")
    page = text_of(client.get(team))
    assert "Helena" in page
    assert "drafts offers and needs for an officer to publish" in page
    assert "You are alone" not in page


def test_who_is_alone_is_told(client, team):
    assert "You are alone" in text_of(client.get(team))


def test_code_and_link_are_shown_once(client, team):
    response = client.post(f"{team}invite/", {"role": "officer", "email": ""}, follow=True)
    code = re.search(r"<code>(\w{4}-\w{4})</code>", text_of(response))[1]
    assert code not in text_of(client.get(team))
    client.logout()
    assert "/en/join/" in client.post("/en/join/", {"code": code})["Location"]


def test_an_invitation_is_withdrawn(client, team):
    client.post(f"{team}invite/", {"role": "officer", "email": "ana@x.example"})
    invitation = Invitation.objects.get()
    client.post(f"/en/team/invitations/{invitation.public_id}/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at


def test_a_mandate_is_ended_after_one_question(client, team, maputo):
    person = holding_role(maputo, MandateRole.OFFICER)
    path = f"/en/team/mandates/{Mandate.objects.get(person=person).pk}/end/"
    assert "no longer acts for" in text_of(client.get(path))
    assert client.post(path)["Location"] == team
    assert str(person) not in text_of(client.get(team))


def test_the_last_administrator_is_told_to_invite_a_deputy(client, team, admin):
    key = Mandate.objects.get(person=admin).pk
    response = client.post(f"/en/team/mandates/{key}/end/")
    assert response.status_code == 422
    assert "Invite a deputy first" in text_of(response)


@pytest.mark.parametrize("role", ["technician", "nonsense", "overseer", ""])
def test_a_role_is_changed_or_refused(client, team, maputo, role):
    person = holding_role(maputo, MandateRole.OFFICER)
    mandate = Mandate.objects.get(person=person)
    response = client.post(f"/en/team/mandates/{mandate.pk}/role/", {"role": role})
    assert response.status_code == (302 if role == "technician" else 422)


def outsider_paths(maputo, admin):
    key = Mandate.objects.get(person=admin).pk
    invitation, _code = invited(maputo, admin)
    return [
        ("get", "/en/entities/mz/maputo/team/"),
        ("post", "/en/entities/mz/maputo/team/invite/"),
        ("post", f"/en/team/mandates/{key}/role/"),
        ("get", f"/en/team/mandates/{key}/end/"),
        ("post", f"/en/team/mandates/{key}/end/"),
        ("post", f"/en/team/invitations/{invitation.public_id}/"),
    ]


def test_for_people_of_other_bodies_there_is_no_team(client, maputo, admin, counterpart):
    client.force_login(counterpart)
    answers = [getattr(client, verb)(path) for verb, path in outsider_paths(maputo, admin)]
    assert {answer.status_code for answer in answers} == {404}


def test_an_officer_sees_the_team_and_changes_nothing(client, maputo, admin, officer):
    client.force_login(officer)
    paths = outsider_paths(maputo, admin)
    answers = [getattr(client, verb)(path).status_code for verb, path in paths]
    assert answers == [200, 422, 404, 404, 404, 422]
    assert "Invite a colleague" not in text_of(client.get(paths[0][1]))


@pytest.fixture
def torino(anci):
    city = EntityFactory(name="Torino", country__code="IT", website="https://www.comune.torino.it")
    MembershipFactory(member=city, group=anci)
    return city


def claim(client, subject, email):
    path = f"{subject.get_absolute_url()}claim/"
    return client.post(path, {"name": "Ana", "email": email, "post": ""})


def test_a_claim_with_the_bodys_own_domain_leads_to_its_page(client, torino):
    assert "@comune.torino.it" in text_of(client.get(f"{torino.get_absolute_url()}claim/"))
    claim(client, torino, "ana@comune.torino.it")
    response = client.post(link_in(post_letters()[-1]))
    assert response["Location"] == torino.get_absolute_url()
    assert logged_in_as(client)
    assert "Claim the page" not in text_of(client.get(torino.get_absolute_url()))


def test_a_claim_with_another_is_decided_by_the_association(client, torino, anci):
    decider = holding_role(anci, MandateRole.COORDINATOR, email="c@anci.example")
    claim(client, torino, "ana@elsewhere.example")
    waits = text_of(client.post(link_in(post_letters()[-1])))
    assert "decides; you are told by letter" in waits
    client.force_login(decider)
    assert "claim waits for your decision" in text_of(client.get("/en/desk/"))
    path = link_in(post_letters()[-1])
    assert "ana@elsewhere.example" in text_of(client.get(path))
    assert client.post(path, {"decline": "", "reason": ""}).status_code == 422
    client.post(path, {"grant": "", "reason": "", "own_domain": "on"})
    assert Mandate.objects.filter(person__email="ana@elsewhere.example").exists()
    assert "as its administrator" in post_letters()[-1].body


def test_the_claim_of_a_known_address_is_answered_like_any_other(client, torino, counterpart):
    def answer(email):
        return TOKEN.sub("", text_of(claim(client, torino, email))).replace(email, "")

    assert answer(counterpart.email) == answer("nobody@x.example")


def test_a_body_somebody_acts_for_is_not_claimed(client, maputo, admin):
    assert "Somebody acts for it already" in text_of(claim(client, maputo, "ana@x.example"))
    assert not Job.objects.exists()


def test_an_unregistered_city_is_claimed_from_its_page(client, world):
    place = world.places["Beira"]
    page = text_of(client.get(place.get_absolute_url()))
    assert "/claim/" in page
    path = f"{place.get_absolute_url()}claim/"
    client.post(path, {"name": "Ana", "email": "ana@x.example"}, follow=True)
    assert "the operator of this site decides" in text_of(client.post(link_in(post_letters()[-1])))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_change_nothing(client, torino, name):
    path = f"{torino.get_absolute_url()}claim/"
    response = client.post(path, {"name": name, "email": name, "post": name})
    assert response.status_code == 422


def test_every_letter_is_whole(client, torino, anci, maputo, admin):
    holding_role(anci, MandateRole.COORDINATOR, language="fr")
    invited(maputo, admin, "guest@maputo.example")
    claim(client, torino, "ana@elsewhere.example")
    client.post(link_in(post_letters()[-1]))
    post_letters()
    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        assert "<<missing" not in letter.body + letter.subject
        assert "\n" not in letter.subject
        assert "&#x27;" not in letter.body
