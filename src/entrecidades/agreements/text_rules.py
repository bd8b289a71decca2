"""What the text of an agreement refuses, and how its clauses are kept: no database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.engines.wording.clauses import PARTS, Clause, Text, digest, heading_of, tidy
from entrecidades.engines.wording.word_in import LONGEST as LONGEST_IN_A_FILE
from entrecidades.kernel.errors import Refusal

#: More clauses than any agreement has.
MOST = 300
#: How long a heading, a body, a note on a version and a remark may be.
LONGEST = dict(zip(PARTS, LONGEST_IN_A_FILE.values(), strict=True))
NOTE, REMARK = 500, 4000


class NotWritable(Refusal):
    """The text is agreed, or the agreement has gone on: its words stay as they are."""


class HasText(Refusal):
    """An agreement has one text."""


class NoSuchClause(Refusal):
    """The clause is not in the text, or no longer."""


class TooLong(Refusal):
    """More than anybody would read, or more than a file can carry."""


class ChangedSince(Refusal):
    """What somebody judged has other words by now: she is to look again."""


class NotWhole(Refusal):
    """Something is not said yet in one of the languages, or a blank is open."""


class NotChecked(Refusal):
    """A side agrees to a text once it has checked that its languages mean the same."""


class NothingNew(Refusal):
    """The last version says the same."""


class NotTheLatest(Refusal):
    """One agrees to the text as it stands, in its latest version."""


class Settled(Refusal):
    """The remark was settled already."""


class NotAParty(Refusal):
    """The body takes no part in the agreement, or is not bound by it."""


def kept(clause: Clause) -> dict[str, Any]:
    """A clause as a row keeps it."""
    said = {part: dict(getattr(clause, part)) for part in PARTS}
    return {"key": clause.key, "numbered": clause.numbered, **said}


def clause_of(told: Mapping[str, Any]) -> Clause:
    """A clause from what a row keeps of it."""
    return Clause(told["key"], told["heading"], told["body"], told["numbered"])


def seal_of(clause: Clause, languages: Sequence[str]) -> str:
    """The hash of a clause's words: another word in any language is another seal.

    Neither its place nor its number counts, so that what was checked stays checked when a clause
    is put before it.

    Examples
    --------
    >>> said = Clause("a", body={"pt": "Dois anos.", "fr": "Deux ans."})
    >>> seal_of(said, ["pt", "fr"]) == seal_of(replace(said, numbered=False), ["fr", "pt"])
    True
    """
    bare = replace(clause, key="", numbered=True)
    return digest(Text(tuple(languages), {}, (bare,)))


def cleaned(units: Mapping[str, Any], languages: Sequence[str]) -> dict[str, str]:
    """Words for a clause or a title as a text keeps them; refuse what it cannot keep.

    Examples
    --------
    >>> cleaned({"heading.pt": "  Fim ", "body.pt": "Dois  anos."}, ["pt"])
    {'heading.pt': 'Fim', 'body.pt': 'Dois anos.'}
    """
    tidied = dict[str, str]()
    for unit, words in units.items():
        part, _of, code = unit.partition(".")
        if part not in PARTS or code not in languages:
            raise NoSuchClause(_("The text has no such part."))
        tidied[unit] = heading_of(words or "") if part == "heading" else tidy(words or "")
        if len(tidied[unit]) > LONGEST[part]:
            over = {"most": LONGEST[part]}
            raise TooLong(_("A clause says at most %(most)d letters, a heading less.") % over)
    return tidied


def with_units(clause: Clause, units: Mapping[str, Any]) -> Clause:
    """A clause that says these units instead; each empty where it is emptied.

    Examples
    --------
    >>> with_units(Clause("a", body={"pt": "Dois anos."}), {"body.pt": None, "body.fr": "Deux"})
    Clause(key='a', heading={}, body={'fr': 'Deux'}, numbered=True)
    """
    said = {part: dict(getattr(clause, part)) for part in PARTS}
    for unit, words in units.items():
        part, _of, code = unit.partition(".")
        said[part][code] = words or ""
    heading, body = ({code: one for code, one in said[part].items() if one} for part in PARTS)
    return replace(clause, heading=heading, body=body)


def placed(keys: Sequence[str], key: str, after: str) -> list[str]:
    """Keys in their order, one of them put behind another, or first when none is named.

    Examples
    --------
    >>> placed(["a", "b", "c"], "a", "b"), placed(["a", "b"], "b", "")
    (['b', 'a', 'c'], ['b', 'a'])
    """
    rest = [one for one in keys if one != key]
    at = rest.index(after) + 1 if after in rest else 0 if not after else len(rest)
    return [*rest[:at], key, *rest[at:]]


def check_whole(text: Text, gaps: Iterable[str]) -> None:
    """Refuse a text without clauses, without a title in a language, or with open blanks.

    ``gaps`` are the numbers or headings of clauses that are not whole, all named at once.
    """
    missing = [*gaps]
    if not text.clauses:
        raise NotWhole(_("The text has no clause yet."))
    if any(not text.title.get(code) for code in text.languages):
        raise NotWhole(_("The title is not said in every language yet."))
    if missing:
        told = _("Not yet whole in every language, or with a blank to fill: %(clauses)s.")
        raise NotWhole(told % {"clauses": ", ".join(missing)})
