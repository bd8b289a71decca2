"""The pairing studio as its coordinator uses it, and the published round as everybody reads it."""

import datetime as dt

import numpy as np
import pytest
from django.urls import reverse

from entrecidades.calls.choices import Follow, RoundState
from entrecidades.calls.models import Round, Run
from entrecidades.calls.services import ask_run, begin_run, publish_round, tie_pair
from entrecidades.matching import jobs
from tests.factories.calls import ApplicationFactory, CallFactory
from tests.factories.network import EntityFactory, MembershipFactory
from tests.factories.rounds import AT, a_round, answered, cities, coordinator_of, solved

pytestmark = pytest.mark.django_db

SCORES = np.array([[90, 80, 1, 1], [85, 10, 1, 1], [1, 1, 60, 50], [1, 1, 40, 5]], float)


@pytest.fixture
def studio(client):
    """A round, its coordinator logged in, and how to send an act."""
    made, by = a_round()
    client.force_login(by)

    def act(step, **said):
        made.refresh_from_db()
        said = {"step": step, "version": made.version, **said}
        return client.post(reverse("web:round-step", args=[made.public_id]), said)

    return made, by, act


def page(client, made, **asked):
    return client.get(reverse("web:round-studio", args=[made.public_id]), asked)


def words(response):
    return " ".join(response.content.decode().split())


def test_a_round_is_begun_from_applicants_members_and_a_list(client, world):
    call = CallFactory(state="decided")
    by = coordinator_of(call)
    client.force_login(by)
    one, other = (*cities(["Recife"], "BR"), *cities(["Bari"], "IT"))
    ApplicationFactory(call=call, lead=one, partners=[other], state="accepted", submitted_at=AT)
    group = EntityFactory(association=True)
    member = MembershipFactory(group=group, member=cities(["Natal"], "BR")[0]).member
    address = reverse("web:call-pairing", args=[call.slug])
    assert "Brazil" in words(client.get(address))
    said = {
        "title": "First",
        "first_country": "BR",
        "first_group": str(group.public_id),
        "first_names": "Curitiba; 2\n",
        "second_country": "IT",
        "second_names": "Genoa",
    }
    wrong = client.post(address, said | {"second_names": "Genoaa\nTurin; many"})
    assert wrong.status_code == 422
    assert "Line 1: nobody is called “Genoaa”; nearest: it/genoa" in words(wrong)
    assert "Line 2: write how many from 0 to 100." in words(wrong)
    assert "Genoaa" in words(wrong)  # what was typed is kept
    assert not Round.objects.exists()
    client.post(address, said)
    made = Round.objects.get()
    firsts = {m.entity.name: m.capacity for m in made.members.filter(side="first")}
    assert firsts == {"Recife": 1, member.name: 1, "Curitiba": 2}
    assert {m.entity.name for m in made.members.filter(side="second")} == {"Bari", "Genoa"}
    assert made.ties.get().first.entity == one


def test_the_studio_says_pairs_proof_second_bests_and_who_is_left(studio, client, monkeypatch):
    made, _by, act = studio
    assert "No answer yet" in words(page(client, made))
    assert act("solve").status_code == 302
    assert "is being computed" in words(page(client, made))
    solved(made.runs.get(), monkeypatch, np.where(SCORES > 40, SCORES, np.nan))
    told = words(page(client, made))
    assert "No pairing within these limits is worth more: proven." in told
    assert "Second best:" in told
    assert '<svg class="ribbons"' in told
    assert "Left over, and why" in told
    found = words(page(client, made, q="aracajú"))
    assert "Aracaju" in found
    assert "Cremona" not in found.partition("<table")[2]
    assert "Pin Ancona instead" in found
    assert "Nobody of this name" in words(page(client, made, q="nobody"))
    assert page(client, made, page="x", run="99").status_code == 200


def test_a_pin_is_set_kept_and_the_change_is_shown(studio, client, monkeypatch):
    made, _by, act = studio
    act("solve")
    solved(made.runs.get(), monkeypatch, SCORES)
    members = {one.entity.name: one.pk for one in made.members.select_related("entity")}
    act("pin", first=members["Aracaju"], second=members["Ancona"])
    assert "What is asked has changed since this answer" in words(page(client, made))
    act("solve")
    solved(made.runs.first(), monkeypatch, SCORES)
    told = words(page(client, made))
    assert "What changed since answer 1" in told
    assert "<strong>Aracaju</strong>: Bari → Ancona" in told
    act("untie", tie=made.ties.get().pk)
    assert not made.ties.exists()


