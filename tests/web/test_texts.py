"""The pages of a text: written, checked, numbered, compared and agreed by those who take part."""

import pytest

from entrecidades.agreements import services
from entrecidades.agreements.choices import AgreementStep
from entrecidades.agreements.models import Remark, Text
from entrecidades.agreements.text_rules import seal_of
from entrecidades.network.services import Seen
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.agreements import TextFactory
from tests.web.pages import HOSTILE, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def page(text):
    return f"/en/agreements/{text.agreement.public_id}/text/"


def shown_in(response):
    """What the form says that its editor was shown."""
    return response.content.decode().split('name="shown" value="')[1].split('"')[0]


def fresh(text):
    return Text.objects.select_related("agreement").get(pk=text.pk)


def seen(text, key):
    return Seen(text.version, text.clause(key).units())


def said(text, key, **units):
    return {**text.clause(key).units(), **units}


def test_strangers_log_in_and_others_find_nothing(client, page, text, stranger):
    assert client.get(page).status_code == 302
    client.force_login(stranger)
    key = text.keys[0]
    for path in ("", "begin/", f"clauses/{key}/", "clauses/new/", "versions/1/", "compare/"):
        assert client.get(page + path).status_code == 404, path
    for path in ("number/", "reopen/", f"clauses/{key}/act/", f"clauses/{key}/remark/"):
        assert client.post(page + path).status_code == 404, path
    text.agreement.visibility, text.agreement.signed_on = 40, A_DAY
    text.agreement.save()
    assert client.get(page).status_code == 404


def test_a_text_begins_from_a_model_with_what_the_agreement_says(inside, agreement, maputo):
    page = f"/en/agreements/{agreement.public_id}/text/"
    assert inside.get(page)["Location"] == f"{page}begin/"
    assert "Memorandum of understanding, 14 clauses" in text_of(inside.get(f"{page}begin/"))
    assert inside.post(f"{page}begin/", {"model": "nothing"}).status_code == 422
    assert inside.post(f"{page}begin/", {"model": "memorandum"})["Location"] == page
    told = text_of(inside.get(page))
    assert maputo.name_in() in told
    assert "have the text confirmed by your legal service" in told
    assert inside.get(f"{page}begin/")["Location"] == page


def test_clauses_stand_side_by_side_and_say_who_has_checked_them(inside, page, text, ours):
    told = text_of(inside.get(page))
    for words in ("Cláusula 1 (pt)", "Cláusula 1 (pt-br)", "0 of 4", "not checked"):
        assert words in told
    key = text.keys[0]
    act = f"{page}clauses/{key}/act/"
    sent = {"check": ours.pk, "seal": seal_of(text.clause(key), text.codes)}
    assert inside.post(act, sent)["Location"] == f"{page}#c-{key}"
    assert "1 of 4" in text_of(inside.get(page))
    write = f"{page}clauses/{key}/"
    shown = shown_in(inside.get(write))
    inside.post(write, said(text, key, **{"heading.pt": "Objeto"}) | {"shown": shown})
    assert "0 of 4" in text_of(inside.get(page))
    assert inside.post(act, sent).status_code == 422  # of the words that were there before


def test_of_two_who_write_the_same_words_the_second_chooses(inside, page, text, counterpart):
    key = text.keys[0]
    write = f"{page}clauses/{key}/"
    shown = shown_in(inside.get(write))
    services.write_clause(
        text=text,
        key=key,
        seen=seen(text, key),
        said={"heading.pt": "Finalidade"},
        by=counterpart,
        at=A_MOMENT,
    )
    mine = said(text, key, **{"heading.pt": "Objeto", "body.pt": "Cooperar."})
    response = inside.post(write, mine | {"shown": shown})
    assert response.status_code == 409
    told = text_of(response)
    assert "Finalidade" in told
    assert "Objeto" in response.content.decode()
    again = mine | {"shown": shown_in(response)}
    assert inside.post(write, again).status_code == 409  # nothing chosen yet
    assert inside.post(write, again | {"keep:heading.pt": "mine"}).status_code == 302
    assert fresh(text).clause(key).heading["pt"] == "Objeto"
    assert fresh(text).clause(key).body["pt"] == "Cooperar."


def test_a_clause_is_added_moved_unnumbered_and_taken_out(inside, page, text):
    first, second = text.keys[:2]
    sent = {"heading.pt": "Anexo", "body.pt": "Lista.", "unnumbered": "1"}
    response = inside.post(f"{page}clauses/new/?after={first}", sent)
    new = fresh(text).keys[1]
    assert response["Location"] == f"{page}#c-{new}"
    assert fresh(text).clause(new).numbered is False
    act = f"{page}clauses/{new}/act/"
    inside.post(act, {"numbered": "1"})
    inside.post(act, {"move": "up"})
    assert fresh(text).keys[:3] == [new, first, second]
    inside.post(act, {"move": "down"})
    assert fresh(text).keys[:3] == [first, new, second]
    looked = seal_of(fresh(text).clause(new), text.codes)
    inside.post(act, {"remove": "1", "seal": looked})
    assert new not in fresh(text).keys
    assert inside.post(act, {"move": "up"}).status_code == 404


