"""A claim is proven by a letter, granted by the body's own domain or its association, once."""

import datetime as dt

import pytest

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import MandateRole
from entrecidades.audit.models import Trace
from entrecidades.network.choices import ClaimState
from entrecidades.network.domains import domain_of_website, zones
from entrecidades.network.models import Claim, Entity
from entrecidades.network.rules import NotAllowed, NotOpen
from entrecidades.network.selectors import may
from entrecidades.network.selectors.joining import claims_waiting_for, is_own_address
from entrecidades.network.services import decide_claim, know_domain, prove_claim, start_claim
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT, BEFORE
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory, MembershipFactory, PlaceFactory
from tests.network.joining import holding_role
from tests.race import at_once

THREE_DAYS = dt.timedelta(days=3)


@pytest.fixture
def torino(anci):
    city = EntityFactory(
        name="Torino", country__code="IT", website="https://www.comune.torino.it/servizi"
    )
    MembershipFactory(member=city, group=anci, valid_from=BEFORE)
    return city


@pytest.fixture
def decider(anci):
    return holding_role(anci, MandateRole.COORDINATOR, email="coordinator@anci.example")


def claimed(subject, email="ana@comune.torino.it", at=A_MOMENT):
    facts = {"name": "Ana", "post": "International relations", "language": "it"}
    return start_claim(subject=subject, email=email, at=at, **facts)


def prove(claim, at=A_MOMENT):
    return prove_claim(claim=claim, at=at)[0]


def test_an_address_of_the_bodys_own_domain_makes_her_its_administrator(torino):
    claim = prove(claimed(torino))
    assert claim.state == ClaimState.GRANTED
    assert may(claim.person, Permission.INVITE, torino, on=A_DAY)
    assert not claim.person.has_usable_password()
    acts = list(Trace.objects.values_list("act", flat=True))
    assert acts.count("network:claim:make") == acts.count("network:claim:grant") == 1


def test_nothing_is_granted_before_the_letter_is_answered(torino):
    claimed(torino)
    assert not Person.objects.exists()
    assert Job.objects.get().name == "network.tell_of_claim"


@pytest.mark.parametrize(
    "email",
    [
        "ana@torino.it",
        "ana@xcomune.torino.it",
        "ana@comune.torino.it.evil.example",
        "comune.torino.it@gmail.com",
        "ana@comune.milano.it",
        '"x@comune.torino.it"@evil.example',
    ],
)
def test_any_other_address_waits_for_the_association(torino, anci, decider, email):
    claim = prove(claimed(torino, email))
    assert (claim.state, claim.association) == (ClaimState.WAITING, anci)
    assert not Person.objects.exclude(pk=decider.pk).exists()
    assert list(claims_waiting_for(decider, on=A_DAY)) == [claim]
    assert Job.objects.filter(name="network.tell_of_waiting_claim").count() == 1


def test_without_an_association_that_is_staffed_the_operator_decides(torino):
    claim = prove(claimed(torino, "ana@gmail.com"))
    assert (claim.state, claim.association) == (ClaimState.WAITING, None)
    granted = decide_claim(claim=claim, grant=True, reason="known", by=None, at=A_MOMENT)
    assert may(granted.person, Permission.INVITE, torino, on=A_DAY)


@pytest.fixture
def orphan(torino):
    return prove(claimed(torino, "ana@gmail.com"))


def test_where_no_association_decides_two_operators_say_yes(orphan, torino):
    one, other = PersonFactory(is_staff=True), PersonFactory(is_staff=True)
    assert list(claims_waiting_for(one, on=A_DAY)) == [orphan]
    assert decide(orphan, one).state == ClaimState.WAITING
    with pytest.raises(NotAllowed):
        decide(orphan, one)
    granted = decide(orphan, other)
    assert may(granted.person, Permission.INVITE, torino, on=A_DAY)
    acts = Trace.objects.filter(act__startswith="network:claim:").order_by("pk")
    assert list(acts.values_list("act", "by_id"))[-2:] == [
        ("network:claim:back", one.pk),
        ("network:claim:grant", other.pk),
    ]


def test_one_operator_is_enough_for_a_no(orphan):
    declined = decide(orphan, PersonFactory(is_staff=True), grant=False, reason="Unknown there.")
    assert declined.state == ClaimState.DECLINED


def test_nobody_but_another_operator_decides_where_no_association_does(orphan, decider):
    herself = PersonFactory(email="ana@gmail.com", is_staff=True)
    for by in (decider, PersonFactory(), herself):
        with pytest.raises(NotAllowed):
            decide(orphan, by)
        with pytest.raises(NotAllowed):
            decide(orphan, by, grant=False, reason="Mine.")
    assert not claims_waiting_for(PersonFactory(), on=A_DAY).exists()