def test_what_cannot_hold_is_named_with_its_remedy(studio, client, monkeypatch):
    made, _by, act = studio
    members = {one.entity.name: one.pk for one in made.members.select_related("entity")}
    for name in ("Aracaju", "Belém"):
        act("pin", first=members[name], second=members["Ancona"])
    act("solve")
    solved(made.runs.get(), monkeypatch, SCORES)
    told = words(page(client, made))
    assert "“Ancona” is pinned to 2 partners and takes 1." in told
    assert "Take back a pin, or let it take more." in told


def test_of_two_coordinators_the_second_sees_what_the_first_did(studio, client):
    made, by, act = studio
    first, second = made.members.filter(side="first")[0], made.members.filter(side="second")[0]
    old = made.version
    tie_pair(
        round_id=made.pk, version=old, kind="pin", first_id=first.pk, second_id=second.pk,
        by=by, at=AT,
    )  # fmt: skip
    refused = act("solve", version=old)
    assert refused.status_code == 409
    assert "Somebody else has changed the round meanwhile" in words(refused)
    assert not Run.objects.exists()
    assert act("nothing").status_code == 422
    assert act("pin", first="x", second="").status_code == 422
    assert act("stop", run="7").status_code == 404


def test_limits_keep_what_was_typed_and_name_everything_at_once(studio, client):
    made, _by, _act = studio
    made.members.filter(side="first").update(region="Norte")
    address = reverse("web:round-limits", args=[made.public_id])
    member = made.members.filter(side="second").first()
    said = {"version": made.version, "most": "3", f"takes_{member.pk}": "2"}
    wrong = client.post(address, said | {"least_0": "4", "most_0": "2"})
    assert wrong.status_code == 422
    assert "“Norte” must have at least 4 pairs, and at most 2." in words(wrong)
    assert 'value="4"' in words(wrong)
    stale = client.post(address, said | {"version": "7"})
    assert stale.status_code == 409
    assert f'name="version" value="{made.version}"' in words(stale)
    assert client.post(address, said | {"least_0": "1", "most_0": "2"}).status_code == 302
    made.refresh_from_db()
    assert (made.most, made.shares[0]["least"], made.shares[0]["most"]) == (3, 1, 2)
    member.refresh_from_db()
    assert member.capacity == 2
    assert "Norte" in words(client.get(address))


@pytest.mark.parametrize("field", ["most", "least_0", "most_0"])
def test_more_pairs_than_can_be_are_refused(studio, client, field):
    made, _by, _act = studio
    made.members.filter(side="first").update(region="Norte")
    said = {"version": made.version, field: "9" * 23}
    answer = client.post(reverse("web:round-limits", args=[made.public_id]), said)
    assert answer.status_code == 422
    assert "less than or equal to 500000" in words(answer)
    assert "9" * 23 in words(answer)


def test_a_stopped_run_goes_on(studio, client):
    made, _by, act = studio
    act("solve")
    begin_run(run_id=made.runs.get().pk, at=AT)
    assert act("stop", run="1").status_code == 302
    assert "Go on" in words(page(client, made))
    assert act("resume", run="1").status_code == 302
    assert "is being computed" in words(page(client, made))


def test_a_round_is_published_and_everybody_reads_it(studio, client, monkeypatch):
    made, by, act = studio
    made.call.state = "decided"
    made.call.save()
    act("solve")
    run = solved(made.runs.get(), monkeypatch, SCORES)
    assert "4 pairs begin, 0 pairs end" in words(page(client, made))
    public = reverse("web:round-detail", args=[made.public_id])
    client.logout()
    assert client.get(public).status_code == 404
    client.force_login(by)
    assert act("publish", run=run.number, follow=Follow.PROJECT).status_code == 302
    client.logout()
    told = words(client.get(public))
    assert "4 pairs were made." in told
    assert "Aracaju" in told
    results = words(client.get(reverse("web:call-results", args=[made.call.slug])))
    assert public in results
    client.force_login(by)
    members = {one.entity.name: one.pk for one in made.members.select_related("entity")}
    act("leave", member=members["Belém"], reason="Elections")
    act("keep")
    rest = SCORES[[0, 2, 3]]
    solved(made.runs.first(), monkeypatch, rest)
    told = words(page(client, made))
    assert "Kept as it was" in told
    assert "<strong>Belém</strong>: Elections" in told
    made.refresh_from_db()
    assert made.state == RoundState.PUBLISHED


