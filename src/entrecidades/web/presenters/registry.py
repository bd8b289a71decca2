"""The rows of the registry's lists, as ``table.html`` shows them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.network.choices import Kind
from entrecidades.network.countries import language_name
from entrecidades.network.models import Country, Entity, Partnership, Place
from entrecidades.network.partnership_sources import public_list

Cell = dict[str, Any]


def cell(text: object, column: Cell, url: str = "") -> Cell:
    """A value under a column."""
    return {"text": text, "label": column["words"], "end": column.get("end", False), "url": url}


def rows_of(
    columns: list[Cell], lines: Iterable[Iterable[tuple[object, str]]]
) -> list[list[Cell]]:
    """Lines of values and addresses, each under its column."""
    return [
        [cell(text, column, url) for (text, url), column in zip(line, columns, strict=True)]
        for line in lines
    ]


def table(columns: list[Cell], lines: Iterable[Iterable[tuple[object, str]]]) -> dict[str, Any]:
    """What ``table.html`` needs beside its caption."""
    return {"columns": columns, "rows": rows_of(columns, lines)}


def grouped(number: int) -> str:
    """A number whose digits stand in groups, as the reader is used to."""
    return str(number_format(number, force_grouping=True))


def people(number: int | None) -> str:
    """A population, or that it is not known."""
    return grouped(number) if number else _("unknown")


def languages(codes: Iterable[str]) -> str:
    """Languages in the reader's words."""
    here = get_language()
    return ", ".join(language_name(code, here) for code in codes)


def cities_table(
    places: Iterable[Place], partners: Mapping[int, int], *, of_one_country: bool = False
) -> dict[str, Any]:
    """The list of cities; those of one country need not name it."""
    columns: list[Cell] = [
        {"words": _("City")},
        *([] if of_one_country else [{"words": _("Country")}]),
        {"words": _("Region")},
        {"words": _("Inhabitants"), "end": True},
        {"words": _("Known partners"), "end": True},
    ]
    return table(
        columns,
        (
            (
                (place.name, place.get_absolute_url()),
                *([] if of_one_country else [(place.country, place.country.get_absolute_url())]),
                (place.region or "–", ""),
                (people(place.population), ""),
                (partners.get(place.pk, 0), ""),
            )
            for place in places
        ),
    )


def countries_table(
    countries: Iterable[Country], tallies: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    """The list of countries."""
    columns: list[Cell] = [
        {"words": _("Country")},
        {"words": _("Languages")},
        {"words": _("Cities and towns"), "end": True},
        {"words": _("Entities"), "end": True},
        {"words": _("Partnerships abroad"), "end": True},
    ]
    return table(
        columns,
        (
            (
                (country, country.get_absolute_url()),
                (languages(country.languages) or "–", ""),
                *(
                    (grouped(tallies.get(country.code, {}).get(what, 0)), "")
                    for what in ("places", "entities", "partnerships")
                ),
            )
            for country in countries
        ),
    )


def entities_table(entities: Iterable[Entity]) -> dict[str, Any]:
    """The list of bodies."""
    columns: list[Cell] = [
        {"words": _("Name")},
        {"words": _("Kind")},
        {"words": _("Country")},
        {"words": _("Seat")},
        {"words": _("Identifiers")},
    ]
    return table(
        columns,
        (
            (
                (_named(entity), entity.get_absolute_url()),
                (kind_of(entity), ""),
                (entity.country, entity.country.get_absolute_url()),
                _seat(entity),
                (", ".join(str(one) for one in entity.identifiers.all()) or "–", ""),
            )
            for entity in entities
        ),
    )


def kind_of(entity: Entity) -> str:
    """What a body is: its tier if it governs, else its kind."""
    governs = entity.kind == Kind.LOCAL_GOVERNMENT and entity.tier
    return str(entity.get_tier_display() if governs else entity.get_kind_display())


def _named(entity: Entity) -> str:
    name = entity.name_in()
    acronym = entity.acronym
    return f"{name} ({acronym})" if acronym and acronym != name else name


def _seat(entity: Entity) -> tuple[object, str]:
    return (entity.seat, entity.seat.get_absolute_url()) if entity.seat else ("–", "")


def partnerships_told(
    pairs: Iterable[Partnership], *, country: str = "", place: str = ""
) -> list[dict[str, Any]]:
    """Partnerships with the public lists that name them, seen from a country or a place."""
    rows = []
    for pair in pairs:
        first, second = pair.one, pair.other
        if (country and first.country_id != country) or (place and first.public_id != place):
            first, second = second, first
        sources = [public_list(key) for key in pair.sources]
        rows.append({"pair": pair, "first": first, "second": second, "sources": sources})
    return rows