def test_operators_have_no_word_where_an_association_decides(waiting):
    operator = PersonFactory(is_staff=True)
    assert not claims_waiting_for(operator, on=A_DAY).exists()
    with pytest.raises(NotAllowed):
        decide(waiting, operator)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_yeses_of_one_operator_at_once_are_one(orphan):
    operator = PersonFactory(is_staff=True)
    at_once(lambda _n: decide(orphan, operator), times=4)
    orphan.refresh_from_db()
    assert (orphan.state, orphan.backed_by) == (ClaimState.WAITING, operator)


def test_after_three_days_the_link_is_too_old(torino):
    with pytest.raises(NotOpen):
        prove(claimed(torino), at=A_MOMENT + THREE_DAYS)
    assert not Person.objects.exists()


def test_proving_twice_is_proving_once(torino):
    claim = claimed(torino)
    assert prove(claim).person == prove(claim).person
    assert Person.objects.count() == 1


def test_a_body_somebody_acts_for_is_not_claimed(torino):
    holding_role(torino, MandateRole.ADMIN)
    with pytest.raises(NotOpen):
        prove(claimed(torino))


def test_a_city_that_is_not_registered_is_when_the_claim_is_proven(db):
    place = PlaceFactory(name="Nampula", country__code="MZ")
    claim = claimed(place, "ana@gmail.com")
    assert not Entity.objects.exists()
    assert prove(claim).entity.seat == place


@pytest.fixture
def waiting(torino, decider):
    return prove(claimed(torino, "ana@torinocitta.example"))


def decide(claim, by, *, grant=True, reason=""):
    return decide_claim(claim=claim, grant=grant, reason=reason, by=by, at=A_MOMENT)


def test_the_coordinator_says_yes(waiting, torino, decider):
    claim = decide(waiting, decider)
    assert may(claim.person, Permission.INVITE, torino, on=A_DAY)
    assert Job.objects.filter(name="network.tell_of_decided_claim").count() == 1


def test_a_no_needs_a_reason_and_gives_nothing(waiting, decider):
    with pytest.raises(NotOpen):
        decide(waiting, decider, grant=False, reason="  ")
    claim = decide(waiting, decider, grant=False, reason="Not in our registers.")
    assert (claim.state, claim.person) == (ClaimState.DECLINED, None)
    assert not Person.objects.filter(email=claim.email).exists()


def test_it_is_decided_once(waiting, decider):
    decide(waiting, decider, grant=False, reason="No.")
    with pytest.raises(NotOpen):
        decide(waiting, decider)


@pytest.mark.parametrize("role", [MandateRole.OFFICER, MandateRole.TECHNICIAN])
def test_who_may_not_decide_does_not(waiting, anci, role):
    with pytest.raises(NotAllowed):
        decide(waiting, holding_role(anci, role))


def test_the_coordinator_of_another_association_does_not(waiting):
    other = EntityFactory(name="Other", association=True, country__code="IT")
    person = holding_role(other, MandateRole.COORDINATOR)
    assert not claims_waiting_for(person, on=A_DAY).exists()
    with pytest.raises(NotAllowed):
        decide(waiting, person)


def test_a_domain_the_association_knows_proves_the_next_claim(waiting, torino, decider):
    know_domain(claim=waiting, by=decider, at=A_MOMENT)
    assert is_own_address(torino, "eva@torinocitta.example")
    assert not is_own_address(EntityFactory(name="Milano"), "eva@torinocitta.example")


def test_a_domain_where_anybody_has_an_address_is_nobodys_own(torino, decider):
    claim = prove(claimed(torino, "ana@gmail.com"))
    with pytest.raises(NotOpen, match=r"gmail\.com"):
        know_domain(claim=claim, by=decider, at=A_MOMENT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_prove_at_once_one_becomes_the_administrator(torino):
    claims = [claimed(torino, f"{name}@comune.torino.it") for name in ("ana", "eva")]
    at_once(lambda number: prove(claims[number]), times=2)
    assert Claim.objects.filter(state=ClaimState.GRANTED).count() == 1
    assert torino.mandates.count() == 1


@pytest.mark.parametrize("country", zones()["zones"])
def test_the_zone_itself_is_nobodys_and_a_name_below_it_is_one_bodys(country):
    for zone in zones()["zones"][country]:
        itself = domain_of_website(f"https://{zone}", country=country)
        assert itself is None or not itself.wide
        below = domain_of_website(f"https://a.b.{zone}", country=country)
        assert below.name == f"b.{zone}"
        assert not below.holds(f"x@c.{zone}")
