"""What a dossier tells of a desk, and what it does not tell."""

import pytest

from entrecidades.audit.services import record
from entrecidades.handover.choices import Chapter
from entrecidades.handover.selectors.dossier import SECTIONS, is_large
from entrecidades.handover.selectors.sections.past import history
from entrecidades.network.choices import ClaimState, Visibility
from entrecidades.network.models import Claim, Mandate, Post
from tests.conftest import A_MOMENT, entrusted
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import PostFactory
from tests.factories.practices import PostingFactory
from tests.handover.desks import LONG, contact, desk_of, fill


@pytest.fixture
def told(world, maputo, admin, on_the_day):
    """The sections of a full desk, by their keys."""
    fill(world, maputo, admin)
    return {one.key: one for one in (find(desk_of(maputo, admin)) for find in SECTIONS)}


def cells(section):
    return [line.cells for line in section.lines]


def everything(body, person):
    sections = [find(desk_of(body, person)) for find in SECTIONS]
    return str([cells(one) for one in sections])


def test_every_section_has_a_name_of_its_own_and_says_when_it_is_empty(world, maputo, admin):
    sections = [find(desk_of(maputo, admin)) for find in SECTIONS]
    assert len({one.key for one in sections}) == len(SECTIONS)
    assert all(one.title and one.empty for one in sections)
    assert {one.chapter for one in sections} == set(Chapter)


def test_each_line_has_a_cell_for_each_column(told):
    for section in told.values():
        assert {len(line.cells) for line in section.lines} <= {len(section.columns)}


def test_what_is_in_force_is_told(told):
    assert cells(told["partnerships"]) == [("Curitiba", "Brazil", 1998, "")]
    assert [line[0] for line in cells(told["memberships"])] == ["ANAMM"]
    assert [line[:2] for line in cells(told["entrusted"])] == [("ANAMM", "Maputo")]
    assert {line[1] for line in cells(told["offers_and_needs"])} == {
        LONG,
        "Formação de técnicos (example)",
    }


def test_what_runs_out_is_told_with_the_days_that_are_left(told):
    assert sorted(line[1:3] for line in cells(told["expiring"])) == [
        (40, "mandate"),
        (40, "offer"),
        (40, "post"),
    ]


def test_a_contact_tells_whose_turn_it_is(told):
    turns = {line[0]: line[2] for line in cells(told["contacts"])}
    assert turns == {"Maputo asks Curitiba": "Curitiba", "Seattle asks Maputo": "Maputo"}


def test_who_asked_at_another_body_is_not_named(world, maputo, admin):
    officer = entrusted(world.body("Seattle"), name="Somebody Else")
    contact(world.body("Seattle"), maputo, officer)
    assert "Somebody Else" not in everything(maputo, admin)


def test_drafts_are_the_bodys_own(told, maputo, stranger):
    assert [line[1] for line in cells(told["drafts"])] == ["Rascunho de uma oferta"]
    assert "Rascunho" not in everything(maputo, stranger)


def test_other_bodies_things_are_not_told(world, maputo, admin, curitiba):
    PostingFactory(entity=curitiba, title={"en": "Secret of Curitiba"}, text={})
    IntroductionFactory(asker=world.body("Lyon"), asked=curitiba)
    assert "Curitiba" not in everything(maputo, admin)


def test_a_holder_who_has_not_agreed_is_not_named(maputo, admin, colleague, told):
    PostFactory(entity=maputo, holder=colleague)
    Mandate.objects.filter(person=colleague).delete()
    assert "Berta" not in everything(maputo, admin)
    Post.objects.update(holder_agreed=True)
    assert "Berta" in everything(maputo, admin)


def test_claims_are_told_to_who_decides_them(maputo, anci):
    Claim.objects.create(
        entity=maputo,
        email="claimant@city.example",
        name="A Claimant",
        state=ClaimState.WAITING,
        association=anci,
        made_at=A_MOMENT,
    )
    assert "A Claimant" in everything(anci, entrusted(anci, role="coordinator"))
    assert "A Claimant" not in everything(anci, entrusted(anci, role="approver"))


def test_sharing_is_counted_by_rung(told):
    counted = {line[:3] for line in cells(told["sharing"])}
    assert ("Practices", str(Visibility.ASSOCIATION.label), 1) in counted
    assert ("Offers and needs", str(Visibility.PUBLIC.label), 3) in counted


def test_history_is_the_bodys_and_names_colleagues_only(world, maputo, admin, curitiba):
    foreign = entrusted(curitiba, name="Somebody Else")
    done = contact(maputo, curitiba, admin)
    record("cooperation:introduction:step", subject=done, by=foreign, body=curitiba, step="accept")
    record("network:entity:register", subject=curitiba, by=foreign, body=curitiba)
    traces = history(desk_of(maputo, admin))
    assert sorted(traces.values_list("act", flat=True)) == [
        "cooperation:introduction:propose",
        "cooperation:introduction:step",
    ]
    assert "Somebody Else" not in everything(maputo, admin)


def test_a_desk_with_much_history_is_large(monkeypatch, maputo, admin, curitiba):
    desk = desk_of(maputo, admin)
    monkeypatch.setattr("entrecidades.handover.selectors.dossier.LARGE", 0)
    assert not is_large(desk)
    contact(maputo, curitiba, admin)
    assert is_large(desk)
