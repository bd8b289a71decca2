"""Who is suggested to whom, and why."""

import pytest

from entrecidades.kernel import clock
from entrecidades.matching.selectors import Wish, affinity_of, suggestions_for
from entrecidades.matching.services import rebuild_snapshot
from entrecidades.matching.snapshot import NoSnapshot
from entrecidades.network.choices import Role
from entrecidades.network.services import note_change
from entrecidades.practices.choices import PostingState, Side
from tests.factories.network import CountryFactory, EntityFactory
from tests.factories.practices import PostingFactory
from tests.factories.themes import ThemeFactory


def asked(subject, **wish):
    return suggestions_for(subject, Wish(**wish), on=clock.today())


def names(suggestions):
    return {one.subject.name for one in suggestions}


def test_all_cities_abroad_are_ranked_and_none_at_home(prepared):
    found = asked(prepared["Maputo"])
    assert names(found) == set(prepared.places) - {"Maputo", "Beira"}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_the_score_is_the_sum_of_the_parts_that_are_shown(prepared):
    for one in asked(prepared["Maputo"]):
        assert one.score == pytest.approx(sum(r.weight * r.score for r in one.reasons))
        assert sum(reason.weight for reason in one.reasons) == pytest.approx(100)
        assert all(reason.text and 0 <= reason.score <= 1 for reason in one.reasons)


def test_the_same_question_gets_the_same_answer(prepared):
    assert asked(prepared["Lyon"]) == asked(prepared["Lyon"])


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"countries": ("IT", "US")}, {"Turin", "Genoa", "Austin", "Seattle"}),
        ({"roles": int(Role.PORT)}, {"Porto Alegre", "Marseille", "Genoa", "Seattle"}),
        ({"languages": ("pt",)}, {"São Paulo", "Curitiba", "Belo Horizonte", "Porto Alegre"}),
        ({"min_population": 2_000_000}, {"São Paulo", "Belo Horizonte"}),
        ({"max_population": 600_000}, {"Lyon", "Genoa"}),
        ({"countries": ("XX",)}, set()),
    ],
)
def test_a_wish_narrows_the_list(prepared, wish, expected):
    assert names(asked(prepared["Maputo"], **wish)) == expected


def test_present_partners_are_shown_only_when_asked_for(prepared):
    assert "Genoa" not in names(asked(prepared["Marseille"]))
    assert "Genoa" in names(asked(prepared["Marseille"], known=True))


def test_a_need_and_the_offer_that_meets_it_lead(prepared):
    theme = ThemeFactory()
    PostingFactory(side=Side.NEED, entity=prepared.body("Maputo"), themes=[theme],
                   state=PostingState.PUBLISHED)  # fmt: skip
    PostingFactory(side=Side.OFFER, entity=prepared.body("Austin"), themes=[theme],
                   state=PostingState.PUBLISHED)  # fmt: skip
    rebuild_snapshot(on=clock.today())
    first = asked(prepared["Maputo"])[0]
    needs = next(reason for reason in first.reasons if reason.part == "needs")
    assert (first.subject.name, needs.score) == ("Austin", 1.0)
    assert str(theme) in needs.text


def test_the_next_request_sees_a_changed_profile(prepared):
    asked(prepared["Maputo"])
    theme = ThemeFactory()
    rebuild_snapshot(on=clock.today())
    before = affinity_of(prepared["Maputo"], prepared["Seattle"], on=clock.today()).score
    for side, city in ((Side.NEED, "Maputo"), (Side.OFFER, "Seattle")):
        PostingFactory(side=side, entity=prepared.body(city), themes=[theme],
                       state=PostingState.PUBLISHED)  # fmt: skip
        note_change(prepared[city])
    assert affinity_of(prepared["Maputo"], prepared["Seattle"], on=clock.today()).score > before


def test_an_association_meets_associations_only(prepared):
    EntityFactory(association=True, name="FNP")
    asker = EntityFactory(association=True, name="USCM", country=CountryFactory(code="US"))
    rebuild_snapshot(on=clock.today())
    assert names(asked(asker)) == {"FNP"}


def test_without_a_snapshot_it_says_so(world, keeper):
    with pytest.raises(NoSnapshot):
        asked(world["Maputo"])
