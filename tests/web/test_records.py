"""The page of a record that names two sides: what both say of it, and who may say it."""

import pytest

from entrecidades.network.models import Partnership, Statement
from entrecidades.queue.models import Job
from tests.factories.network import HomologueFactory, MembershipFactory, PartnershipFactory
from tests.web.pages import HOSTILE, text_of


@pytest.fixture
def pair(maputo, curitiba):
    return PartnershipFactory(one=maputo.seat, other=curitiba.seat, first_year=1999)


def word(body, stance="confirms", **said):
    return {"entity": str(body.public_id), "stance": stance, "language": "pt", **said}


def test_everybody_reads_what_both_sides_say(client, pair):
    page = text_of(client.get(pair.get_absolute_url()))
    assert page.count("has not spoken yet") == 2
    assert 'name="stance"' not in page


def test_an_officer_confirms_and_the_other_side_is_told(
    client, pair, maputo, officer, counterpart
):
    client.force_login(officer)
    response = client.post(f"{pair.get_absolute_url()}say/", word(maputo), follow=True)
    assert "Confirmed by one side" in text_of(response)
    job = Job.objects.get(name="network.tell_other_side")
    assert job.facts == {"statement_id": Statement.objects.get().pk, "stance": "confirms"}


def test_the_difference_is_shown_to_strangers_too(client, pair, curitiba, counterpart):
    client.force_login(counterpart)
    said = word(curitiba, "differs", first_year="2001", note="Foi em 2001.")
    assert client.post(f"{pair.get_absolute_url()}say/", said).status_code == 302
    client.logout()
    page = text_of(client.get(pair.get_absolute_url()))
    assert "Disputed" in page
    assert all(words in page for words in ("1999", "2001", "Foi em 2001."))


@pytest.mark.parametrize("wrong", [{"stance": "perhaps"}, {"stance": ""}, {"entity": "x"}])
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(client, pair, maputo, officer, wrong):
    client.force_login(officer)
    sent = word(maputo) | {"note": "As we wrote."} | wrong
    response = client.post(f"{pair.get_absolute_url()}say/", sent)
    assert response.status_code == 422
    assert "As we wrote." in text_of(response)
    assert not Statement.objects.exists()


def test_for_those_it_does_not_name_there_is_nothing_to_say(client, pair, maputo, stranger):
    client.force_login(stranger)
    assert client.post(f"{pair.get_absolute_url()}say/", word(maputo)).status_code == 404


@pytest.mark.parametrize("make", [MembershipFactory, HomologueFactory])
def test_ties_of_bodies_have_their_page_in_either_order(client, maputo, anci, make):
    ends = dict(zip(make._meta.model.SIDES, (maputo, anci), strict=True))
    address = make(**ends).get_absolute_url()
    *_, kind, country, slug, there, other, _end = address.split("/")
    assert client.get(address).status_code == 200
    swapped = f"/en/records/{kind}/{there}/{other}/{country}/{slug}/"
    assert client.get(swapped).status_code == 200


@pytest.mark.parametrize("kind", ["nonsense", "membership", "homologue"])
def test_what_is_no_record_is_not_there(client, pair, kind):
    address = pair.get_absolute_url().replace("/partnership/", f"/{kind}/")
    assert client.get(address).status_code == 404


def test_an_officer_declares_a_partnership(client, maputo, officer, world):
    client.force_login(officer)
    sent = {"entity": str(maputo.public_id), "partner": "fr/lyon", "first_year": "2007"}
    response = client.post("/en/partnerships/new/", sent, follow=True)
    assert "Confirmed by one side" in text_of(response)
    assert Partnership.objects.get(first_year=2007).sources == ["declared"]


@pytest.mark.parametrize("partner", [*HOSTILE, "", "Lyons", "mz/maputo", "br/curitiba"])
def test_a_partner_that_is_unclear_or_known_is_told(client, pair, maputo, officer, partner):
    client.force_login(officer)
    sent = {"entity": str(maputo.public_id), "partner": partner}
    assert client.post("/en/partnerships/new/", sent).status_code == 422
    assert not Partnership.objects.filter(sources=["declared"]).exists()


def test_who_differs_without_saying_how_is_asked_to(client, pair, maputo, officer):
    client.force_login(officer)
    response = client.post(f"{pair.get_absolute_url()}say/", word(maputo, "differs"))
    assert response.status_code == 422
    assert "Say what is different." in text_of(response)
