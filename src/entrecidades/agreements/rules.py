"""What agreements refuse when they are opened: no database, no clock, no request."""

from collections.abc import Collection, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from entrecidades.agreements.choices import AgreementKind
from entrecidades.kernel.errors import Refusal

#: So many countries are named in a reference; more are called by the word below.
COUNTRIES_NAMED = 3
MANY = "INT"


class NotTwoParties(Refusal):
    """An agreement binds at least two bodies, each once."""


class NotInTwoLanguages(Refusal):
    """The text stands in one or two languages that the house knows."""


class NoTitle(Refusal):
    """An agreement without a title says nothing to its readers."""


class NotCovered(Refusal):
    """The umbrella does not cover the body that would draft under it, or is no longer there."""


class AdheresAlready(Refusal):
    """A body adheres to an umbrella once."""


class NotTheSameContact(Refusal):
    """The first contact does not join the parties."""


class NotSigned(Refusal):
    """Only what was signed is amended by an addendum."""


class NotAnUmbrella(Refusal):
    """Members adhere to what binds associations."""


def prefix_of(countries: Collection[str], year: int) -> str:
    """What the references of a year have in common, for the countries of the parties.

    Examples
    --------
    >>> prefix_of(["FR", "BR", "BR"], 2026)
    'BRFR-2026'
    >>> prefix_of(["BR", "FR", "IT", "MZ"], 2026)
    'INT-2026'
    """
    named = sorted({*countries})
    return f"{''.join(named) if len(named) <= COUNTRIES_NAMED else MANY}-{year}"


def check_parties(kind: AgreementKind, entities: Sequence[int]) -> None:
    """Refuse a body named twice, and fewer than two; one alone may adhere."""
    if len({*entities}) < len(entities):
        raise NotTwoParties(_("Name each party once."))
    if len(entities) < 2 and kind != AgreementKind.ADHESION:  # noqa: PLR2004 (two sides)
        raise NotTwoParties(_("Name at least one other party."))


def check_words(title: Mapping[str, str], languages: Sequence[str]) -> None:
    """Refuse an agreement without a title, or in languages of which one cannot make columns."""
    if not any(words.strip() for words in title.values()):
        raise NoTitle(_("Give the agreement a title in at least one language."))
    known = {code for code, _name in settings.LANGUAGES}
    if not 1 <= len(languages) <= 2 or len({*languages}) < len(languages):  # noqa: PLR2004
        raise NotInTwoLanguages(_("Choose one or two languages for the text."))
    if {*languages} - known:
        raise NotInTwoLanguages(_("The text cannot be written in this language here."))
