"""An agreement is opened between bodies, with a reference that nobody else has."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.agreements.choices import AgreementKind
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.rules import (
    NotAnUmbrella,
    NotCovered,
    NotInTwoLanguages,
    NoTitle,
    NotSigned,
    NotTheSameContact,
    NotTwoParties,
    prefix_of,
)
from entrecidades.agreements.selectors import (
    Changes,
    agreements_of,
    agreements_seen_by,
    umbrellas_open_to,
)
from entrecidades.agreements.services import open_addendum, open_agreement
from entrecidades.audit.models import Trace
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import reader_of
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.agreements import AgreementFactory
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import EntityFactory, MembershipFactory

COUNTRIES = st.lists(st.sampled_from(["BR", "FR", "IT", "MZ", "US"]), min_size=1, max_size=8)


@given(COUNTRIES, st.integers(2000, 2100), st.randoms())
def test_the_order_in_which_countries_are_named_does_not_matter(countries, year, chance):
    shuffled = [*countries]
    chance.shuffle(shuffled)
    assert prefix_of(shuffled, year) == prefix_of(countries * 2, year)


@pytest.fixture
def opened(maputo, curitiba, officer):
    def opening(**facts):
        wanted = {
            "drafter": maputo,
            "partners": [curitiba],
            "title": {"pt": "Resíduos", "en": " "},
            "languages": ["pt", "pt-br"],
            "kind": AgreementKind.MEMORANDUM,
            "by": officer,
            "at": A_MOMENT,
        }
        return open_agreement(**wanted | facts)

    return opening


def test_it_begins_exploratory_seen_by_its_parties_and_leaves_a_trace(
    opened, maputo, curitiba, counterpart, stranger
):
    agreement = opened()
    assert (agreement.reference, agreement.state) == ("BRMZ-2009-001", "exploratory")
    assert agreement.title == {"pt": "Resíduos"}
    assert [party.entity for party in agreement.parties.all()] == [maputo, curitiba]
    trace = Trace.objects.get(act="agreements:agreement:open")
    assert (trace.body_id, trace.facts["parties"]) == (maputo.pk, [maputo.pk, curitiba.pk])
    assert list(agreements_of(reader_of(counterpart, on=A_DAY))) == [agreement]
    assert not agreements_seen_by(reader_of(stranger, on=A_DAY)).exists()


def test_references_go_on_within_a_year_and_begin_anew_with_the_next(opened):
    first, second = opened(), opened()
    later = opened(at=A_MOMENT.replace(year=2010))
    told = [one.reference for one in (first, second, later)]
    assert told == ["BRMZ-2009-001", "BRMZ-2009-002", "BRMZ-2010-001"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"partners": []}, NotTwoParties),
        ({"title": {"pt": "  "}}, NoTitle),
        ({"languages": []}, NotInTwoLanguages),
        ({"languages": ["pt", "pt"]}, NotInTwoLanguages),
        ({"languages": ["pt", "fr", "en"]}, NotInTwoLanguages),
        ({"languages": ["pt", "tlh"]}, NotInTwoLanguages),
        ({"admits_members": True}, NotAnUmbrella),
    ],
)
def test_what_makes_no_agreement_is_refused_and_leaves_nothing(opened, facts, refusal):
    with pytest.raises(refusal):
        opened(**facts)
    assert not Agreement.objects.exists()
    assert not Trace.objects.exists()


def test_a_party_is_named_once(opened, maputo):
    with pytest.raises(NotTwoParties):
        opened(partners=[maputo])


def test_a_contact_of_others_is_no_beginning(opened, maputo, curitiba):
    opened(introduction=IntroductionFactory(asker=curitiba, asked=maputo))
    with pytest.raises(NotTheSameContact):
        opened(introduction=IntroductionFactory(asker=maputo))


def test_who_may_not_draft_for_the_body_opens_nothing(opened, maputo, counterpart):
    for person in (counterpart, entrusted(maputo, "technician"), entrusted(maputo, "approver")):
        with pytest.raises(NotAllowed):
            opened(by=person)


def test_kinds_that_rest_on_another_agreement_name_it(opened, maputo):
    for kind in (AgreementKind.ADDENDUM, AgreementKind.ADHESION):
        with pytest.raises(Exception, match=r"amends|adheres"):
            opened(kind=kind)


def umbrella(maputo, **facts):
    """An umbrella of two associations; Maputo is a member of the first."""
    ours, theirs = (EntityFactory(association=True, country__code=code) for code in ("MZ", "BR"))
    MembershipFactory(member=maputo, group=ours)
    wanted = {"binding": True, "admits_members": True, "drafter": theirs, "partners": [ours]}
    return AgreementFactory(**wanted | facts)


def test_an_umbrella_in_force_is_open_to_the_members_of_its_parties(maputo, curitiba):
    agreement = umbrella(maputo)
    assert list(umbrellas_open_to(maputo, on=A_DAY)) == [agreement]
    assert not umbrellas_open_to(curitiba, on=A_DAY).exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"admits_members": False},
        {"state": "suspended"},
        {"ends_on": A_DAY - dt.timedelta(days=1)},
        {"in_force_from": A_DAY + dt.timedelta(days=1)},
    ],
)
def test_an_umbrella_that_does_not_bind_or_not_admit_is_open_to_nobody(maputo, facts):
    umbrella(maputo, **facts)
    assert not umbrellas_open_to(maputo, on=A_DAY).exists()


def test_a_member_drafts_under_the_umbrella_and_adheres_alone(opened, maputo):
    above = umbrella(maputo)
    below = opened(umbrella=above)
    joining = opened(umbrella=above, kind=AgreementKind.ADHESION, partners=[])
    assert list(above.members.order_by("pk")) == [below, joining]


def test_who_is_no_member_does_not_draft_under_the_umbrella(opened, curitiba):
    above = umbrella(curitiba)
    with pytest.raises(NotCovered):
        opened(umbrella=above)


def test_an_addendum_is_between_the_same_and_only_to_what_was_signed(
    maputo, curitiba, officer, stranger, world
):
    agreement = AgreementFactory(
        drafter=curitiba, partners=[maputo], observers=[world.body("Seattle")], binding=True
    )
    facts = {"amends": agreement, "title": {"en": "More streets"}, "at": A_MOMENT}
    addendum = open_addendum(**facts, drafter=maputo, by=officer)
    roles = {party.entity.name: party.role for party in addendum.parties.all()}
    assert roles == {"Maputo": "party", "Curitiba": "party", "Seattle": "observer"}
    with pytest.raises(NotSigned):
        open_addendum(**facts, drafter=world.body("Seattle"), by=stranger)
    agreement.state = "negotiating"
    agreement.save()
    with pytest.raises(NotSigned):
        open_addendum(**facts, drafter=maputo, by=officer)


def test_who_joins_by_an_addendum_is_a_party_of_it(maputo, curitiba, officer, world):
    agreement = AgreementFactory(drafter=curitiba, partners=[maputo], binding=True)
    facts = {"amends": agreement, "title": {"en": "A third city"}, "at": A_MOMENT}
    joining = [world.body("Seattle")]
    addendum = open_addendum(**facts, drafter=maputo, changes=Changes(joining=joining), by=officer)
    roles = {party.entity.name: party.role for party in addendum.parties.all()}
    assert roles == {"Maputo": "party", "Curitiba": "party", "Seattle": "party"}
    assert not agreement.parties.filter(entity=joining[0]).exists()
