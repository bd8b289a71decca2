"""What the page of a letter to the members shows: who gets it, how it reads, what became of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entrecidades.engines.folding import fold
from entrecidades.kernel.text import pick
from entrecidades.members.choices import CopyState
from entrecidades.members.models import Circular
from entrecidades.members.selectors import Addressee, Addressees
from entrecidades.members.tickets import stop_address
from entrecidades.members.wording import composed
from entrecidades.network.models import Entity

#: Stands in a preview for what proves in a letter whose it is.
NOBODYS = "each-readers-own"
#: So many names are offered while one types; the rest is found by typing.
OFFERED = 300


def counts_told(found: Addressees) -> list[dict[str, Any]]:
    """How many get the letter, and how many do not, with the reason."""
    reached, nobody, declined = len(found.reached), len(found.nobody), len(found.declined)
    none = ngettext("gets none: nobody acts for it", "get none: nobody acts for them", nobody)
    want = ngettext(
        "gets none: its people want none", "get none: their people want none", declined
    )
    return [
        {
            "value": reached,
            "words": ngettext("member gets the letter", "members get the letter", reached),
        },
        {
            "value": found.copies,
            "words": ngettext("person reads it for them", "people read it for them", found.copies),
        },
        {"value": nobody, "words": none},
        {"value": declined, "words": want},
    ]


def languages_told(circular: Circular, found: Addressees) -> list[str]:
    """In which language how many people will read it, and for whom there is none of their own."""
    named = {code: str(name) for code, name in settings.LANGUAGES}
    whole = {code: words for code, words in circular.text.items() if circular.subject.get(code)}
    lines = []
    for language, number in sorted(found.languages().items(), key=lambda one: (-one[1], one[0])):
        chosen = pick(whole, language or settings.LANGUAGE_CODE)
        said = {
            "n": number,
            "reads": named.get(language, _("a language they have not said")),
            "gets": named.get(chosen.language, chosen.language),
        }
        told = (
            ngettext(
                "%(n)d reads %(reads)s, and gets it in %(gets)s (there is none in theirs)",
                "%(n)d read %(reads)s, and get it in %(gets)s (there is none in theirs)",
                number,
            )
            if chosen.is_fallback
            else ngettext(
                "%(n)d reads %(reads)s, and gets it in %(gets)s",
                "%(n)d read %(reads)s, and get it in %(gets)s",
                number,
            )
        )
        lines.append(told % said)
    return lines


def chosen_addressee(
    found: Addressees, words: str
) -> tuple[Addressee | None, Addressee | None, bool]:
    """The member whose letter is shown, the next one, and whether the words named one."""
    key = fold(words)
    names = [fold(one.member.name) for one in found.reached]
    there = next((at for at, name in enumerate(names) if key and name == key), None)
    if there is None:
        there = next((at for at, name in enumerate(names) if key and key in name), None)
    if not found.reached:
        return None, None, not key
    at = there or 0
    following = found.reached[(at + 1) % len(found.reached)]
    return found.reached[at], following, there is not None or not key


def previews(circular: Circular, addressee: Addressee, body: Entity) -> list[dict[str, Any]]:
    """The letter of a member exactly as it is sent, once for each language its people read."""
    named = {code: str(name) for code, name in settings.LANGUAGES}
    counts = Counter(language for _key, language in addressee.readers)
    return [
        {
            "reads": named.get(language, _("a language they have not said")),
            "count": count,
            "language": language or settings.LANGUAGE_CODE,
            "letter": composed(
                subject=circular.subject,
                text=circular.text,
                association=circular.entity,
                body=body,
                lacks=[str(fact) for fact in addressee.member.lacks],
                language=language,
                stop_at=stop_address(NOBODYS, language),
            ),
        }
        for language, count in sorted(counts.items())
    ]


def outcome_told(counts: Counter[str]) -> list[dict[str, Any]]:
    """How many copies are in which state, in the order of the vocabulary; none is left out."""
    return [
        {"value": counts[state], "words": str(state.label)}
        for state in CopyState
        if counts[state] or state == CopyState.SENT
    ]


def bodies_with_words(
    told: Iterable[tuple[Entity, Counter[str]]],
) -> list[tuple[Entity, str, bool]]:
    """Each member with what became of its copies, and whether all of them were sent."""
    labels = {state.value: str(state.label) for state in CopyState}
    return [
        (
            body,
            ", ".join(f"{number} {labels[state]}" for state, number in sorted(counts.items())),
            set(counts) == {CopyState.SENT.value},
        )
        for body, counts in told
    ]


def names_offered(found: Addressees) -> Sequence[str]:
    """Names of members that get the letter, to choose from."""
    return [one.member.name for one in found.reached[:OFFERED]]
