"""What a call must say before it is published: every problem at once, each a sentence."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.calls.choices import AskedOf, QuestionKind
from entrecidades.kernel.clock import zone_named
from entrecidades.kernel.errors import Refusal
from entrecidades.kernel.text import pick
from entrecidades.network.choices import Tier
from entrecidades.network.countries import language_name

HUNDRED = 100
FEWEST_READERS = 2
SCALES = range(2, 101)
#: What a question of a kind may still say besides its key, words and who answers.
LIMIT, LONGEST = 2000, 20_000
#: Bounds that keep a call readable, and its rows small.
MOST = 60
#: The texts of a call that stand in each of its languages.
TEXTS = ("title", "summary", "text")
ELIGIBILITY = frozenset(
    {"countries", "tiers", "member_of", "profile_days", "report_filed", "own_countries"}
)

Item = Mapping[str, Any]


class NoSuchZone(Refusal):
    """There is no clock of this name by which the days of a call could be told."""


def check_zone(name: str) -> None:
    """Refuse a time zone that does not exist, whoever names it.

    Raises
    ------
    NoSuchZone
    """
    if zone_named(name) is None:
        told = _("There is no time zone called “%(name)s”. Choose one, such as Africa/Maputo.")
        raise NoSuchZone(told % {"name": name})


@dataclass(frozen=True, slots=True)
class Draft:
    """What a call says, as the rules read it."""

    texts: Mapping[str, Mapping[str, str]]
    languages: Sequence[str]
    opens_at: datetime | None
    closes_at: datetime | None
    zone: str
    criteria: Sequence[Item]
    questions: Sequence[Item]
    eligibility: Item
    scale: int
    readers: int
    spread: Decimal
    ceiling_amount: Decimal | None
    ceiling_currency: str
    ceiling_pairs: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and on which page of the builder it is put right."""

    page: str
    says: str


def problems_of(draft: Draft, *, at: datetime | None = None) -> list[Problem]:
    """Everything that keeps a call from being published; ``at`` is when it would be."""
    found = [
        *(Problem("basics", says) for says in _of_window(draft, at)),
        *(Problem("basics", says) for says in _of_evaluation(draft)),
        *(Problem("basics", says) for says in _of_ceiling(draft)),
        *(Problem("basics", says) for says in _of_eligibility(draft.eligibility)),
        *(Problem("criteria", says) for says in _of_criteria(draft)),
        *(Problem("questions", says) for says in _of_questions(draft)),
        *(Problem("texts", says) for says in _of_texts(draft)),
    ]
    return list(dict.fromkeys(found))


def _of_window(draft: Draft, at: datetime | None) -> Iterator[str]:
    """When it opens and closes, and by which clock."""
    try:
        check_zone(draft.zone)
    except NoSuchZone as refusal:
        yield from refusal.messages
    if draft.opens_at is None:
        yield _("Say when the call opens.")
    if draft.closes_at is None:
        yield _("Say when the call closes.")
    if draft.opens_at and draft.closes_at and draft.closes_at <= draft.opens_at:
        yield _("The call closes before it opens.")
    if at and draft.closes_at and draft.closes_at <= at:
        yield _("The call would be closed before it is published.")


def _of_evaluation(draft: Draft) -> Iterator[str]:
    """How it is evaluated."""
    if draft.readers < FEWEST_READERS:
        yield _("At least two readers read each application.")
    if draft.scale not in SCALES:
        yield _("The scale ends between 2 and 100 points.")
    if not 0 < draft.spread <= draft.scale:
        yield _("The spread that calls a third reader lies between 0 and the end of the scale.")


def _of_ceiling(draft: Draft) -> Iterator[str]:
    """How much there is to give."""
    if draft.ceiling_amount is not None and not draft.ceiling_currency:
        yield _("Say in which currency the ceiling is.")
    if draft.ceiling_amount is not None and draft.ceiling_amount <= 0:
        yield _("A ceiling is more than nothing.")
    if draft.ceiling_pairs is not None and draft.ceiling_pairs < 1:
        yield _("A call accepts at least one application.")


def _of_eligibility(said: Item) -> Iterator[str]:
    """Who may apply."""
    for name in sorted({*said} - ELIGIBILITY):
        yield _("There is no condition called “%(name)s”.") % {"name": name}
    for tier in said.get("tiers") or []:
        if tier not in Tier.values:
            yield _("There is no tier called “%(name)s”.") % {"name": tier}
    days = said.get("profile_days")
    if days is not None and (not isinstance(days, int) or days < 1):
        yield _("A profile is fresh for at least one day.")


