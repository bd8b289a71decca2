"""What the pages about relations, programmes and encounters say."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entrecidades.cooperation.choices import Standing
from entrecidades.cooperation.models import Programme, Relation
from entrecidades.encounters.models import Encounter, Series
from entrecidades.kernel.text import pick
from entrecidades.network.models import Partnership
from entrecidades.web.presenters.registry import table

Event = dict[str, Any]


def since_words(relation: Relation) -> str:
    """Since when a relation lasts, no more exactly than its source says it; perhaps nothing."""
    if relation.since_year is None:
        return ""
    words = _("since the %(year)ss") if relation.since_decade else _("since %(year)s")
    return words % {"year": relation.since_year}


def year_words(relation: Relation) -> str:
    """The year, or the decade where the source gives no more."""
    words = _("%(year)ss") if relation.since_decade else "%(year)s"
    return words % {"year": relation.since_year}


def relation_card(relation: Relation) -> dict[str, Any]:
    """A relation as a card shows it."""
    words = [str(relation.get_standing_display()), since_words(relation)]
    return {
        "relation": relation,
        "title": str(relation),
        "url": relation.get_absolute_url(),
        "eyebrow": ", ".join(word for word in words if word),
        "story": pick(relation.story),
        "themes": relation.themes.all(),
    }


def relation_facts(relation: Relation) -> list[dict[str, Any]]:
    """What is known of a relation, line by line."""
    facts: list[dict[str, Any]] = [
        {"words": _("Country"), "value": relation.one, "url": relation.one.get_absolute_url()},
        {
            "words": _("Partner country"),
            "value": relation.other,
            "url": relation.other.get_absolute_url(),
        },
        {"words": _("Standing"), "value": str(relation.get_standing_display())},
    ]
    if relation.since_year:
        facts.append({"words": _("Since"), "value": year_words(relation)})
    if relation.modality:
        facts.append({"words": _("Modality"), "value": str(relation.get_modality_display())})
    return facts


def relation_events(relation: Relation, series: Iterable[Series]) -> list[Event]:
    """The life line of a relation, from its beginning to its latest encounter."""
    begun = {
        Standing.EMERGING: _("First contacts"),
        Standing.FORMALISED: _("The relation is formalised"),
        Standing.CONSOLIDATED: _("First experiences between local authorities"),
        Standing.PROGRAMME: _("The programme begins"),
    }
    events: list[tuple[int, Event]] = []
    if relation.since_year is not None:
        title = begun[Standing(relation.standing)]
        events.append((relation.since_year, {"when": year_words(relation), "title": title}))
    for one in series:
        events += [(edition.year, encounter_event(edition, one)) for edition in one.editions.all()]
    return [event for _year, event in sorted(events, key=lambda item: item[0])]


def encounter_event(edition: Encounter, series: Series | None = None) -> Event:
    """An edition as the timeline shows it; where it was held, and of which series it is."""
    where = edition.place.name if edition.place else pick(edition.place_name).words
    event: Event = {"when": str(edition.year), "title": f"{where}, {edition.country}"}
    if series:
        return {**event, "text": str(series), "url": series.get_absolute_url()}
    return {**event, "url": edition.place.get_absolute_url() if edition.place else ""}


def pair_numbers(relation: Relation, pairs: int, confirmed: int) -> list[dict[str, Any]]:
    """How many partnerships between cities of the two countries are known, and confirmed."""
    themes = relation.themes.count()
    return [
        {
            "value": pairs,
            "words": _("known partnerships between cities"),
            "note": _("from public lists"),
        },
        {"value": confirmed, "words": _("confirmed by a city")},
        *([{"value": themes, "words": _("themes")}] if themes else []),
    ]


def pairs_url(relation: Relation) -> str:
    """The list of all known partnerships between the two countries."""
    query = f"?country={relation.one_id}&other={relation.other_id}"
    return reverse("web:partnership-list") + query


def pairs_table(relation: Relation, pairs: Sequence[Partnership]) -> dict[str, Any]:
    """The partnerships between the largest cities, each country in a column of its own."""
    columns: list[dict[str, Any]] = [
        {"words": str(relation.one)},
        {"words": str(relation.other)},
        {"words": _("Known since"), "end": True},
        {"words": _("Standing")},
    ]
    lines = []
    for pair in pairs:
        ends = (pair.one, pair.other)
        here, there = ends if pair.one.country_id == relation.one_id else reversed(ends)
        lines.append(
            (
                (here.name, here.get_absolute_url()),
                (there.name, there.get_absolute_url()),
                (str(pair.first_year) if pair.first_year else "–", ""),
                (pair.get_confirmation_display(), ""),
            )
        )
    return table(columns, lines)


def coordinators_of(programme: Programme) -> list[dict[str, Any]]:
    """The bodies that coordinate a programme, gathered by country."""
    countries: dict[str, dict[str, Any]] = {}
    for one in programme.coordinations.all():
        group = countries.setdefault(one.country_id, {"country": one.country, "entities": []})
        group["entities"].append(one.entity)
    return list(countries.values())


def axes_of(programme: Programme) -> list[dict[str, Any]]:
    """The axes of a programme with their themes."""
    return [{"label": str(axis), "themes": axis.themes.all()} for axis in programme.axes.all()]


def finding(relation: Relation, pairs: int) -> SafeString | str:
    """What the picture of a relation shows, in one sentence."""
    names = {"one": relation.one, "other": relation.other, "count": pairs}
    if not pairs:
        return _("No public list names a partnership of cities of %(one)s and %(other)s.") % names
    return (
        _("The %(count)s known partnerships between cities of %(one)s and of %(other)s.") % names
    )
