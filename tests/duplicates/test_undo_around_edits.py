"""A merge taken back after somebody has worked on: her work stays and is named."""

import pytest

from entrecidades.duplicates.rules import CannotUndoMerge
from entrecidades.duplicates.services import undo_merge
from entrecidades.network.models import (
    Entity,
    Mandate,
    Membership,
)
from tests.conftest import A_MOMENT
from tests.duplicates.conftest import LATER, THEN, merge
from tests.duplicates.tables import everything
from tests.factories.accounts import PersonFactory
from tests.factories.network import (
    EntityFactory,
    MandateFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db


def test_what_was_edited_since_is_named_and_may_stay(two):
    tie = MembershipFactory(member=two[1])
    other = MembershipFactory(member=two[1])
    merged = merge(two)
    Membership.objects.filter(pk=tie.pk).update(valid_to=LATER)
    before = everything()
    with pytest.raises(CannotUndoMerge, match=r"∈"):
        undo_merge(merged.pk, by=None, at=A_MOMENT)
    assert everything() == before
    undo_merge(merged.pk, by=None, at=A_MOMENT, keep_edited=True)
    assert dict(Membership.objects.values_list("pk", "member")) == {
        tie.pk: two[0].pk,
        other.pk: two[1].pk,
    }


def test_a_field_edited_since_stays_and_the_others_are_given_back(two):
    Entity.objects.filter(pk=two[1].pk).update(acronym="PMC", population=5)
    merged = merge(two)
    Entity.objects.filter(pk=two[0].pk).update(population=6)
    undo_merge(merged.pk, by=None, at=A_MOMENT, keep_edited=True)
    two[0].refresh_from_db()
    assert (two[0].acronym, two[0].population) == ("", 6)


def test_what_pointed_to_somebody_who_is_gone_does_not_come_back(two):
    person = PersonFactory()
    for body in two:
        MandateFactory(entity=body, person=person, valid_from=THEN)
    merged = merge(two)
    person.delete()
    undo_merge(merged.pk, by=None, at=A_MOMENT, keep_edited=True)
    assert not Mandate.objects.exists()


def test_what_was_entered_again_since_is_not_entered_twice(two):
    group = EntityFactory(association=True)
    for body in two:
        MembershipFactory(member=body, group=group, valid_from=THEN)
    merged = merge(two)
    MembershipFactory(member=two[1], group=group, valid_from=THEN)
    before = everything()
    with pytest.raises(CannotUndoMerge, match="again"):
        undo_merge(merged.pk, by=None, at=A_MOMENT, keep_edited=True)
    assert everything() == before


def test_the_later_of_two_merges_is_undone_first(two):
    first = merge(two)
    second = merge((EntityFactory(), two[0]))
    with pytest.raises(CannotUndoMerge, match=str(second.pk)):
        undo_merge(first.pk, by=None, at=A_MOMENT)
    undo_merge(second.pk, by=None, at=A_MOMENT)
    undo_merge(first.pk, by=None, at=A_MOMENT)
    for number in (first.pk, 999):
        with pytest.raises(CannotUndoMerge):
            undo_merge(number, by=None, at=A_MOMENT)
