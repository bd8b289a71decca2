"""What an agreement itself says for the blanks of a model text, in each language."""

from datetime import date

from babel.lists import format_list
from django.utils import translation
from django.utils.formats import date_format

from entrecidades.agreements.models import Agreement
from entrecidades.agreements.patterns import Pattern, filled
from entrecidades.agreements.selectors.amending import changes_of
from entrecidades.agreements.selectors.texts import parties_of
from entrecidades.engines.wording.clauses import Clause
from entrecidades.kernel.text import pick
from entrecidades.network.countries import language_name, locale_of


def text_from(pattern: Pattern, agreement: Agreement) -> tuple[dict[str, str], list[Clause]]:
    """A model's title and clauses for an agreement; what it does not say yet stays a blank."""
    languages = list(agreement.languages)
    values = {code: _values(agreement, code) for code in languages}
    return filled(pattern, languages, values)


def _values(agreement: Agreement, code: str) -> dict[str, str]:
    """What fills the blanks in one language."""
    locale = locale_of(code)
    bodies = [party.entity for party in parties_of(agreement)]
    names = [body.name_in(code) for body in bodies]
    amended = agreement.amends
    before = {party.entity for party in parties_of(amended)} if amended else {*bodies}
    joining = [body.name_in(code) for body in bodies if body not in before]
    leaving = [one.name_in(code) for one in changes_of(agreement).leaving] if amended else []
    themes = [pick(theme.label, code).words for theme in agreement.themes.all()]
    languages = [language_name(one.partition("-")[0], code) for one in agreement.languages]
    return {
        "parties": format_list(names, locale=locale),
        "amended": f"{pick(amended.title, code).words} ({amended.reference})" if amended else "",
        "joining": format_list(joining, locale=locale),
        "leaving": format_list(leaving, locale=locale),
        "themes": format_list(themes, locale=locale),
        "start": day_told(agreement.in_force_from, code),
        "end": day_told(agreement.ends_on, code),
        "languages": format_list(list(dict.fromkeys(languages)), locale=locale),
    }


def day_told(day: date | None, code: str) -> str:
    """A day as a contract writes it; empty when nobody has said it."""
    if day is None:
        return ""
    with translation.override(code):
        # A contract between countries writes the day first in English too.
        return date_format(day, "j F Y" if code == "en" else "DATE_FORMAT")