def _of_criteria(draft: Draft) -> Iterator[str]:
    """By what applications are judged, with weights that are a hundred together."""
    if not draft.criteria:
        yield _("Name at least one criterion.")
        return
    yield from _of_keys(draft.criteria, _("criterion"))
    said = [one.get("weight") for one in draft.criteria]
    weights = [weight for weight in said if isinstance(weight, int) and weight >= 1]
    if len(weights) < len(said):
        yield _("Each criterion has a weight, a whole number from 1 on.")
        return
    total = sum(weights)
    if total != HUNDRED:
        yield _("The weights are %(total)s together; they must be 100.") % {"total": total}
    for one in draft.criteria:
        yield from _unsaid(one, "name", draft.languages, _("Criterion “%(which)s”"))


def _of_questions(draft: Draft) -> Iterator[str]:
    """What those who apply are asked."""
    if not draft.questions:
        yield _("Ask at least one question.")
        return
    yield from _of_keys(draft.questions, _("question"))
    for one in draft.questions:
        yield from _of_question(one)
        yield from _unsaid(one, "label", draft.languages, _("Question “%(which)s”"))
    budgets = [one for one in draft.questions if one.get("kind") == QuestionKind.BUDGET]
    if budgets and not draft.ceiling_currency:
        yield _("A question asks for money: say in which currency.")
    if draft.ceiling_amount is not None and not budgets:
        yield _("There is a ceiling in money, and no question asks how much is wanted.")


def _of_question(one: Item) -> Iterator[str]:
    """What is wrong with one question by itself."""
    which = {"which": words_of(one)}
    if one.get("kind") not in QuestionKind.values:
        yield _("Question “%(which)s” is of no kind that there is.") % which
    if one.get("asked_of") not in AskedOf.values:
        yield _("Question “%(which)s”: say who answers it.") % which
    limit = one.get("limit")
    if limit is not None and not (isinstance(limit, int) and 1 <= limit <= LONGEST):
        yield _("Question “%(which)s”: a text has between 1 and 20,000 characters.") % which
    choices = one.get("choices") or []
    if one.get("kind") == QuestionKind.CHOICE and len(choices) < 2:  # noqa: PLR2004 (a choice)
        yield _("Question “%(which)s”: a choice needs at least two answers.") % which
    if len({choice.get("key") for choice in choices}) < len(choices):
        yield _("Question “%(which)s”: the same answer stands twice.") % which


def _of_keys(items: Sequence[Item], kind: str) -> Iterator[str]:
    """That each item has a name of its own, and that they are not too many."""
    if len(items) > MOST:
        yield _("There are more than %(most)s.") % {"most": f"{MOST} × {kind}"}
    for key, times in Counter(one.get("key") for one in items).items():
        if not key:
            yield _("A %(kind)s has no name.") % {"kind": kind}
        elif times > 1:
            yield _("The %(kind)s “%(which)s” stands twice.") % {"kind": kind, "which": key}


def _unsaid(item: Item, name: str, languages: Sequence[str], says: str) -> Iterator[str]:
    """The promised languages in which an item has no words."""
    for code in missing_in(item.get(name) or {}, languages):
        what = says % {"which": words_of(item)}
        said = {"what": what, "language": _language(code)}
        yield _("%(what)s has no words in “%(language)s”.") % said


def _of_texts(draft: Draft) -> Iterator[str]:
    """That what the call promises to say in a language is said in it."""
    if not draft.languages:
        yield _("Say in which languages the call speaks.")
    names = {"title": _("title"), "summary": _("summary"), "text": _("text")}
    for name in TEXTS:
        for code in missing_in(draft.texts.get(name) or {}, draft.languages):
            said = {"what": names[name], "language": _language(code)}
            yield _("The %(what)s is missing in “%(language)s”, which the call promises.") % said


def _language(code: str) -> str:
    """A language as its reader calls it."""
    return language_name(code, get_language())


def words_of(item: Item) -> str:
    """What a question or a criterion is called by its reader; its key while it has no words.

    Examples
    --------
    >>> words_of({"key": "aim", "label": {"en": "What for?"}}), words_of({"key": "aim"})
    ('What for?', 'aim')
    """
    said = item.get("label") or item.get("name") or {}
    return pick(said).words or str(item.get("key") or "")


def missing_in(texts: Mapping[str, str], languages: Sequence[str]) -> list[str]:
    """The languages in which a text says nothing.

    Examples
    --------
    >>> missing_in({"pt": "lixo", "fr": " "}, ["pt", "fr", "it"])
    ['fr', 'it']
    """
    return [code for code in languages if not (texts.get(code) or "").strip()]
