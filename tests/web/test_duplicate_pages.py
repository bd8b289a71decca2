"""The queue of pairs, the comparison, the merge and its undoing: for operators only."""

import datetime as dt

import pytest

from entrecidades.accounts.roles import MandateRole
from entrecidades.network.choices import DuplicateState, MergeState
from entrecidades.network.models import Duplicate, Entity, Membership, Merge
from tests.factories.accounts import PersonFactory
from tests.factories.duplicates import DuplicateFactory
from tests.factories.network import EntityFactory, MandateFactory, MembershipFactory
from tests.web.pages import HOSTILE, text_of

pytestmark = pytest.mark.django_db
QUEUE = "/en/duplicates/"


@pytest.fixture
def pair():
    found = DuplicateFactory()
    MembershipFactory(
        valid_from=dt.date(2003, 5, 2),
        member=found.other,
        group=EntityFactory(name="Example Association", association=True),
    )
    return found


@pytest.fixture
def operator(client):
    person = PersonFactory(email="operator@site.example", is_staff=True)
    client.force_login(person)
    return person


def settle(client, pair, decision, **more):
    return client.post(f"{QUEUE}{pair.pk}/settle/", {"decision": decision, **more})


def test_for_an_officer_they_are_not_there_and_strangers_are_asked_who_they_are(
    client, pair, officer
):
    gets = [QUEUE, f"{QUEUE}{pair.pk}/", "/en/merges/", f"{QUEUE}new/"]
    assert {client.get(one).status_code for one in gets} == {302}
    client.force_login(officer)
    assert {client.get(one).status_code for one in gets} == {404}
    assert settle(client, pair, "merge").status_code == 404
    assert not Merge.objects.exists()


def test_the_desk_leads_to_the_queue_and_the_queue_to_the_pair(client, operator, pair):
    assert QUEUE in text_of(client.get("/en/desk/"))
    page = text_of(client.get(QUEUE))
    assert f"{QUEUE}{pair.pk}/" in page
    assert "same name, same kind of body" in page


def test_the_queue_is_narrowed_by_country_and_score(client, operator, pair):
    assert "No pair waits" in text_of(client.get(f"{QUEUE}?score=0.95"))
    assert "Example" in text_of(client.get(f"{QUEUE}?country=BR&score=0.8"))


def test_the_comparison_says_what_moves_and_asks_where_the_two_differ(client, operator, pair):
    Entity.objects.filter(pk=pair.one_id).update(population=7)
    Entity.objects.filter(pk=pair.other_id).update(population=9)
    page = text_of(client.get(f"{QUEUE}{pair.pk}/"))
    assert 'name="field-population" value="absorbed"' in page
    assert 'name="field-kind"' not in page
    assert "Example ∈ Example Association (05/02/2003 – …)" in page


def test_a_merge_is_carried_out_as_chosen_and_the_old_address_leads_on(client, operator, pair):
    Entity.objects.filter(pk__in=[pair.one_id, pair.other_id]).update(population=7)
    Entity.objects.filter(pk=pair.one_id).update(population=9)
    chosen = {"keep": "other", "field-population": "absorbed"}
    assert settle(client, pair, "merge", **chosen).status_code == 302
    pair.other.refresh_from_db()
    assert pair.other.population == 9
    moved = client.get(pair.one.get_absolute_url())
    assert (moved.status_code, moved["Location"]) == (301, pair.other.get_absolute_url())
    assert pair.one.slug + "/" not in text_of(client.get("/en/entities/")).replace(
        "example-2/", ""
    )
    api = client.get(f"/api/v1/entities/br/{pair.one.slug}")
    assert (api.status_code, api["Location"][-9:]) == (301, "example-2")


def test_undone_everything_is_as_before(client, operator, pair):
    settle(client, pair, "merge")
    merge = Merge.objects.get()
    assert Membership.objects.get().member_id == pair.one_id
    assert "1 row moved" in text_of(client.get("/en/merges/"))
    assert "Everything will be as it was" in text_of(client.get(f"/en/merges/{merge.pk}/undo/"))
    assert client.post(f"/en/merges/{merge.pk}/undo/").status_code == 302
    merge.refresh_from_db()
    assert merge.state == MergeState.UNDONE
    assert Membership.objects.get().member_id == pair.other_id
    assert client.get(pair.other.get_absolute_url()).status_code == 200
    assert Duplicate.objects.get().state == DuplicateState.OPEN


def test_two_bodies_are_remembered_and_wait_no_longer(client, operator, pair):
    settle(client, pair, "dismiss")
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (DuplicateState.DIFFERENT, operator)
    assert "No pair waits" in text_of(client.get(QUEUE))


def test_a_refusal_is_told_on_the_page_of_the_pair(client, operator, pair):
    Entity.objects.filter(pk=pair.other_id).update(parent=pair.one)
    page = settle(client, pair, "merge")
    assert page.status_code == 422
    assert "part of the other" in text_of(page)
    assert "field-name" not in text_of(client.get(f"{QUEUE}{pair.pk}/"))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_change_nothing(client, operator, pair, words):
    assert settle(client, pair, "merge", **{"field-name": words}).status_code in {302, 422}
    assert client.get(QUEUE, {"country": words, "score": words, "page": words}).status_code == 200
    assert client.get(f"{QUEUE}99999999999/").status_code == 404


def test_a_coordinator_proposes_for_her_members_and_decides_nothing(client):
    group = EntityFactory(name="Group", association=True)
    ours, again = EntityFactory(name="Ours"), EntityFactory(name="Ours again")
    strange = EntityFactory(name="Strange"), EntityFactory(name="Stranger")
    MembershipFactory(member=ours, group=group)
    person = PersonFactory()
    MandateFactory(entity=group, person=person, role=MandateRole.COORDINATOR)
    client.force_login(person)
    assert f"{QUEUE}new/" in text_of(client.get("/en/desk/"))
    for one, other, status in [(ours, again, 302), (ours, again, 302), (*strange, 422)]:
        ids = {"one": f"br/{one.slug}", "other": str(other.public_id)}
        assert client.post(f"{QUEUE}new/", ids).status_code == status
    pair = Duplicate.objects.get()
    assert (pair.proposed_by, pair.state) == (person, DuplicateState.OPEN)
    assert settle(client, pair, "merge").status_code == 404


@pytest.mark.parametrize("words", ["", "br/nobody", *HOSTILE])
def test_a_proposal_of_what_is_not_there_is_refused(client, operator, words):
    assert client.post(f"{QUEUE}new/", {"one": words, "other": words}).status_code == 422
    assert not Duplicate.objects.exists()


def test_the_queue_costs_the_same_however_long(client, operator, django_assert_max_num_queries):
    for number in range(12):
        DuplicateFactory(
            one=EntityFactory(name=f"A {number}"), other=EntityFactory(name=f"B {number}")
        )
    with django_assert_max_num_queries(14):
        client.get(QUEUE)
