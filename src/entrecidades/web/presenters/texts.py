"""The text of an agreement as its pages show it: side by side, with what each party found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from entrecidades.agreements.choices import RemarkState
from entrecidades.agreements.models import Party, Remark, Text, Version
from entrecidades.agreements.selectors import Checked
from entrecidades.agreements.services import TITLE
from entrecidades.agreements.text_rules import seal_of
from entrecidades.engines.wording.clauses import Clause, numbers
from entrecidades.engines.wording.clauses import Text as Words
from entrecidades.engines.wording.columns import printed
from entrecidades.engines.wording.compare import (
    CHANGED,
    GONE,
    KEPT,
    NEW,
    Pair,
    Part,
    changed_parts,
    pairs,
)
from entrecidades.network.countries import language_name


@dataclass(frozen=True, slots=True)
class Side:
    """A clause in one language, its words as they are set in print."""

    code: str
    language: str
    heading: str
    body: str
    has_gap: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a party found of a clause: the same meaning, or nothing yet."""

    party: Party
    name: str
    is_checked: bool
    is_hers: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause with everything its place on a page says."""

    clause: Clause
    number: str
    name: str
    sides: list[Side]
    found: list[Found]
    seal: str
    remarks: list[Remark]
    open: int

    @property
    def is_whole(self) -> bool:
        """Whether it is said in every language, without a blank."""
        return not any(side.has_gap for side in self.sides)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many clauses a party has checked, of how many."""

    name: str
    done: int
    all: int

    @property
    def share(self) -> float:
        """The part that is done."""
        return self.done / self.all if self.all else 0


def language_called(code: str) -> str:
    """A language as the house calls it, or as the reader's language does."""
    of_house: dict[str, Any] = dict(settings.LANGUAGES)
    return str(of_house.get(code) or language_name(code, get_language()))


def sides_of(clause: Clause, codes: Sequence[str], gaps: Sequence[str] = ()) -> list[Side]:
    """A clause, language by language."""
    return [
        Side(
            code,
            language_called(code),
            printed(clause.heading.get(code, ""), code),
            printed(clause.body.get(code, ""), code),
            code in gaps,
        )
        for code in codes
    ]


def clauses_shown(
    text: Text, told: Sequence[Checked], parties: Sequence[Party], hers: Sequence[Party]
) -> list[Shown]:
    """Every clause of a text; ``hers`` are the parties for which the reader checks."""
    own = {party.pk for party in hers}
    return [
        Shown(
            one.clause,
            one.number,
            one.name,
            sides_of(one.clause, text.codes, one.gaps),
            [
                Found(party, party.entity.name_in(), party in one.by, party.pk in own)
                for party in parties
            ],
            seal_of(one.clause, text.codes),
            one.remarks,
            sum(remark.state == RemarkState.OPEN for remark in one.remarks),
        )
        for one in told
    ]


def progress_of(told: Sequence[Checked], parties: Sequence[Party]) -> list[Progress]:
    """How far each party has come."""
    return [
        Progress(party.entity.name_in(), sum(party in one.by for one in told), len(told))
        for party in parties
    ]


@dataclass(frozen=True, slots=True)
class Plain:
    """A clause of a version, as it is read."""

    number: str
    sides: list[Side]


def version_shown(version: Version) -> list[Plain]:
    """Every clause of a version."""
    words = version.in_words()
    return [
        Plain(number, sides_of(clause, words.languages))
        for clause, number in zip(words.clauses, numbers(words.clauses), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """A clause in one language, as it became what it is."""

    code: str
    language: str
    heading: list[Part]
    body: list[Part]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a clause between two tellings of a text."""

    how: str
    words: str
    name: str
    is_moved: bool
    told: list[Told]


def differences_shown(was: Words, now: Words) -> list[Difference]:
    """What is not as it was: the title, then every clause that changed, moved, came or went."""
    told = [Pair(TITLE, _title(was), _title(now)), *pairs(was, now)]
    codes = list(dict.fromkeys([*now.languages, *was.languages]))
    words = {
        NEW: pgettext("clause", "new"),
        GONE: pgettext("clause", "taken out"),
        CHANGED: pgettext("clause", "changed"),
        KEPT: pgettext("clause", "moved, its words as they were"),
    }
    return [
        Difference(pair.how, words[pair.how], _name(pair), pair.moved, clause_told(pair, codes))
        for pair in told
        if pair.how != KEPT or pair.moved
    ]


def _title(words: Words) -> Clause:
    """A title as if it were a clause."""
    return Clause(TITLE, dict(words.title), numbered=False)


def _name(pair: Pair) -> str:
    """What people call a clause."""
    if pair.key == TITLE:
        return _("Title")
    clause = pair.now or pair.was
    said = [*clause.heading.values(), *clause.body.values()] if clause else []
    return next((words[:60] for words in said if words), "–")


def clause_told(pair: Pair, codes: Sequence[str]) -> list[Told]:
    """A clause, language by language."""
    return [Told(code, language_called(code), **dict(changed_parts(pair, code))) for code in codes]
