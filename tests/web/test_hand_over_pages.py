"""The page of a hand-over: choosing, reading what moves, one confirmation, undoing, the pack."""

import io
import zipfile

import pytest

from entrecidades.accounts.roles import MandateRole
from entrecidades.config.jobs import KEEPERS
from entrecidades.cooperation.models import Introduction
from entrecidades.handover.models import HandOver, Pack
from entrecidades.network.models import Mandate
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.factories.handover import PackFactory
from tests.handover.desks import admin_of, contact, invitation, mandates
from tests.web.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
PAGE, PACK = "/en/entities/mz/maputo/hand-over/", "/en/entities/mz/maputo/pack/"


@pytest.fixture
def admin(maputo, client):
    person = admin_of(maputo, name="Amélia Sitoe", email="amelia@maputo.example")
    client.force_login(person)
    return person


def chosen(leaver, heir):
    return {"leaver": leaver.pk, "to": f"person:{heir.pk}"}


def confirm(client, leaver, to):
    return client.post(PAGE, {"leaver": leaver.pk, "to": to, "confirmed": "on"})


def test_the_team_leads_to_it_for_who_may(client, maputo, admin, officer):
    team = "/en/entities/mz/maputo/team/"
    assert PAGE in client.get(team).content.decode()
    client.force_login(officer)
    assert PAGE not in client.get(team).content.decode()
    assert client.get(PAGE).status_code == 404


def test_what_moves_is_shown_before_anything_moves(client, maputo, curitiba, admin, officer):
    contact(maputo, curitiba, officer)
    page = text_of(client.get(PAGE, chosen(officer, admin)))
    assert "Maputo → Curitiba" in page
    assert "international-relations officer" in page
    assert "This field is required" not in page
    assert not HandOver.objects.exists()


def test_one_confirmation_does_it_and_one_click_undoes_it(client, maputo, admin, officer):
    assert confirm(client, officer, f"person:{admin.pk}").status_code == 302
    assert mandates(officer, maputo) == []
    undo = f"/en/hand-overs/{HandOver.objects.get().public_id}/undo/"
    assert undo in client.get(PAGE).content.decode()
    assert client.post(undo).status_code == 302
    assert mandates(officer, maputo) == ["officer"]


def test_without_the_tick_nothing_is_done_and_the_choice_is_kept(client, maputo, admin, officer):
    response = client.post(PAGE, chosen(officer, admin))
    assert response.status_code == 422
    assert "nothing has changed" in text_of(response)
    assert f'value="{officer.pk}" selected' in response.content.decode()
    assert mandates(officer, maputo) == ["officer"]


@pytest.mark.parametrize("to", ["", "person:999999", "person:x", "invitation:zz", "nonsense"])
def test_a_choice_that_is_none_is_told_so(client, maputo, admin, officer, to):
    assert confirm(client, officer, to).status_code == 422
    assert client.get(PAGE, {"leaver": "x", "to": to}).status_code == 422
    assert not HandOver.objects.exists()


def test_who_is_invited_can_follow_and_is_told_apart(client, maputo, curitiba, admin, officer):
    contact(maputo, curitiba, officer)
    invited = invitation(maputo, admin)
    to = f"invitation:{invited.public_id}"
    page = text_of(client.get(PAGE, {"leaver": officer.pk, "to": to}))
    assert "next@city.example (invited)" in page
    assert "you keep what moves" in page
    confirm(client, officer, to)
    assert Introduction.objects.get().proposed_by == admin


def test_whoever_hands_over_her_own_desk_is_out_at_once(client, maputo, admin, officer):
    assert confirm(client, admin, f"person:{officer.pk}").status_code == 302
    assert client.get(PAGE).status_code in {302, 404}
    assert mandates(officer, maputo) == ["admin", "officer"]


def test_who_is_alone_is_told_to_invite_first(client, maputo, admin):
    page = client.get(PAGE)
    assert "Invite a successor first" in text_of(page)
    assert 'name="leaver"' not in page.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "begins"), [("pdf", b"%PDF"), ("zip", b"PK")])
def test_dossier_and_pack_are_private_files(client, admin, wanted, begins):
    response = client.post(PACK, {"as": wanted})
    assert response.content.startswith(begins)
    assert response["Content-Disposition"] == f'attachment; filename="maputo-2009-11-19.{wanted}"'
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.slow
def test_a_large_pack_is_awaited(client, maputo, admin, monkeypatch):
    monkeypatch.setattr("entrecidades.web.views.handover.is_large", lambda _desk: True)
    where = client.post(PACK, {"as": "zip"})["Location"]
    assert "It is being prepared" in text_of(client.get(where))
    assert client.get(f"{where}file/").status_code == 404
    keep_one(KEEPERS, now=Job.objects.get().due_at)
    assert f"{where}file/" in client.get(where).content.decode()
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{where}file/").content))
    assert "dossier.pdf" in archive.namelist()


def test_a_pack_is_its_askers_alone_and_only_while_she_may(client, maputo, admin):
    other = PackFactory(entity=maputo, by=admin_of(maputo))
    own = PackFactory(entity=maputo, by=admin)
    assert client.get(f"/en/packs/{other.public_id}/").status_code == 404
    assert client.get(f"/en/packs/{own.public_id}/").status_code == 200
    Mandate.objects.filter(person=admin).update(role=MandateRole.OFFICER)
    assert client.get(f"/en/packs/{own.public_id}/file/").status_code == 404
    Pack.objects.update(keep_until="2009-11-19T11:00Z")
    assert client.get(f"/en/packs/{own.public_id}/").status_code == 404