def test_a_remark_is_made_and_settled(inside, page, text):
    key = text.keys[0]
    response = inside.post(f"{page}clauses/{key}/remark/", {"words": ""})
    assert response.status_code == 422
    party = text.agreement.parties.first().pk
    sent = {"words": "Why *four*?", "party": party}
    assert inside.post(f"{page}clauses/{key}/remark/", sent).status_code == 302
    assert "1 open remark" in text_of(inside.get(page))
    assert "<em>four</em>" in inside.get(f"{page}clauses/{key}/").content.decode()
    settle = f"{page}remarks/{Remark.objects.get().public_id}/settle/"
    assert inside.post(settle, {"state": "nonsense"}).status_code == 422
    assert inside.post(settle, {"state": "taken_up"}).status_code == 302
    assert inside.post(settle, {"state": "closed"}).status_code == 422


def test_versions_are_compared_word_by_word(inside, page, text, officer):
    assert "No version has been numbered yet" in text_of(inside.get(f"{page}compare/"))
    assert inside.post(f"{page}number/", {"note": "First."}).status_code == 302
    assert inside.post(f"{page}number/").status_code == 422
    key = text.keys[1]
    services.write_clause(
        text=text,
        key=key,
        seen=seen(text, key),
        said={"body.pt": "Corpo novo (pt)."},
        by=officer,
        at=A_MOMENT,
    )
    told = inside.get(f"{page}compare/?from=1").content.decode()
    assert "novo</ins>" in told
    assert "2</del>" in told
    assert text_of(inside.get(f"{page}compare/?from=1&to=1")).count("Both say the same") == 1
    for words in HOSTILE:
        assert inside.get(f"{page}compare/", {"from": words, "to": words}).status_code == 200


def test_a_text_is_agreed_by_both_and_no_longer_written(inside, page, text, officer, counterpart):
    version = services.number_version(text=text, note="", by=officer, at=A_MOMENT)
    agree = f"{page}versions/1/agree/"
    parties = list(text.agreement.parties.all())
    assert inside.post(agree, {"party": parties[0].pk}).status_code == 422  # nothing is checked
    for party, person in zip(parties, (officer, counterpart), strict=True):
        for key in text.keys:
            seal = seal_of(text.clause(key), text.codes)
            services.check_meaning(
                text=text, key=key, party=party, seal=seal, by=person, at=A_MOMENT
            )
    assert inside.post(agree, {"party": parties[0].pk}).status_code == 302
    assert inside.post(agree, {"party": parties[1].pk}).status_code == 422
    services.agree_to_text(version=version, party=parties[1], by=counterpart, at=A_MOMENT)
    assert "All parties have agreed" in text_of(inside.get(page))
    assert version.digest in text_of(inside.get(f"{page}versions/1/"))
    assert "Add a clause" not in text_of(inside.get(page))
    key = text.keys[0]
    shown = {"shown": ""}
    assert inside.post(f"{page}clauses/{key}/", said(text, key) | shown).status_code == 422
    assert inside.post(f"{page}reopen/").status_code == 422  # the agreement has gone on
    services.take_agreement_step(
        agreement_id=text.agreement_id, step=AgreementStep.REOPEN, by=officer, at=A_MOMENT
    )
    assert "Add a clause" in text_of(inside.get(page))


def test_who_reads_but_does_not_negotiate_writes_nothing(client, page, text, maputo):
    client.force_login(entrusted(maputo, "technician"))
    assert "Number it" not in text_of(client.get(page))
    assert client.post(f"{page}number/").status_code == 422
    key = text.keys[0]
    assert client.get(f"{page}clauses/{key}/").status_code == 200
    for sent in ({"check": text.agreement.parties.first().pk}, {"move": "up"}, {"remove": "1"}):
        assert client.post(f"{page}clauses/{key}/act/", sent).status_code == 422


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_break_nothing(inside, page, text, words):
    key = text.keys[0]
    for path, names in {
        f"clauses/{key}/": ["heading.pt", "body.pt", "shown", "keep:heading.pt"],
        f"clauses/{key}/act/": ["check", "uncheck", "move", "remove", "seal", "numbered"],
        f"clauses/{key}/remark/": ["words", "party"],
        "clauses/new/": ["heading.pt", "body.pt", "body.tlh"],
        "number/": ["note"],
        "versions/1/agree/": ["party"],
    }.items():
        for name in names:
            response = inside.post(page + path, {name: words})
            assert response.status_code in {302, 404, 409, 422}, (path, name)
    assert inside.get(page).status_code == 200
    assert inside.get(f"{page}clauses/new/", {"after": words}).status_code == 200


def test_a_page_costs_as_many_questions_however_long_the_text_is(
    inside, agreement, django_assert_max_num_queries
):
    TextFactory(agreement=agreement, count=60)
    with django_assert_max_num_queries(40):
        inside.get(f"/en/agreements/{agreement.public_id}/text/")


def test_the_signed_words_are_read_by_whoever_sees_the_agreement_and_nobody_before(
    client, agreement, text, officer
):
    version = services.number_version(text=text, note="", by=officer, at=A_MOMENT)
    read = f"/en/agreements/{agreement.public_id}/text/read/"
    text.agreed = version
    text.save()
    client.force_login(officer)
    assert client.get(read).status_code == 404  # agreed, and not signed yet
    agreement.state, agreement.signed_on, agreement.in_force_from = "in_force", A_DAY, A_DAY
    agreement.save()
    assert version.digest in text_of(client.get(read))
    client.logout()
    assert client.get(read).status_code == 404  # its parties have not shared it
    agreement.visibility = 40
    agreement.save()
    told = text_of(client.get(read))
    assert "Cláusula 1 (pt-br)" in told
    assert "Read the text" in text_of(client.get(agreement.get_absolute_url()))
