"""Which place or body is meant by what somebody typed."""

from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.db.models import Q

from entrecidades.engines.folding import fold
from entrecidades.network.countries import locale_of
from entrecidades.network.models import Entity, Place
from entrecidades.network.selectors import nearest_places
from entrecidades.network.selectors.merges import survivor_of

# A namesake twenty times smaller than the first is not what people mean.
DOMINANCE = 20
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Meant:
    """What was meant, if it is certain; else what it might have been.

    ``place`` or ``entity`` is set when it is certain. ``candidates`` bear the
    name that was typed; ``nearest`` bear a name like it.
    """

    place: Place | None = None
    entity: Entity | None = None
    candidates: list[Place] = field(default_factory=list)
    nearest: list[Place] = field(default_factory=list)


def whom_do_you_mean(words: str) -> Meant:
    """Read ``mz/maputo``, ``1040652``, ``Maputo``, ``Maputo, MZ``, ``Springfield, Illinois, US``.

    A number is a GeoNames identifier; a name is looked up in every language
    the gazetteer knows. Bodies that are no municipality are found by their
    address (``br/fnp``) or acronym.
    """
    words = words.replace("\0", "").strip()[:300]
    if found := _by_address(words):
        return found
    if words.isdecimal() and len(words) < 12:  # noqa: PLR2004 - GeoNames ids are shorter
        place = Place.objects.filter(geonameid=int(words)).first()
        return Meant(place=place)
    return _by_name(words)


def _by_address(words: str) -> Meant | None:
    """A public id: country, stroke, slug."""
    country, stroke, slug = words.lower().partition("/")
    if not stroke:
        return None
    place = Place.objects.filter(country=country.upper(), slug=slug).first()
    entity = None if place else Entity.objects.filter(country=country.upper(), slug=slug).first()
    # An entry that was merged away leads to the one that stands for it.
    entity = survivor_of(entity) if entity else None
    return Meant(place=place, entity=entity) if place or entity else None


def _by_name(words: str) -> Meant:
    """A name, perhaps followed by region and country after commas."""
    name, *where = [part.strip() for part in words.split(",")]
    key = fold(name)
    if not key:
        return Meant()
    if entity := Entity.objects.unmerged().filter(acronym__iexact=name).order_by("pk").first():
        return Meant(entity=entity)
    here = _within(where)
    bearers = list(Place.objects.filter(here, key=key).select_related("country", "region")[:50])
    if not bearers:
        bearers = list(
            Place.objects.filter(here).named(key).select_related("country", "region")[:50]
        )
    if not bearers:
        return Meant(nearest=nearest_places(name, SHOWN))
    first, *others = bearers
    if not others or first.population >= DOMINANCE * max(others[0].population, 1):
        return Meant(place=first, candidates=bearers[:SHOWN])
    return Meant(candidates=bearers[:SHOWN])


def _within(where: list[str]) -> Q:
    """The condition that region and country names ask for; what is unknown matches nothing."""
    condition = Q()
    for part in where:
        codes = country_codes().get(fold(part), set())
        condition &= Q(country__in=codes) | Q(region__name__iexact=part) | Q(region__code=part)
    return condition


@cache
def country_codes() -> dict[str, set[str]]:
    """Countries by every name CLDR has for them in our languages, and by code."""
    codes: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        for code, name in locale_of(language).territories.items():
            if len(code) == 2:  # noqa: PLR2004 - longer ones are continents
                codes.setdefault(fold(name), set()).add(code)
                codes.setdefault(code.lower(), set()).add(code)
    return codes
