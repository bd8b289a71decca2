"""Twenty who write one text at once: no word is lost; without the lock, most are."""

from threading import Barrier

import pytest

from entrecidades.agreements import services
from entrecidades.agreements.models import Agreement, Consent, SameMeaning, Text, Version
from entrecidades.agreements.text_rules import (
    ChangedSince,
    NothingNew,
    NotWritable,
    kept,
    seal_of,
    with_units,
)
from entrecidades.engines.wording.word_in import Row
from entrecidades.network.rules import EditedMeanwhile
from entrecidades.network.services import Seen
from tests.conftest import A_MOMENT, entrusted
from tests.factories.agreements import AgreementFactory, TextFactory
from tests.factories.network import EntityFactory
from tests.race import at_once

WRITERS = 20

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sides():
    """The drafter and its partner, each with an officer."""
    bodies = [EntityFactory(country__code=code) for code in ("MZ", "BR")]
    return [(body, entrusted(body)) for body in bodies]


@pytest.fixture
def text(sides):
    agreement = AgreementFactory(drafter=sides[0][0], partners=[sides[1][0]], state="negotiating")
    return TextFactory(agreement=agreement, count=WRITERS)


def writing(text, sides, key, words, number):
    return services.write_clause(
        text=text,
        key=key,
        seen=Seen(text.version, text.clause(key).units()),
        said={"body.pt": words},
        by=sides[number % 2][1],
        at=A_MOMENT,
    )


def test_twenty_write_twenty_clauses_and_every_word_stays(text, sides):
    at_once(lambda n: writing(text, sides, text.keys[n], f"Palavras {n}.", n), times=WRITERS)
    now = Text.objects.select_related("agreement").get()
    assert [now.clause(key).body["pt"] for key in now.keys] == [
        f"Palavras {n}." for n in range(WRITERS)
    ]
    assert now.version == 1 + WRITERS


def test_twenty_write_one_clause_one_is_kept_and_the_others_are_shown_it(text, sides):
    key = text.keys[0]
    told = at_once(lambda n: writing(text, sides, key, f"Palavras {n}.", n), times=WRITERS)
    assert sum(isinstance(one, EditedMeanwhile) for one in told) == WRITERS - 1
    assert Text.objects.get().version == 2


def test_the_race_is_real(text):
    """Who reads, waits for the others, and writes back, overwrites what they wrote."""
    looked = Barrier(WRITERS)

    def writing_without_a_lock(number):
        row = Text.objects.select_related("agreement").get(pk=text.pk)
        looked.wait()
        row.clauses[number] = kept(
            with_units(row.clause(row.keys[number]), {"body.pt": f"Palavras {number}."})
        )
        row.save()

    at_once(writing_without_a_lock, times=WRITERS)
    now = Text.objects.select_related("agreement").get()
    there = [now.clause(key).body["pt"] for key in now.keys]
    assert sum(words.startswith("Palavras") for words in there) < WRITERS


def test_a_check_is_never_of_other_words_than_were_read(text, sides):
    key = text.keys[0]
    party = text.agreement.parties.first()
    read = seal_of(text.clause(key), text.codes)

    def act(number):
        if number % 2:
            return writing(text, sides, key, "Outras palavras.", number)
        return services.check_meaning(
            text=text, key=key, party=party, seal=read, by=sides[0][1], at=A_MOMENT
        )

    told = at_once(act, times=WRITERS)
    assert all(isinstance(one, ChangedSince) for one in told[::2] if isinstance(one, Exception))
    assert {*SameMeaning.objects.values_list("seal", flat=True)} <= {read}


def test_the_same_words_are_numbered_once(text, sides):
    told = at_once(
        lambda n: services.number_version(text=text, note="", by=sides[n % 2][1], at=A_MOMENT),
        times=WRITERS,
    )
    assert sum(isinstance(one, NothingNew) for one in told) == WRITERS - 1
    assert Version.objects.get().number == 1


def check_everything(text, party, officer):
    for key in text.keys:
        services.check_meaning(
            text=text,
            key=key,
            party=party,
            seal=seal_of(text.clause(key), text.codes),
            by=officer,
            at=A_MOMENT,
        )


def test_of_two_who_agree_at_once_the_last_makes_it_agreed_and_no_word_comes_after(text, sides):
    agreement = Agreement.objects.get()
    parties = list(agreement.parties.all())
    for party, (_body, officer) in zip(parties, sides, strict=True):
        check_everything(text, party, officer)
    version = services.number_version(text=text, note="", by=sides[0][1], at=A_MOMENT)

    def act(number):
        if number < 2:
            return services.agree_to_text(
                version=version, party=parties[number], by=sides[number][1], at=A_MOMENT
            )
        return writing(text, sides, text.keys[number], f"Palavras {number}.", number)

    told = at_once(act, times=WRITERS)
    now = Text.objects.select_related("agreement", "agreed").get()
    if now.agreed:
        # Whoever wrote was too late, or the two would have been told to read the latest first.
        assert all(isinstance(one, NotWritable) for one in told[2:])
        assert now.agreed.digest == version.digest
        assert Consent.objects.count() == 2
    else:
        assert any(isinstance(one, Exception) for one in told[:2])


def test_of_twenty_word_files_one_is_brought_in_and_the_others_see_the_plan_anew(text, sides):
    version = services.number_version(text=text, note="", by=sides[0][1], at=A_MOMENT)
    words = version.in_words()

    def bringing(number):
        rows = [Row(one.key, dict(one.heading), dict(one.body)) for one in words.clauses]
        rows[number].body["pt"] = f"Palavras {number}."
        return services.bring_in(
            text=text,
            brought=services.Brought(1, words.title, rows),
            choices={},
            seen=1,
            by=sides[number % 2][1],
            at=A_MOMENT,
        )

    told = at_once(bringing, times=WRITERS)
    assert sum(isinstance(one, ChangedSince) for one in told) == WRITERS - 1
    now = Text.objects.select_related("agreement").get().in_words()
    assert sum(one.body["pt"].startswith("Palavras") for one in now.clauses) == 1
