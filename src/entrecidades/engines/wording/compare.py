"""What differs between two tellings of a text: clause by clause, and word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from entrecidades.engines.wording.clauses import PARTS, Clause, Text

#: Above so many words a paragraph is compared line by line only: two long texts would take long.
MANY = 4000
#: So few words kept between two changes say nothing by themselves.
FEW = 3
WORD = re.compile(r"\w+|[^\w\s]|\s+")
KEPT, CHANGED, NEW, GONE = "kept", "changed", "new", "gone"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words: in both texts (""), only in the newer ("new") or only in the older ("gone")."""

    words: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause as it was and as it is; None where it did not or does not exist."""

    key: str
    was: Clause | None
    now: Clause | None
    moved: bool = False

    @property
    def how(self) -> str:
        """What became of it."""
        if self.was is None:
            return NEW
        if self.now is None:
            return GONE
        same = self.was.units() == self.now.units() and self.was.numbered == self.now.numbered
        return KEPT if same else CHANGED


def words_between(was: str, now: str) -> list[Part]:
    """Two texts as one, word by word.

    Examples
    --------
    >>> words_between("dura dois anos", "dura três anos")
    [Part(words='dura ', how=''), Part(words='dois', how='gone'), Part(words='três', how='new'), \
Part(words=' anos', how='')]
    """
    cut = WORD.findall if len(was) + len(now) < MANY * 6 else _lines
    before, after = cut(was), cut(now)
    matched = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    told: list[Part] = []
    for is_kept, i, j, k, m in _calmed(matched, before):
        if is_kept:
            told.append(Part("".join(before[i:j])))
        else:
            told += [Part("".join(before[i:j]), GONE), Part("".join(after[k:m]), NEW)]
    return [part for part in told if part.words]


def _calmed(
    matched: Sequence[tuple[str, int, int, int, int]], before: Sequence[str]
) -> list[tuple[bool, int, int, int, int]]:
    """Runs that are kept or changed; a word or two kept by chance between changes are changed too.

    Else a sentence that was rewritten would be read as a heap of single words.
    """
    runs: list[tuple[bool, int, int, int, int]] = []
    for place, (tag, i, j, k, m) in enumerate(matched):
        inside = 0 < place < len(matched) - 1
        few = sum(one.isalnum() for one in before[i:j]) < FEW and "\n" not in "".join(before[i:j])
        is_kept = tag == "equal" and not (inside and few)
        if runs and not is_kept and not runs[-1][0]:
            _was, first, _i, third, _k = runs.pop()
            i, k = first, third  # noqa: PLW2901 - the run begins where the last one did
        runs.append((is_kept, i, j, k, m))
    return runs


def _lines(text: str) -> list[str]:
    """A text cut into its lines."""
    return text.splitlines(keepends=True)


def pairs(was: Text, now: Text) -> list[Pair]:
    """Every clause of two texts, in the order of the newer; what is gone stands where it was."""
    before = {clause.key: clause for clause in was.clauses}
    after = {clause.key for clause in now.clauses}
    stayed = [clause.key for clause in was.clauses if clause.key in after]
    moved = _moved(stayed, [clause.key for clause in now.clauses if clause.key in before])
    told = [Pair(one.key, before.get(one.key), one, one.key in moved) for one in now.clauses]
    place = 0
    for clause in was.clauses:
        at = next((n for n, pair in enumerate(told) if pair.key == clause.key), None)
        if at is None:
            told.insert(place, Pair(clause.key, clause, None))
            at = place
        place = at + 1
    return told


def _moved(was: Sequence[str], now: Sequence[str]) -> set[str]:
    """The fewest keys that must have been moved for one order to become the other."""
    matched = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    stayed = {key for block in matched for key in was[block.a : block.a + block.size]}
    return {*now} - stayed


def changed_parts(pair: Pair, code: str) -> Iterator[tuple[str, list[Part]]]:
    """The heading and the body of a clause in one language, as it became what it is."""
    for part in PARTS:
        was = getattr(pair.was, part).get(code, "") if pair.was else ""
        now = getattr(pair.now, part).get(code, "") if pair.now else ""
        yield part, words_between(was, now)
