"""The queue holds what resembles each other, keeps what was decided, and lets go of the rest."""

import pytest
from django.core.exceptions import ValidationError

from entrecidades.duplicates.jobs import find_duplicates as daily
from entrecidades.duplicates.rules import CannotMerge
from entrecidades.duplicates.selectors import duplicates_wished
from entrecidades.duplicates.services import (
    dismiss_duplicate,
    find_duplicates,
    merge_entities,
    propose_duplicate,
)
from entrecidades.network.choices import DuplicateState
from entrecidades.network.models import Duplicate, Entity
from entrecidades.network.rules import NotAllowed
from tests.conftest import A_DAY, A_MOMENT
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory, IdentifierFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    facts = {"acronym": "FNP", "association": True}
    return (
        EntityFactory(name="Frente Nacional de Prefeitos", **facts),
        EntityFactory(name="Frente Nacional dos Prefeitos", **facts),
    )


def find():
    found = find_duplicates(at=A_MOMENT)
    return found.new, found.gone


def test_a_pair_is_found_once_with_its_reasons(two):
    EntityFactory(name="Confederação Nacional de Municípios", acronym="CNM", association=True)
    assert (find(), find()) == ((1, 0), (0, 0))
    pair = Duplicate.objects.get()
    assert (pair.one, pair.other) == two
    assert pair.score > 0.8
    assert {"piece": "acronym", "number": 1.0, "points": 2.0} in pair.reasons


def test_what_resembles_each_other_no_longer_leaves_the_queue(two):
    find()
    Entity.objects.filter(pk=two[1].pk).update(name="Another", acronym="AN")
    assert find() == (0, 1)
    assert not Duplicate.objects.exists()


def test_that_two_are_different_is_remembered_through_a_merge(two):
    find()
    operator = PersonFactory(is_staff=True)
    dismiss_duplicate(pair=Duplicate.objects.get(), by=operator, at=A_MOMENT)
    assert find() == (0, 0)
    third = EntityFactory(name="Frente Nacional dos Prefeitos.", slug="fnp-3", association=True)
    merge_entities(survivor=third, absorbed=two[1], by=None, at=A_MOMENT)
    find()
    assert not duplicates_wished(state=DuplicateState.OPEN).exists()


def test_contradicting_numbers_make_a_pair_a_question_at_most(two):
    for body in two:
        IdentifierFactory(entity=body, scheme="BR-CNPJ")
    find()
    assert duplicates_wished(least=0.61).count() == 0


def test_what_was_merged_away_is_compared_no_more(two):
    merge_entities(survivor=two[0], absorbed=two[1], by=None, at=A_MOMENT)
    assert find_duplicates(at=A_MOMENT).compared == 1


def test_the_daily_job_fills_the_queue(two):
    daily(on=A_DAY.isoformat(), key="0")
    assert duplicates_wished(country="BR").count() == 1
    assert duplicates_wished(country="MZ").count() == 0


def test_a_proposal_stays_though_the_two_do_not_resemble_each_other():
    operator = PersonFactory(is_staff=True)
    one, other = EntityFactory(name="Sete"), EntityFactory(name="Nove")
    for first, second in [(one, other), (other, one)]:
        propose_duplicate(one=first, other=second, by=operator, on=A_DAY, at=A_MOMENT)
    assert find() == (0, 0)
    assert Duplicate.objects.get().proposed_by == operator


def test_an_officer_neither_proposes_nor_decides(two, officer):
    find()
    with pytest.raises(NotAllowed):
        propose_duplicate(one=two[0], other=two[1], by=officer, on=A_DAY, at=A_MOMENT)
    with pytest.raises(NotAllowed):
        dismiss_duplicate(pair=Duplicate.objects.get(), by=officer, at=A_MOMENT)


def test_a_merged_pair_is_not_dismissed(two):
    find()
    merge_entities(survivor=two[0], absorbed=two[1], by=None, at=A_MOMENT)
    with pytest.raises(CannotMerge):
        dismiss_duplicate(pair=Duplicate.objects.get(), by=None, at=A_MOMENT)
    with pytest.raises(ValidationError):
        propose_duplicate(
            one=two[0], other=two[1], by=PersonFactory(is_staff=True), on=A_DAY, at=A_MOMENT
        )
