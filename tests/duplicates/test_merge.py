"""One entry of two: what moves, what is set aside, what stays, and what is refused."""

import pytest
from django.apps import apps

from entrecidades.audit.models import Trace
from entrecidades.cooperation.models import Introduction
from entrecidades.duplicates.choices import Act, Fate
from entrecidades.duplicates.rules import CannotMerge
from entrecidades.duplicates.selectors import plan_merge
from entrecidades.duplicates.selectors.references import LEFT, tables
from entrecidades.duplicates.services import merge_entities, undo_merge
from entrecidades.network.choices import NameKind
from entrecidades.network.models import (
    Entity,
    EntityName,
    Mandate,
    Membership,
    PlaceChange,
    Statement,
    Succession,
)
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import EntityWish, entities_wished
from entrecidades.network.selectors.merges import survivor_of
from tests.conftest import A_DAY, A_MOMENT
from tests.duplicates.conftest import LATER, THEN, merge
from tests.duplicates.tables import everything
from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import (
    EntityFactory,
    EntityNameFactory,
    HomologueFactory,
    IdentifierFactory,
    MandateFactory,
    MembershipFactory,
    PlaceFactory,
    SuccessionFactory,
)

pytestmark = pytest.mark.django_db


def fates(two):
    return [(row.model.__name__, row.fate) for row in plan_merge(*two, {}).rows]


def test_memberships_of_other_days_are_both_kept_and_one_of_the_same_day_once(two):
    group = EntityFactory(association=True)
    for body, since in [(two[0], THEN), (two[1], THEN), (two[1], LATER)]:
        MembershipFactory(member=body, group=group, valid_from=since)
    merged = merge(two)
    kept = Membership.objects.filter(group=group).values_list("member", "valid_from")
    assert sorted(kept) == [(two[0].pk, THEN), (two[0].pk, LATER)]
    assert [one["values"]["valid_from"] for one in merged.aside] == ["2001-01-01"]


def test_two_that_begin_on_one_day_and_end_on_two_are_both_kept(two):
    group = EntityFactory(association=True)
    for body, until in [(two[0], LATER), (two[1], None)]:
        MembershipFactory(member=body, group=group, valid_from=THEN, valid_to=until)
    assert fates(two) == [("Membership", Fate.STAY)]
    merge(two)
    assert set(Membership.objects.values_list("member", "valid_to")) == {
        (two[0].pk, LATER),
        (two[1].pk, None),
    }


def test_a_mandate_that_both_gave_to_one_person_is_kept_once(two):
    person = PersonFactory()
    for body in two:
        MandateFactory(entity=body, person=person, valid_from=THEN)
    MandateFactory(entity=two[1], person=person, valid_from=LATER)
    merge(two)
    held = Mandate.objects.filter(entity=two[0]).values_list("valid_from", flat=True)
    assert sorted(held) == [THEN, LATER]


def test_a_counterpart_stays_in_order_and_the_two_are_not_each_others(two):
    between = EntityFactory(association=True)
    old = EntityFactory()
    HomologueFactory(one=two[1], other=between)
    HomologueFactory(one=two[0], other=two[1])
    merge_entities(survivor=old, absorbed=two[0], by=None, at=A_MOMENT)
    merged = merge_entities(survivor=old, absorbed=two[1], by=None, at=A_MOMENT)
    tie = apps.get_model("network.Homologue").objects.get()
    assert (tie.one_id, tie.other_id) == (between.pk, old.pk)
    assert [one["model"] for one in merged.aside] == ["network.Homologue"]


def test_open_contacts_with_one_body_are_kept_both_where_they_can_be_read(two):
    third = EntityFactory()
    ours, theirs = (IntroductionFactory(asker=body, asked=third) for body in two)
    merge(two)
    assert dict(Introduction.objects.values_list("pk", "asker")) == {
        ours.pk: two[0].pk,
        theirs.pk: two[1].pk,
    }


def test_names_and_numbers_are_added_and_the_own_official_name_stays_official(two):
    EntityNameFactory(entity=two[0], language="pt", name="Curitiba")
    EntityNameFactory(entity=two[1], language="pt", name="Prefeitura Municipal", valid_from=THEN)
    number = IdentifierFactory(entity=two[1], valid_from=THEN)
    merge(two)
    number.refresh_from_db()
    assert (number.entity_id, number.valid_from) == (two[0].pk, THEN)
    told = set(EntityName.objects.filter(entity=two[0]).values_list("name", "kind"))
    assert told == {
        ("Curitiba", NameKind.OFFICIAL),
        ("Prefeitura Municipal", NameKind.FORMER),
        ("Prefeitura de Curitiba", NameKind.FORMER),
    }


