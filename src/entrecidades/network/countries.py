"""Facts about countries from CLDR: names in the reader's language, languages, currencies."""

from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

# CLDR says how many people use a language; below this share it is no working language.
SPOKEN_BY_AT_LEAST = 20.0
# What CLDR names beside countries: unions, seas around islands, and codes for tests.
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@cache
def locale_of(language: str | None) -> Locale:
    """The CLDR locale of one of our language codes ("pt" is Portugal's and Mozambique's norm)."""
    code = {"pt": "pt_PT", "pt-br": "pt_BR", None: "en"}.get(language, language)
    return Locale.parse(str(code).replace("-", "_"))


def country_name(code: str, language: str | None) -> str:
    """The country's name in a language; its code when CLDR has none.

    Examples
    --------
    >>> country_name("MZ", "fr"), country_name("DE", "pt-br")
    ('Mozambique', 'Alemanha')
    """
    return str(locale_of(language).territories.get(code, code))


def every_country() -> list[str]:
    """The codes of all countries and territories that CLDR names.

    Examples
    --------
    >>> "MZ" in every_country(), "EU" in every_country()
    (True, False)
    """
    codes = (code for code in map(str, locale_of("en").territories) if _is_code(code))
    return sorted(codes)


def _is_code(words: str) -> bool:
    """Whether CLDR means a country by it: two letters."""
    return len(words) == 2 and words.isalpha() and words not in NO_COUNTRIES  # noqa: PLR2004


def language_name(code: str, language: str | None) -> str:
    """A language's name in a language, with its country where it has one; else its code.

    Examples
    --------
    >>> language_name("pt", "fr"), language_name("pt-br", "fr"), language_name("pt-br", "pt-br")
    ('portugais', 'portugais (Brésil)', 'português (Brasil)')
    """
    own, _dash, country = code.partition("-")
    named = str(locale_of(language).languages.get(own, own))
    return f"{named} ({country_name(country.upper(), language)})" if country else named


@cache
def clock_city(zone: str, language: str | None = None) -> str:
    """The city by whose clock a time zone is called, in a language.

    Examples
    --------
    >>> clock_city("America/Sao_Paulo", "pt-br"), clock_city("Europe/Rome", "it")
    ('São Paulo', 'Roma')
    >>> clock_city("UTC", "fr")
    'UTC'
    """
    if "/" not in zone:
        return zone
    return str(get_timezone_location(zone, locale=locale_of(language), return_city=True))


@cache
def official_languages(country: str) -> tuple[str, ...]:
    """The languages in which a country's bodies work, the most used first.

    Official ones (nationally or in fact), and failing these the most spoken.

    Examples
    --------
    >>> official_languages("MZ")
    ('pt',)
    """
    spoken = get_global("territory_languages").get(country, {})
    ranked = sorted(spoken.items(), key=lambda item: -item[1]["population_percent"])
    official = [
        code
        for code, facts in ranked
        if facts["official_status"] in {"official", "de_facto_official"}
    ]
    common = [c for c, facts in ranked if facts["population_percent"] >= SPOKEN_BY_AT_LEAST]
    return tuple(dict.fromkeys(code.split("_")[0] for code in official or common[:2]))


@cache
def currency_of(country: str) -> str:
    """The ISO 4217 code of the money in use; empty when CLDR names none."""
    known = get_global("territory_currencies").get(country, [])
    current = [code for code, _start, end, tender in known if tender and end is None]
    return current[0] if current else ""
