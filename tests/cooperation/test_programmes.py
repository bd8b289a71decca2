"""Programmes: made, edited and followed by those who coordinate them, and by nobody else."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.cooperation.choices import (
    OfferState,
    OfferStep,
    ProgrammeState,
    ProgrammeStep,
)
from entrecidades.cooperation.models import Programme
from entrecidades.cooperation.rules import (
    OFFER_LIFE,
    PROGRAMME_LIFE,
    AlreadyCoordinates,
    Incomplete,
    LastCoordinator,
    lines_of,
    purposes_from,
)
from entrecidades.cooperation.selectors import programmes_run_by, programmes_seen_by, runs
from entrecidades.cooperation.services import (
    add_axis,
    answer_offer,
    ask_coordinator,
    clone_programme,
    drop_axis,
    edit_axis,
    edit_programme,
    leave_programme,
    make_programme,
    take_programme_step,
)
from entrecidades.kernel.lives import IllegalStep, next_state
from entrecidades.network.models import Mandate
from entrecidades.network.rules import EditedMeanwhile, NotAllowed
from entrecidades.network.selectors import Reader, reader_of
from entrecidades.network.services import Seen
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.cooperation import AxisFactory, CoordinationFactory
from tests.factories.network import EntityFactory
from tests.factories.themes import ThemeFactory

WORDS = st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=8)
PURPOSES = st.lists(
    st.dictionaries(st.sampled_from(["pt", "fr", "en"]), WORDS, min_size=1), max_size=5
)


@pytest.fixture
def fnp(db):
    return EntityFactory(
        name="Frente", slug="fnp", acronym="FNP", country__code="BR", association=True
    )


@pytest.fixture
def run_by(fnp):
    return entrusted(fnp, "coordinator")


@pytest.fixture
def draft(fnp, run_by):
    return make_programme(
        entity=fnp, name={"en": "Hundred cities"}, begins_on=A_DAY, by=run_by, on=A_DAY
    )


@pytest.fixture
def offered(draft, anci, run_by):
    return ask_coordinator(programme_id=draft.pk, entity=anci, by=run_by, at=A_MOMENT)


def seen_of(row):
    return Seen(row.version, row.units())


@given(PURPOSES)
def test_purposes_are_the_same_after_they_were_lines(purposes):
    assert purposes_from(lines_of(purposes)) == purposes


@given(st.lists(st.sampled_from(ProgrammeStep)))
def test_no_step_leads_a_programme_back_into_hiding(steps):
    state = ProgrammeState.DRAFT
    for step in steps:
        try:
            state = next_state(PROGRAMME_LIFE, state, step)
        except IllegalStep:
            continue
        assert state != ProgrammeState.DRAFT


@given(st.sampled_from(OfferState), st.sampled_from(OfferStep))
def test_an_offer_is_answered_once(state, step):
    if state == OfferState.ASKED:
        assert next_state(OFFER_LIFE, state, step) != OfferState.ASKED
    else:
        with pytest.raises(IllegalStep):
            next_state(OFFER_LIFE, state, step)


def test_a_draft_is_seen_by_its_coordinators_and_those_they_ask(draft, anci, offered, run_by):
    assert programmes_seen_by(reader_of(run_by, on=A_DAY)).get() == draft
    assert programmes_seen_by(reader_of(entrusted(anci, "admin"), on=A_DAY)).get() == draft
    assert not programmes_seen_by(Reader(on=A_DAY)).exists()
    assert Trace.objects.filter(act="cooperation:programme:make").count() == 1


def test_only_associations_make_programmes(maputo, officer):
    for person in (officer, entrusted(maputo, "admin")):
        with pytest.raises(ValidationError):
            make_programme(entity=maputo, name={"en": "Ours"}, by=person, on=A_DAY)
    assert not Programme.objects.exists()


def test_it_is_published_once_nothing_is_missing(draft, run_by):
    step = {"programme_id": draft.pk, "by": run_by, "at": A_MOMENT}
    with pytest.raises(Incomplete) as refusal:
        take_programme_step(step=ProgrammeStep.PUBLISH, **step)
    assert refusal.value.messages == ["Name at least one axis, with its themes."]
    axis = add_axis(
        programme_id=draft.pk,
        label={"en": "Waste"},
        themes=[ThemeFactory()],
        by=run_by,
        on=A_DAY,
    )
    take_programme_step(step=ProgrammeStep.PUBLISH, **step)
    assert programmes_seen_by(Reader(on=A_DAY)).get() == draft
    with pytest.raises(IllegalStep):
        take_programme_step(step=ProgrammeStep.PUBLISH, **step)
    with pytest.raises(Incomplete):
        drop_axis(axis=axis, by=run_by, on=A_DAY)
    assert draft.axes.count() == 1


def test_a_programme_that_ends_before_it_begins_is_refused(fnp, run_by):
    days = {"begins_on": A_DAY, "ends_on": A_DAY - dt.timedelta(1)}
    with pytest.raises(ValidationError):
        make_programme(entity=fnp, name={"en": "Backwards"}, by=run_by, on=A_DAY, **days)
    assert not Programme.objects.exists()


def test_nobody_coordinates_who_has_not_agreed(draft, offered, anci, run_by):
    theirs = entrusted(anci, "coordinator")
    assert not runs(theirs, draft, on=A_DAY)
    assert Job.objects.filter(name="cooperation.tell_of_offer").count() == 1
    with pytest.raises(AlreadyCoordinates):
        ask_coordinator(programme_id=draft.pk, entity=anci, by=run_by, at=A_MOMENT)
    with pytest.raises(NotAllowed):
        answer_offer(offer_id=offered.pk, step=OfferStep.ACCEPT, by=run_by, at=A_MOMENT)
    answer_offer(offer_id=offered.pk, step=OfferStep.ACCEPT, by=theirs, at=A_MOMENT)
    assert runs(theirs, draft, on=A_DAY)
    with pytest.raises(IllegalStep):
        answer_offer(offer_id=offered.pk, step=OfferStep.WITHDRAW, by=run_by, at=A_MOMENT)


def test_an_institute_coordinates_too(draft, run_by):
    institute = EntityFactory(country__code="IT", kind="institute", tier="")
    asked = ask_coordinator(programme_id=draft.pk, entity=institute, by=run_by, at=A_MOMENT)
    assert asked.state == OfferState.ASKED


def test_a_mandate_that_ended_runs_nothing(draft, run_by):
    Mandate.objects.filter(person=run_by).update(valid_to=A_DAY - dt.timedelta(1))
    assert not programmes_run_by(run_by, on=A_DAY).exists()


def test_the_last_coordinator_stays(draft, fnp, anci, offered, run_by):
    leaving = {"programme_id": draft.pk, "entity": fnp, "by": run_by, "on": A_DAY}
    with pytest.raises(LastCoordinator):
        leave_programme(**leaving)
    theirs = entrusted(anci, "coordinator")
    answer_offer(offer_id=offered.pk, step=OfferStep.ACCEPT, by=theirs, at=A_MOMENT)
    leave_programme(**leaving)
    assert [one.entity for one in draft.coordinations.all()] == [anci]


def test_the_next_edition_has_the_axes_and_a_window_of_its_own(draft, run_by, anci):
    theme = ThemeFactory()
    AxisFactory(programme=draft).themes.add(theme)
    CoordinationFactory(programme=draft, entity=anci)
    edition = clone_programme(
        programme=draft,
        name={"en": "Hundred cities II"},
        begins_on=dt.date(2010, 1, 1),
        ends_on=dt.date(2011, 12, 31),
        by=run_by,
        on=A_DAY,
    )
    assert [axis.themes.get() for axis in edition.axes.all()] == [theme]
    assert [one.entity.slug for one in edition.coordinations.all()] == ["fnp"]
    assert (edition.state, edition.edition_of) == (ProgrammeState.DRAFT, draft)
    assert edition.slug != draft.slug


def test_strangers_edit_nothing(draft, maputo):
    stranger = entrusted(maputo, "admin")
    axis = AxisFactory(programme=draft)
    who = {"by": stranger, "on": A_DAY}
    seen = seen_of(draft)
    for act in (
        lambda: edit_programme(programme=draft, seen=seen, said={"name.en": "Mine"}, **who),
        lambda: edit_axis(axis=axis, seen=seen_of(axis), said={"label.en": "Mine"}, **who),
        lambda: drop_axis(axis=axis, **who),
        lambda: add_axis(programme_id=draft.pk, label={"en": "Mine"}, themes=[], **who),
        lambda: clone_programme(programme=draft, name={}, begins_on=None, ends_on=None, **who),
    ):
        with pytest.raises(NotAllowed):
            act()
    draft.refresh_from_db()
    assert (draft.name, draft.axes.get().label) == ({"en": "Hundred cities"}, axis.label)


def test_of_two_who_write_the_second_meets_the_first(draft, run_by):
    shown, who = seen_of(draft), {"programme": draft, "by": run_by, "on": A_DAY}
    edit_programme(seen=shown, said={"name.en": "Cities"}, **who)
    edit_programme(seen=shown, said={"purposes.pt": "lixo\nágua"}, **who)
    with pytest.raises(EditedMeanwhile):
        edit_programme(seen=shown, said={"name.en": "Towns"}, **who)
    draft.refresh_from_db()
    assert draft.name == {"en": "Cities"}
    assert draft.purposes == [{"pt": "lixo"}, {"pt": "água"}]
