"""A letter to the members as it is written, checked and filled in: no database, no clock.

Its author writes a subject and a text in one or several languages, and may leave three things to
be filled in for each member: its name, what its profile lacks, and the address of its page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from entrecidades.kernel.text import pick
from entrecidades.members.choices import Fact
from entrecidades.network.models import Entity

#: What may be left to be filled in, and in which braces.
PLACEHOLDERS = ("body", "missing", "link")
SLOT = re.compile(r"\{([^{}\n]{0,40})\}")
LONGEST_SUBJECT, LONGEST_TEXT = 150, 10_000
Texts = Mapping[str, str]


def problems_of(subject: Texts, text: Texts) -> list[str]:
    """Everything that keeps a letter from being sent, all at once; nothing when it may be.

    Examples
    --------
    >>> len(problems_of({"fr": "Bonjour"}, {"fr": "{ville}", "it": "Ciao {body}"}))
    2
    """
    named = {code: str(name) for code, name in settings.LANGUAGES}
    written = [code for code in named if _says(subject, code) or _says(text, code)]
    if not written:
        return [_("Write the letter in at least one language.")]
    problems = []
    for code in written:
        where = {"language": named[code]}
        if not _says(subject, code):
            problems.append(_("%(language)s: the subject is missing.") % where)
        if not _says(text, code):
            problems.append(_("%(language)s: the text is missing.") % where)
        problems += _too_long(subject.get(code, ""), text.get(code, ""), named[code])
        for slot in unknown_slots(f"{subject.get(code, '')} {text.get(code, '')}"):
            told = _("%(language)s: {%(slot)s} cannot be filled in. Known are %(known)s.")
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            problems.append(told % {**where, "slot": slot, "known": known})
    return problems


def _says(texts: Texts, code: str) -> bool:
    """Whether there are words in a language."""
    return bool(texts.get(code, "").strip())


def _too_long(subject: str, text: str, language: str) -> Iterator[str]:
    """A subject or a text that no mail programme shows."""
    for words, most, told in (
        (subject, LONGEST_SUBJECT, _("%(language)s: the subject has more than %(most)d signs.")),
        (text, LONGEST_TEXT, _("%(language)s: the text has more than %(most)d signs.")),
    ):
        if len(words) > most:
            yield told % {"language": language, "most": most}


def unknown_slots(words: str) -> list[str]:
    """What stands in braces and means nothing, each once.

    Examples
    --------
    >>> unknown_slots("Dear {body} of {ville}, {ville}")
    ['ville']
    """
    found = dict.fromkeys(slot.strip() for slot in SLOT.findall(words))
    return [slot for slot in found if slot not in PLACEHOLDERS]


def filled_in(words: str, facts: Mapping[str, str]) -> str:
    """The words with everything filled in, once: what is filled in is not looked into.

    Examples
    --------
    >>> filled_in("Dear {body}: {missing}", {"body": "{link}", "missing": "a website"})
    'Dear {link}: a website'
    """
    return SLOT.sub(lambda slot: facts.get(slot[1].strip(), slot[0]), words)


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as one reader gets it, and the language its author wrote it in."""

    subject: str
    text: str
    language: str
    is_fallback: bool


def composed(
    *,
    subject: Texts,
    text: Texts,
    association: Entity,
    body: Entity,
    lacks: Sequence[str],
    language: str,
    stop_at: str,
) -> Composed:
    """The letter for one reader of a member, in her language or the nearest one there is.

    ``stop_at`` is the address at which she declines further letters.
    """
    whole = {code: words for code, words in text.items() if _says(text, code)}
    chosen = pick({code: words for code, words in whole.items() if _says(subject, code)}, language)
    with override(chosen.language):
        missing = ", ".join(str(Fact(fact).label) for fact in lacks)
        facts = {
            "body": body.name_in(),
            "missing": missing or _("nothing"),
            "link": f"{settings.PUBLIC_URL}{body.get_absolute_url()}",
        }
    title = " ".join(filled_in(subject.get(chosen.language, ""), facts).split())
    words = filled_in(chosen.words, facts).strip().replace("\r\n", "\n")
    with override(language or settings.LANGUAGE_CODE):
        head = [_in_other_words(chosen.language)] if chosen.is_fallback else []
        foot = _foot(association.name_in(), body.name_in(), stop_at)
    return Composed(
        title, "\n\n".join([*head, words, foot]) + "\n", chosen.language, chosen.is_fallback
    )


def _in_other_words(language: str) -> str:
    """That a letter is not in the reader's language, said in hers."""
    name = str(dict(settings.LANGUAGES).get(language, language))
    return _("(This letter was not written in your language. It is in: %s)") % name


def _foot(association: str, body: str, stop_at: str) -> str:
    """Why she gets the letter, and how she gets no more."""
    said = {"association": association, "body": body}
    why = _("%(association)s writes to you because you act for %(body)s, its member.") % said
    stop = _("If you want no more letters of this kind from %(association)s:") % said
    return f"-- \n{why}\n{stop}\n{stop_at}"