def test_strangers_and_other_coordinators_find_nothing(studio, client):
    made, _by, _act = studio
    client.force_login(coordinator_of(CallFactory()))
    for name in ("round-studio", "round-limits", "round-detail"):
        assert client.get(reverse(f"web:{name}", args=[made.public_id])).status_code == 404
    step = reverse("web:round-step", args=[made.public_id])
    assert client.post(step, {"step": "solve", "version": 1}).status_code == 404


@pytest.mark.slow
def test_a_thousand_cities_on_each_side(client, monkeypatch, django_assert_max_num_queries):
    names = [f"City {number:04}" for number in range(1000)]
    made, by = a_round(brazil=names, italy=[f"Città {number:04}" for number in range(1000)])
    made.members.filter(side="first").update(region="Norte")
    client.force_login(by)
    rng = np.random.default_rng(7)
    scores = np.full((1000, 1000), np.nan)
    for row in range(1000):
        scores[row, rng.choice(1000, 30, replace=False)] = rng.integers(1, 99, 30)
    run = ask_run(round_id=made.pk, version=made.version, keeps=False, by=by, at=AT)
    monkeypatch.setattr(jobs, "fits", lambda *_sides, **_facts: scores)
    jobs.solve_round("key", run.pk)
    run.refresh_from_db()
    assert run.worth == run.bound
    assert len(run.pairs) > 900
    with django_assert_max_num_queries(60):
        told = page(client, made)
    assert len(told.content) < 400_000
    with django_assert_max_num_queries(60):
        client.get(reverse("web:round-limits", args=[made.public_id]))
    publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow=Follow.LETTER, by=by,
        at=AT + dt.timedelta(hours=1),
    )  # fmt: skip
    with django_assert_max_num_queries(60):
        client.get(reverse("web:round-detail", args=[made.public_id]))


def test_an_answer_of_an_older_version_offers_no_publishing(studio, client):
    made, by, act = studio
    answered(made, by, [(0, 0)])
    assert "Publish these pairs?" in words(page(client, made))
    member = made.members.filter(side="first").last()
    act("leave", member=member.pk, reason="Elections")
    assert "Publish these pairs?" not in words(page(client, made))


def test_a_programme_pairs_all_cities_of_a_country_with_members_of_an_association(client, world):
    call = CallFactory(state="decided")
    by = coordinator_of(call)
    client.force_login(by)
    group = EntityFactory(association=True)
    member = MembershipFactory(group=group, member=cities(["Natal"], "BR")[0]).member
    there = [world.body(name) for name in ("Turin", "Genoa")]
    address = reverse("web:programme-pairing", args=[call.programme.slug])
    assert address in words(client.get(call.programme.get_absolute_url()))
    page = words(client.get(address))
    assert "all cities of" in page
    said = {"title": "Direct", "first_group": str(group.public_id), "second_country": "IT"}
    client.post(address, said)
    made = Round.objects.get()
    assert (made.call, made.programme) == (None, call.programme)
    assert [one.entity for one in made.members.filter(side="first")] == [member]
    assert {one.entity for one in made.members.filter(side="second")} == set(there)
    answer = answered(made, by, [(0, 0)])
    for name in ("web:round-studio", "web:round-limits", "web:round-contacts"):
        assert client.get(reverse(name, args=[made.public_id])).status_code == 200
    publish_round(
        round_id=made.pk, version=made.version, run_id=answer.pk, follow=Follow.LETTER, by=by,
        at=AT,
    )  # fmt: skip
    client.logout()
    assert made.get_absolute_url() in words(client.get(call.programme.get_absolute_url()))
    assert "Natal" in words(client.get(made.get_absolute_url()))
    assert client.get(address).status_code == 302
