"""Rounds of pairing: made, limited, computed, published, and mended when somebody leaves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.calls.choices import Act, Follow, RunState, TieKind
from entrecidades.calls.models import Pair, Tie
from entrecidades.calls.rules.life import NotReady
from entrecidades.calls.rules.pairing import (
    ChangedMeanwhile,
    Limit,
    NotASide,
    NotOfThisRound,
    NotYetPaired,
    UnderWay,
    difference,
)
from entrecidades.calls.selectors.rounds import compared, links_of, pairs_named_to
from entrecidades.calls.services import (
    Stopped,
    ask_run,
    begin_run,
    follow_pair,
    leave_round,
    limit_round,
    make_round,
    note_run,
    publish_round,
    resume_run,
    stop_run,
    tie_pair,
    untie_pair,
)
from entrecidades.kernel.lives import IllegalStep
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import reader_of
from entrecidades.queue.models import Job
from tests.factories.accounts import PersonFactory
from tests.factories.calls import ApplicationFactory, CallFactory
from tests.factories.network import EntityFactory
from tests.factories.rounds import AT, a_round, answered, cities, coordinator_of, solved

pytestmark = pytest.mark.django_db

SCORES = np.array([[90, 80, 1, 1], [85, 10, 1, 1], [1, 1, 60, 50], [1, 1, 40, 5]], float)


def named(round_, links):
    """Pairs of member keys as pairs of names."""
    names = {one.pk: one.entity.name for one in round_.members.select_related("entity")}
    return {(names[first], names[second]) for first, second in links}


def member(round_, name):
    return round_.members.get(entity__name=name)


def acts():
    return [one.act for one in Trace.objects.filter(act__startswith="calls:").order_by("pk")]


def asked(round_, by, *, keeps=False):
    round_.refresh_from_db()
    return ask_run(round_id=round_.pk, version=round_.version, keeps=keeps, by=by, at=AT)


def tied(round_, by, kind, first, second):
    round_.refresh_from_db()
    return tie_pair(
        round_id=round_.pk, version=round_.version, kind=kind, first_id=member(round_, first).pk,
        second_id=member(round_, second).pk, by=by, at=AT,
    )  # fmt: skip


def published(round_, by, run, follow=Follow.LETTER):
    round_.refresh_from_db()
    return publish_round(
        round_id=round_.pk, version=round_.version, run_id=run.pk, follow=follow, by=by, at=AT
    )


def test_a_round_is_made_by_those_who_run_the_call_and_leaves_a_trace():
    made, _by = a_round()
    assert made.members.count() == 8
    assert acts() == [Act.MAKE_ROUND]
    stranger = PersonFactory()
    body = EntityFactory()
    with pytest.raises(NotAllowed):
        make_round(
            call=made.call, title="x", firsts=[(body, 1)], seconds=[(body, 1)], by=stranger, at=AT
        )


def test_sides_that_cannot_be_are_refused_with_every_reason():
    call = CallFactory(state="decided")
    by = coordinator_of(call)
    with pytest.raises(NotASide) as refusal:
        make_round(call=call, title="x", firsts=[], seconds=[], by=by, at=AT)
    assert len(refusal.value.messages) == 2
    both = cities(["Curitiba"], "BR")[0]
    with pytest.raises(NotASide, match="On both sides stand: Curitiba"):
        make_round(call=call, title="x", firsts=[(both, 1)], seconds=[(both, 1)], by=by, at=AT)


def test_those_who_applied_together_are_pinned_from_the_start():
    call = CallFactory(state="decided")
    one, other, third = (*cities(["Curitiba"], "BR"), *cities(["Bari", "Torino"], "IT"))
    ApplicationFactory(call=call, lead=other, partners=[one], state="accepted", submitted_at=AT)
    made = make_round(
        call=call, title="x", firsts=[(one, 1)], seconds=[(other, 1), (third, 1)],
        by=coordinator_of(call), at=AT,
    )  # fmt: skip
    tie = made.ties.get()
    assert (tie.first.entity, tie.second.entity, tie.kind) == (one, other, TieKind.PIN)


def test_the_worker_finds_the_best_pairs_and_keeps_second_bests(monkeypatch):
    made, by = a_round()
    run = solved(asked(made, by), monkeypatch, SCORES)
    assert run.state == RunState.DONE
    assert run.worth == run.bound == 80 + 85 + 50 + 40
    assert named(made, links_of(run)) == {
        ("Aracaju", "Bari"), ("Belém", "Ancona"), ("Curitiba", "Domodossola"),
        ("Dourados", "Cremona"),
    }  # fmt: skip
    by_first = {one["first"]: one for one in run.pairs}
    belem = by_first[member(made, "Belém").pk]
    assert belem["regret"] == 80 + 85 - 90 - 10
    assert belem["instead"] == member(made, "Bari").pk
    again = solved(asked(made, by), monkeypatch, SCORES)
    assert again.answer == run.answer
    assert compared(again).changes.stayed == 4


def test_pins_and_forbidden_pairs_are_kept_and_the_change_is_told(monkeypatch):
    made, by = a_round()
    first = solved(asked(made, by), monkeypatch, SCORES)
    tied(made, by, TieKind.PIN, "Aracaju", "Ancona")
    tied(made, by, TieKind.FORBID, "Dourados", "Cremona")
    run = solved(asked(made, by), monkeypatch, SCORES)
    assert named(made, links_of(run)) >= {("Aracaju", "Ancona"), ("Belém", "Bari")}
    told = compared(run)
    assert told.before == first
    assert ("Aracaju", "Bari") in named(made, told.changes.went)
    assert told.changes.by == run.worth - first.worth
    tie = tied(made, by, TieKind.FORBID, "Aracaju", "Ancona")
    assert Tie.objects.filter(round=made).count() == 2  # what was said before is replaced
    made.refresh_from_db()
    untie_pair(tie_id=tie.pk, version=made.version, by=by, at=AT)
    assert acts().count(Act.TIE) == 3
    assert acts()[-1] == Act.UNTIE


def test_what_contradicts_itself_is_kept_with_its_names(monkeypatch):
    made, by = a_round()
    tied(made, by, TieKind.PIN, "Aracaju", "Ancona")
    tied(made, by, TieKind.PIN, "Belém", "Ancona")
    run = solved(asked(made, by), monkeypatch, SCORES)
    assert run.state == RunState.IMPOSSIBLE
    (problem,) = run.problems
    assert problem["names"] == [str(member(made, "Ancona").entity.public_id)]
    with pytest.raises(NotYetPaired):
        published(made, by, run)


def test_limits_are_checked_all_at_once_and_hold(monkeypatch):
    made, by = a_round()
    made.members.filter(entity__name__in=["Aracaju", "Belém"]).update(region="Norte")
    facts = {"round_id": made.pk, "version": made.version, "by": by, "at": AT}
    with pytest.raises(NotReady) as refusal:
        limit_round(
            most=None, limits=[Limit("first", "Norte", 2, 1), Limit("second", "Puglia", 1, None)],
            capacities={}, **facts,
        )  # fmt: skip
    assert len(refusal.value.messages) == 2
    ancona = member(made, "Ancona")
    limit_round(most=3, limits=[Limit("first", "Norte", 0, 1)], capacities={ancona.pk: 2}, **facts)
    ancona.refresh_from_db()
    assert ancona.capacity == 2
    run = solved(asked(made, by), monkeypatch, SCORES)
    assert len(run.pairs) == 3
    north = [one for one in run.answer["regions"] if one["region"] == "Norte"]
    assert (north[0]["pairs"], north[0]["most"]) == (1, 1)


def test_of_two_coordinators_the_second_looks_again():
    made, by = a_round()
    old = made.version
    tied(made, by, TieKind.PIN, "Aracaju", "Ancona")
    for act in (
        lambda: limit_round(
            round_id=made.pk, version=old, most=1, limits=[], capacities={}, by=by, at=AT
        ),
        lambda: ask_run(round_id=made.pk, version=old, keeps=False, by=by, at=AT),
        lambda: leave_round(
            member_id=member(made, "Bari").pk, version=old, reason="x", by=by, at=AT
        ),
    ):
        with pytest.raises(ChangedMeanwhile):
            act()


def test_a_run_is_stopped_gone_on_with_and_never_computed_twice_at_once(monkeypatch):
    made, by = a_round()
    run = asked(made, by)
    with pytest.raises(UnderWay):
        asked(made, by)
    begin_run(run_id=run.pk, at=AT)
    note_run(run_id=run.pk, stage="scores", done=1, total=4)
    stop_run(run_id=run.pk, by=by, at=AT)
    with pytest.raises(Stopped):
        note_run(run_id=run.pk, stage="scores", done=2, total=4)
    assert begin_run(run_id=run.pk, at=AT) is None
    resume_run(run_id=run.pk, by=by, at=AT)
    assert Job.objects.filter(name="calls.solve_round").count() == 2
    assert solved(run, monkeypatch, SCORES).state == RunState.DONE
    with pytest.raises(IllegalStep):
        stop_run(run_id=run.pk, by=by, at=AT)


def test_stopped_while_the_worker_is_at_it_nothing_is_kept(monkeypatch):
    made, by = a_round()
    run = asked(made, by)

    def scores(*_sides, on, told):
        told("scores", 1, 4)
        stop_run(run_id=run.pk, by=by, at=AT)
        told("scores", 2, 4)

    monkeypatch.setattr("entrecidades.matching.jobs.fits", scores)
    from entrecidades.matching.jobs import solve_round  # noqa: PLC0415 - patched above

    solve_round("key", run.pk)
    run.refresh_from_db()
    assert (run.state, run.answer) == (RunState.STOPPED, {})


def test_a_house_without_a_snapshot_breaks_off_and_says_so(settings, tmp_path, monkeypatch):
    from entrecidades.matching import jobs, pairing, snapshot  # noqa: PLC0415 - for this test alone

    settings.SNAPSHOT_ROOT = tmp_path
    monkeypatch.setattr(pairing, "KEEPER", snapshot.Keeper())
    made, by = a_round()
    run = asked(made, by)
    jobs.solve_round("key", run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED


def test_publishing_makes_pairs_projects_and_letters(monkeypatch):
    made, by = a_round()
    run = solved(asked(made, by), monkeypatch, SCORES)
    published(made, by, run, Follow.PROJECT)
    assert made.pairs.standing().count() == 4
    promised = Job.objects.filter(name="calls.follow_pair")
    assert promised.count() == 4
    pair = made.pairs.whole().first()
    for _twice in range(2):
        follow_pair(pair_id=pair.pk, follow=Follow.PROJECT, by_id=by.pk, at=AT)
    pair.refresh_from_db()
    assert pair.project.programme == made.call.programme
    assert {role.entity for role in pair.project.roles.exclude(role="coordinator")} == {
        pair.first.entity, pair.second.entity,
    }  # fmt: skip
    assert acts().count(Act.FOLLOW) == 1
    assert not Job.objects.filter(name="projects.tell_of_project").exists()
    with pytest.raises(NotYetPaired, match="published already"):
        published(made, by, run)


def test_an_answer_to_what_is_asked_no_longer_is_not_published(monkeypatch):
    made, by = a_round()
    run = solved(asked(made, by), monkeypatch, SCORES)
    tied(made, by, TieKind.FORBID, "Belém", "Ancona")
    with pytest.raises(NotYetPaired, match="compute it again"):
        published(made, by, run)
    assert not Pair.objects.exists()


def test_when_a_city_leaves_only_what_must_is_paired_anew(monkeypatch):
    made, by = a_round(italy=("Ancona", "Bari", "Cremona"))
    run = solved(asked(made, by), monkeypatch, SCORES[:, :3])
    published(made, by, run)
    before = named(made, made.pairs.standing().values_list("first", "second"))
    assert ("Belém", "Ancona") in before
    made.refresh_from_db()
    leave_round(
        member_id=member(made, "Belém").pk, version=made.version, reason="Elections", by=by, at=AT
    )
    assert made.pairs.standing().count() == 2
    rows = [0, 2, 3]
    run = solved(asked(made, by, keeps=True), monkeypatch, SCORES[rows][:, :3])
    after = named(made, links_of(run))
    # Freely paired, Aracaju would go to Ancona; it stays with Bari, and Dourados takes the place.
    assert after == (before - {("Belém", "Ancona")}) | {("Dourados", "Ancona")}
    published(made, by, run)
    assert made.pairs.standing().count() == 3
    assert made.pairs.exclude(ended_at=None).count() == 1
    made.refresh_from_db()
    gone = {"member_id": member(made, "Belém").pk, "version": made.version}
    with pytest.raises(NotOfThisRound):
        leave_round(**gone, reason="x", by=by, at=AT)


def test_who_did_not_agree_to_be_named_is_counted_only():
    made, by = a_round()
    shy = member(made, "Aracaju").entity
    ApplicationFactory(call=made.call, lead=shy, state="accepted", submitted_at=AT)
    published(made, by, answered(made, by, [(0, 0), (1, 1)]))
    stranger = reader_of(PersonFactory(), on=AT.date())
    pairs, unnamed = pairs_named_to(stranger, made)
    assert ([str(one) for one in pairs], unnamed) == (["Belém – Bari"], 1)


links = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)))


@given(links, links)
def test_what_changed_between_two_answers_adds_up(before, after):
    told = difference(before, after)
    assert set(before) - set(told.went) | set(told.came) == set(after)
    assert told.stayed + len(told.came) == len(after)
    assert told.stayed + len(told.went) == len(before)
