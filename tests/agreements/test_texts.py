"""A text is written by its parties, checked by each, numbered, agreed; then it stays as it is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.agreements import services
from entrecidades.agreements.choices import AgreementStep
from entrecidades.agreements.models import Remark, Text, Version
from entrecidades.agreements.selectors import agreed_version, checked, parties_of, texts_of
from entrecidades.agreements.text_rules import (
    ChangedSince,
    HasText,
    NoSuchClause,
    NotAParty,
    NotChecked,
    NothingNew,
    NotTheLatest,
    NotWhole,
    NotWritable,
    Settled,
    TooLong,
    seal_of,
)
from entrecidades.audit.models import Trace
from entrecidades.engines.wording.clauses import Clause
from entrecidades.network.choices import Visibility
from entrecidades.network.rules import EditedMeanwhile, NotAllowed
from entrecidades.network.selectors import reader_of
from entrecidades.network.services import Seen
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.agreements import AgreementFactory, PartyFactory, TextFactory

A, B = "heading.pt", "body.pt-br"


def seen(text, key):
    return Seen(text.version, text.clause(key).units())


def seal(text, key):
    return seal_of(text.clause(key), text.codes)


def fresh(text):
    return Text.objects.select_related("agreement").get(pk=text.pk)


def write(text, key, said, by, *, was=None):
    return services.write_clause(
        text=text, key=key, seen=was or seen(text, key), said=said, by=by, at=A_MOMENT
    )


def check(text, key, party, by):
    return services.check_meaning(
        text=text, key=key, party=party, seal=seal(text, key), by=by, at=A_MOMENT
    )


def check_all(text, party, by):
    for key in text.keys:
        check(text, key, party, by)


def number(text, by, note=""):
    return services.number_version(text=text, note=note, by=by, at=A_MOMENT)


def agree(version, party, by):
    return services.agree_to_text(version=version, party=party, by=by, at=A_MOMENT)


def test_a_text_begins_once_with_keys_of_its_own(agreement, officer, counterpart):
    clauses = [Clause("model-1", {"pt": "Objeto"}, {"pt": "  Cooperar. ", "fr": "x"}), Clause("b")]
    facts = {"agreement": agreement, "title": {"pt": "Acordo"}, "clauses": clauses, "at": A_MOMENT}
    text = services.begin_text(**facts, by=officer, model="memorandum")
    first, second = text.in_words().clauses
    assert (first.heading, first.body) == ({"pt": "Objeto"}, {"pt": "Cooperar."})
    assert len({first.key, second.key, "model-1"}) == 3
    assert Trace.objects.get(act="agreements:text:begin").facts["clauses"] == 2
    with pytest.raises(HasText):
        services.begin_text(**facts, by=counterpart)


def test_only_who_drafts_for_a_party_writes(text, stranger, maputo, world):
    PartyFactory(agreement=text.agreement, entity=world.body("Seattle"), role="observer")
    for person in (stranger, entrusted(maputo, "technician"), entrusted(maputo, "approver")):
        with pytest.raises(NotAllowed):
            write(text, text.keys[0], {A: "x"}, person)


def test_only_those_who_take_part_read_it(text, officer, stranger):
    text.agreement.visibility, text.agreement.signed_on = Visibility.PUBLIC, A_DAY
    text.agreement.save()
    assert texts_of(reader_of(officer, on=A_DAY)).get() == text
    assert not texts_of(reader_of(stranger, on=A_DAY)).exists()


def test_two_who_write_different_words_of_a_clause_are_both_kept(text, officer, counterpart):
    key = text.keys[0]
    was = seen(text, key)
    write(text, key, {A: "Objeto"}, officer, was=was)
    done = write(text, key, {B: "Cooperar."}, counterpart, was=was)
    assert done.theirs == (A,)
    assert fresh(text).clause(key).units() == {**was.units, A: "Objeto", B: "Cooperar."}
    assert Trace.objects.filter(act="agreements:text:edit").count() == 2


def test_the_second_who_writes_the_same_words_is_shown_both(text, officer, counterpart):
    key = text.keys[0]
    was = seen(text, key)
    write(text, key, {A: "Objeto"}, officer, was=was)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        write(text, key, {A: "Finalidade"}, counterpart, was=was)
    (clash,) = meanwhile.value.merged.clashes
    assert (clash.theirs, clash.mine) == ("Objeto", "Finalidade")
    assert fresh(text).clause(key).heading["pt"] == "Objeto"


def test_who_does_not_say_what_she_saw_overwrites_nothing(text, officer):
    with pytest.raises(EditedMeanwhile):
        write(text, text.keys[0], {A: "x"}, officer, was=Seen(0, None))


def test_writing_the_same_leaves_no_trace(text, officer):
    key = text.keys[0]
    assert write(text, key, text.clause(key).units(), officer).changed == ()
    assert fresh(text).version == 1
    assert not Trace.objects.exists()


def test_the_title_is_written_as_a_clause_is(text, officer):
    was = Seen(1, {f"heading.{code}": words for code, words in text.title.items()})
    write(text, services.TITLE, {"heading.pt": "Protocolo"}, officer, was=was)
    assert fresh(text).title["pt"] == "Protocolo"


def test_a_clause_is_added_moved_and_taken_out(text, officer):
    first, second = text.keys[:2]
    said = {"body.pt": "Novo.", "body.pt-br": "Novo."}
    new = services.add_clause(text=text, after=first, said=said, by=officer, at=A_MOMENT)
    assert fresh(text).keys[:3] == [first, new.key, second]
    services.move_clause(text=text, key=new.key, after="", by=officer, at=A_MOMENT)
    assert fresh(text).keys[0] == new.key
    text = services.remove_clause(
        text=text, key=first, seal=seal(text, first), by=officer, at=A_MOMENT
    )
    assert first not in fresh(text).keys
    with pytest.raises(NoSuchClause):
        services.move_clause(text=text, key=first, after="", by=officer, at=A_MOMENT)
    services.number_clause(text=text, key=second, numbered=False, by=officer, at=A_MOMENT)
    assert fresh(text).clause(second).numbered is False


def test_a_clause_that_was_changed_meanwhile_is_not_taken_out(text, officer, counterpart):
    key, looked = text.keys[0], seal(text, text.keys[0])
    write(text, key, {A: "Objeto"}, counterpart)
    with pytest.raises(ChangedSince):
        services.remove_clause(text=text, key=key, seal=looked, by=officer, at=A_MOMENT)


def test_a_clause_that_was_taken_out_meanwhile_takes_no_words(text, officer, counterpart):
    key = text.keys[0]
    was = seen(text, key)
    services.remove_clause(text=text, key=key, seal=seal(text, key), by=counterpart, at=A_MOMENT)
    with pytest.raises(NoSuchClause):
        write(text, key, {A: "x"}, officer, was=was)


@pytest.mark.parametrize("unit", [A, B, "heading.pt-br", "body.pt"])
def test_a_check_falls_away_with_any_word_of_any_language(text, ours, officer, counterpart, unit):
    key = text.keys[0]
    check(text, key, ours, officer)
    assert checked(fresh(text), [ours])[0].by == [ours]
    write(text, key, {unit: "Outra coisa."}, counterpart)
    assert checked(fresh(text), [ours])[0].by == []


def test_nobody_checks_words_that_she_has_not_read(text, ours, officer, counterpart):
    key, read = text.keys[0], seal(text, text.keys[0])
    write(text, key, {A: "Objeto"}, counterpart)
    with pytest.raises(ChangedSince):
        services.check_meaning(text=text, key=key, party=ours, seal=read, by=officer, at=A_MOMENT)


def test_a_clause_with_a_gap_is_not_checked(text, ours, officer):
    key = text.keys[0]
    for words in ("", "Vigora por […] anos."):
        text = write(text, key, {B: words}, officer).text
        with pytest.raises(NotWhole):
            check(text, key, ours, officer)


def test_each_side_checks_for_itself(text, ours, theirs, officer, counterpart):
    with pytest.raises(NotAllowed):
        check(text, text.keys[0], theirs, officer)
    with pytest.raises(NotAParty):
        check(text, text.keys[0], PartyFactory(), officer)
    check(text, text.keys[0], theirs, counterpart)
    services.take_check_back(
        text=text, key=text.keys[0], party=theirs, by=counterpart, at=A_MOMENT
    )
    assert not text.checks.exists()


def test_versions_are_numbered_and_say_their_hash(text, officer):
    first = number(text, officer, "To begin with.")
    assert (first.number, first.is_intact, len(first.digest)) == (1, True, 64)
    with pytest.raises(NothingNew):
        number(text, officer)
    write(text, text.keys[0], {A: "Objeto"}, officer)
    second = number(fresh(text), officer)
    assert second.number == 2
    assert second.digest != first.digest
    write(fresh(text), text.keys[1], {A: "Partes"}, officer)
    with pytest.raises(TooLong):
        number(text, officer, "x" * 501)


def test_a_version_is_never_written_again(text, officer):
    version = number(text, officer)
    version.title = {"pt": "Outro"}
    with pytest.raises(NotWritable):
        version.save()
    with pytest.raises(NotWritable):
        Version.objects.filter(pk=version.pk).update(digest="0" * 64)
    Version._base_manager.filter(pk=version.pk).update(title={"pt": "Outro"})
    assert not Version.objects.get().is_intact


def test_a_text_is_agreed_when_all_have_said_yes_and_then_it_stays(
    text, ours, theirs, officer, counterpart
):
    version = number(text, officer)
    check_all(text, ours, officer)
    check_all(text, theirs, counterpart)
    agree(version, ours, officer)
    assert agreed_version(text.agreement) is None
    write(fresh(text), text.keys[0], {}, officer)  # nothing is agreed yet: it can be written
    agree(version, theirs, counterpart)
    assert agreed_version(text.agreement) == version
    acts = (
        lambda: write(fresh(text), text.keys[0], {A: "x"}, officer),
        lambda: services.add_clause(text=text, after="", said={}, by=officer, at=A_MOMENT),
        lambda: services.move_clause(
            text=text, key=text.keys[0], after="", by=officer, at=A_MOMENT
        ),
        lambda: check(text, text.keys[0], ours, officer),
        lambda: number(text, officer),
    )
    for act in acts:
        with pytest.raises(NotWritable):
            act()
    services.take_agreement_step(
        agreement_id=text.agreement_id, step=AgreementStep.REOPEN, by=officer, at=A_MOMENT
    )
    assert agreed_version(text.agreement) is None
    assert not version.consents.exists()
    agree(version, ours, officer)


def test_a_text_is_not_reopened_once_the_agreement_has_gone_on(text, officer):
    text.agreement.state = "text_agreed"
    text.agreement.save()
    with pytest.raises(NotWritable):
        services.reopen_text(text=text, by=officer, at=A_MOMENT)


def test_one_says_yes_only_to_the_latest_words_whole_and_checked(text, ours, officer):
    version = number(text, officer)
    check(text, text.keys[0], ours, officer)
    with pytest.raises(NotChecked, match="2, 3, 4"):
        agree(version, ours, officer)
    write(text, text.keys[1], {A: "Objeto"}, officer)
    with pytest.raises(NotTheLatest):
        agree(version, ours, officer)
    text = fresh(text)
    text = write(text, text.keys[2], {B: "[…] anos"}, officer).text
    latest = number(text, officer)
    with pytest.raises(NotTheLatest):
        agree(version, ours, officer)
    with pytest.raises(NotWhole, match="3"):
        agree(latest, ours, officer)


def test_a_text_in_one_language_is_agreed_without_checks(maputo, curitiba, officer):
    agreement = AgreementFactory(drafter=maputo, partners=[curitiba], languages=["pt"])
    version = number(TextFactory(agreement=agreement), officer)
    agree(version, agreement.parties.get(entity=maputo), officer)


def test_remarks_are_made_by_all_who_take_part_and_settled_by_the_bound(
    text, officer, stranger, world
):
    observer = PartyFactory(
        agreement=text.agreement, entity=world.body("Seattle"), role="observer"
    )
    said = {"text": text, "key": text.keys[0], "language": "en", "at": A_MOMENT}
    remark = services.remark_on(**said, party=observer, words=" Why two? ", by=stranger)
    assert (remark.words, remark.state) == ("Why two?", "open")
    with pytest.raises(NotAllowed):
        services.settle_remark(remark=remark, state="closed", by=stranger, at=A_MOMENT)
    services.settle_remark(remark=remark, state="taken_up", by=officer, at=A_MOMENT)
    with pytest.raises(Settled):
        services.settle_remark(remark=remark, state="closed", by=officer, at=A_MOMENT)
    with pytest.raises(NotAllowed):
        services.remark_on(**said, party=observer, words="x", by=officer)
    for words in ("  ", "x" * 4001):
        with pytest.raises(Exception, match=r"longer|blank"):
            services.remark_on(**said, party=observer, words=words, by=stranger)
    assert Remark.objects.count() == 1


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["write", "check", "back"]),
        st.integers(0, 2),
        st.sampled_from([A, B]),
        st.sampled_from(["Um.", "Dois.", ""]),
    ),
    max_size=8,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ACTS)
def test_a_check_holds_exactly_for_the_words_that_were_read(agreement, ours, officer, acts):
    """Whatever is done in whatever order, a check says something of the words it was made of."""
    Text.objects.filter(agreement=agreement).delete()
    text = TextFactory(agreement=agreement, count=3)
    agreement.text = text
    read = {}
    for act, place, unit, words in acts:
        key = text.keys[place]
        text = fresh(text)
        if act == "write":
            write(text, key, {unit: words}, officer)
        elif act == "check" and all(text.clause(key).body.get(code) for code in text.codes):
            check(text, key, ours, officer)
            read[key] = text.clause(key).units()
        elif act == "back":
            services.take_check_back(text=text, key=key, party=ours, by=officer, at=A_MOMENT)
            read.pop(key, None)
    told = checked(fresh(text), parties_of(agreement))
    assert {one.clause.key for one in told if one.by} == {
        key for key, words in read.items() if fresh(text).clause(key).units() == words
    }
