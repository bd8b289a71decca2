"""An import taken back piece by piece: halted, killed or edited meanwhile, it ends right."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.accounts.rules import NotAnOperator
from entrecidades.audit.models import Trace
from entrecidades.config.jobs import KEEPERS
from entrecidades.exchange.choices import BatchState
from entrecidades.exchange.models import Batch
from entrecidades.exchange.services import undo_slowly
from entrecidades.exchange.services.official_lists import apply_official, plan_official
from entrecidades.exchange.services.undo import CannotUndo, undo
from entrecidades.exchange.services.undo_slowly import begin_undo, go_on_undoing, halt_undo
from entrecidades.network.models import Entity, EntityName, Identifier, Place
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.conftest import A_DAY, A_MOMENT
from tests.exchange.lists import CAMPO_LARGO, CURITIBA, ROWS, write_brazil
from tests.factories.accounts import PersonFactory

MODELS = (Place, Entity, EntityName, Identifier)


@pytest.fixture
def operator(db):
    return PersonFactory(is_staff=True)


@pytest.fixture
def before(two_campo_largos):
    return counts()


@pytest.fixture
def imported(before, tmp_path):
    plan = plan_official("BR", [write_brazil(tmp_path, *ROWS, CAMPO_LARGO)])
    return apply_official(plan, by=None, at=A_MOMENT)


@pytest.fixture(autouse=True)
def _two_at_a_time(monkeypatch):
    monkeypatch.setattr(undo_slowly, "SOME", 2)


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


def work(pieces=1000):
    """Let the worker take so many pieces back; how many there were."""
    for done in range(pieces):
        job = Job.objects.filter(name="exchange.undo_some", state=Job.State.WAITING).first()
        if job is None:
            return done
        assert keep_one({"exchange.undo_some": KEEPERS["exchange.undo_some"]}, now=job.due_at)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error
    return pieces


def edit(code):
    of = Entity.objects.filter(identifiers__scheme="BR-IBGE", identifiers__value=code)
    of.update(website="https://edited.example")


def test_piece_by_piece_everything_is_as_before(imported, operator, before):
    begin_undo(batch_id=imported.pk, by=operator, on=A_DAY)
    assert work() > 3
    assert counts() == before
    assert Batch.objects.get().state == BatchState.UNDONE
    assert Trace.objects.filter(act="exchange:batch:undo", by_id=operator.pk).count() == 1


def test_how_far_it_is_grows_to_all_of_it(imported, operator):
    begin_undo(batch_id=imported.pk, by=operator, on=A_DAY)
    told = []
    while work(1):
        told.append(Batch.objects.get().counts)
    done = [one["undo_done"] for one in told]
    assert done == sorted(done)
    assert done[-1] == told[-1]["undo_total"] == sum(map(len, imported.made.values()))


def test_halted_it_waits_and_goes_on_where_it_was(imported, operator, before):
    begin_undo(batch_id=imported.pk, by=operator, on=A_DAY)
    work(3)
    halt_undo(batch_id=imported.pk, by=operator, on=A_DAY)
    between = counts()
    work()
    assert counts() == between != before
    go_on_undoing(batch_id=imported.pk, by=operator, on=A_DAY)
    work()
    assert counts() == before


def test_what_is_edited_between_two_pieces_stays(imported, operator):
    begin_undo(batch_id=imported.pk, by=operator, on=A_DAY)
    work(1)
    edit("4119152")
    work()
    left = Entity.objects.get(identifiers__value="4119152")
    assert left.seat.slug == "pinhais"
    assert left.parent.name == "Paraná"
    assert not Identifier.objects.filter(value="4106902").exists()
    assert Batch.objects.get().counts["kept"] == 8


def test_changed_rows_get_their_old_values_and_those_changed_again_stay(
    imported, operator, tmp_path
):
    renamed = CURITIBA.replace("Curitiba", "Nova Curitiba")
    plan = plan_official("BR", [write_brazil(tmp_path, renamed, *ROWS[1:], CAMPO_LARGO)])
    second = apply_official(plan, by=None, at=A_MOMENT)
    begin_undo(batch_id=second.pk, by=operator, on=A_DAY)
    work()
    assert Entity.objects.get(identifiers__value="4106902").name == "Curitiba"
    assert Batch.objects.get(pk=second.pk).counts["kept"] == 0


def test_nobody_begins_twice_or_halts_what_does_not_run(imported, operator):
    with pytest.raises(CannotUndo):
        halt_undo(batch_id=imported.pk, by=operator, on=A_DAY)
    begin_undo(batch_id=imported.pk, by=operator, on=A_DAY)
    for refused in (begin_undo, go_on_undoing):
        with pytest.raises(CannotUndo):
            refused(batch_id=imported.pk, by=operator, on=A_DAY)
    with pytest.raises(CannotUndo):
        undo(imported.pk, by=None)


@pytest.mark.parametrize("act", [begin_undo, halt_undo, go_on_undoing])
def test_only_operators(imported, act, officer):
    with pytest.raises(NotAnOperator):
        act(batch_id=imported.pk, by=officer, on=A_DAY)
    assert Batch.objects.get().state == BatchState.APPLIED


def test_a_worker_that_dies_in_a_piece_leaves_what_was_before_it(
    imported, operator, before, monkeypatch
):
    begin_undo(batch_id=imported.pk, by=operator, on=A_DAY)
    work(2)
    between = counts()
    whole = undo_slowly.delete_rows

    def dies(leaving):
        whole(leaving)
        raise MemoryError

    monkeypatch.setattr(undo_slowly, "delete_rows", dies)
    job = Job.objects.get(name="exchange.undo_some", state=Job.State.WAITING)
    keep_one(KEEPERS, now=job.due_at)
    assert counts() == between
    monkeypatch.setattr(undo_slowly, "delete_rows", whole)
    work()
    assert counts() == before


@settings(max_examples=15, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["4106902", "4119152", "3550308"]))))
def test_slowly_or_at_once_the_same_stays(two_campo_largos, tmp_path, operator, edits):
    """What stays is what was edited while it was there, with all that it rests on."""
    before = counts()
    plan = plan_official("BR", [write_brazil(tmp_path, *ROWS)])
    batch = apply_official(plan, by=None, at=A_MOMENT)
    begin_undo(batch_id=batch.pk, by=operator, on=A_DAY)
    expected = set()
    for pieces, code in edits:
        work(pieces)
        if Identifier.objects.filter(scheme="BR-IBGE", value=code).exists():
            expected.add(code)
        edit(code)
    work()
    left = set(Identifier.objects.filter(scheme="BR-IBGE").values_list("value", flat=True))
    assert left == expected
    for body in Entity.objects.filter(identifiers__scheme="BR-IBGE"):
        assert body.seat is not None
        assert body.parent is not None
        assert body.names.exists()
    Entity.objects.filter(identifiers__scheme="BR-IBGE").delete()
    Entity.objects.filter(identifiers__scheme="BR-IBGE-UF").delete()
    Place.objects.filter(geonameid=None, slug="pinhais").delete()
    assert counts() == before