def test_the_absorbed_ends_points_to_its_successor_and_leaves_the_lists(two):
    merge(two)
    two[1].refresh_from_db()
    assert two[1].valid_to == A_DAY
    assert Succession.objects.get(predecessor=two[1]).successor == two[0]
    assert survivor_of(two[1]) == two[0]
    assert list(entities_wished(EntityWish())) == [two[0]]


def test_a_succession_that_says_so_already_is_left(two):
    SuccessionFactory(predecessor=two[1], successor=two[0], kind="renaming")
    merge(two)
    assert Succession.objects.get().kind == "renaming"


def test_what_was_chosen_is_taken_over_and_what_is_empty_is_filled(two):
    Entity.objects.filter(pk=two[1].pk).update(population=5, acronym="PMC", website="https://a.b")
    Entity.objects.filter(pk=two[0].pk).update(population=7, website="https://c.d")
    merge(two, choices={"population": "absorbed", "name": "survivor"})
    two[0].refresh_from_db()
    told = (two[0].name, two[0].population, two[0].acronym, two[0].website)
    assert told == ("Curitiba", 5, "PMC", "https://c.d")


@pytest.mark.parametrize("choices", [{"slug": "absorbed"}, {"name": "both"}])
def test_choices_that_make_no_sense_are_refused(two, choices):
    before = everything()
    with pytest.raises(CannotMerge):
        merge(two, choices=choices)
    assert everything() == before


def test_itself_a_part_and_one_that_is_gone_are_refused(two):
    part = EntityFactory(parent=EntityFactory(parent=two[0]))
    for pair in [(two[0], two[0]), (two[0], part), (part, two[0])]:
        with pytest.raises(CannotMerge):
            merge(pair)
    merge(two)
    for pair in [two, two[::-1], (part, two[1])]:
        with pytest.raises(CannotMerge, match="already"):
            merge(pair)


def test_each_body_has_one_trace_with_its_changes(two):
    MembershipFactory(member=two[1])
    operator = PersonFactory(is_staff=True)
    merge_entities(survivor=two[0], absorbed=two[1], by=operator, at=A_MOMENT)
    traces = {trace.subject: trace for trace in Trace.objects.filter(act=Act.MERGE)}
    assert set(traces) == {f"network.Entity:{body.pk}" for body in two}
    absorbed = traces[f"network.Entity:{two[1].pk}"]
    assert absorbed.changes == {"valid_to": [None, A_DAY.isoformat()]}
    assert (absorbed.by_id, absorbed.facts["moved"]) == (operator.pk, {"network.Membership": 1})


def test_the_readers_of_both_seats_are_told():
    seats = [PlaceFactory(), PlaceFactory()]
    merge([EntityFactory(seat=seat) for seat in seats])
    assert set(PlaceChange.objects.values_list("place", flat=True)) == {one.pk for one in seats}


def test_only_operators_merge_and_undo(two, officer):
    with pytest.raises(NotAllowed):
        merge_entities(survivor=two[0], absorbed=two[1], by=officer, at=A_MOMENT)
    merged = merge(two)
    with pytest.raises(NotAllowed):
        undo_merge(merged.pk, by=officer, at=A_MOMENT)


def test_a_row_of_which_something_is_said_is_not_set_aside(two):
    group = EntityFactory(association=True)
    ties = [MembershipFactory(member=body, group=group, valid_from=THEN) for body in two]
    Statement.objects.create(
        subject=f"network.Membership:{ties[1].pk}", entity=group, stance="confirms", said_on=THEN
    )
    assert fates(two) == [("Membership", Fate.STAY)]


def test_every_column_that_points_to_a_body_is_moved_or_left_on_purpose():
    pointing = {
        (model, field.attname)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and not field.many_to_many and field.related_model is Entity
    }
    moved = {(table.model, column) for table in tables() for column in table.columns}
    assert pointing - moved == {pair for pair in pointing if pair[0] in LEFT}
    assert {model.__name__ for model in LEFT} == {"Duplicate", "Merge"}


def test_no_reference_to_a_body_is_one_that_the_registry_cannot_see():
    # A generic relation names its target in a column of numbers: a merge would pass it over.
    generic = [
        field
        for model in apps.get_models()
        for field in model._meta.private_fields
        if hasattr(field, "ct_field")
    ]
    assert generic == []
