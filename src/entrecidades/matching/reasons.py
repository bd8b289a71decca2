"""Say in a sentence why two suit each other, part by part, from the facts the engine counted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.cooperation.models import Programme, Relation
from entrecidades.matching.history import NAMED, history_told
from entrecidades.matching.parts import PART_LABELS
from entrecidades.matching.snapshot import Snapshot
from entrecidades.matching.standing import role_told
from entrecidades.network.countries import language_name
from entrecidades.network.models import Entity, Place
from entrecidades.themes.models import Theme

# Below this ratio two populations are called alike.
ALIKE = 1.5


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score: ``score`` in [0, 1], ``weight`` of 100, and what lies behind it.

    ``short`` is the reason in two or three words, empty where there is nothing
    to praise.
    """

    part: str
    label: str
    text: str
    short: str
    score: float
    weight: float


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers of the engine are called; read once for a whole list of suggestions."""

    themes: dict[str, str]
    frames: dict[str, str]
    rows: dict[int, str]


def reasons_for(held: Snapshot, row: int, others: Sequence[int]) -> list[list[Reason]]:
    """The reasons of each of some counterparts, in their order; five queries at most."""
    return reasons_between(held, [(row, other) for other in others])


def reasons_between(held: Snapshot, links: Sequence[tuple[int, int]]) -> list[list[Reason]]:
    """The reasons of some pairs as the first of each sees them; five queries for all at most."""
    others: dict[int, list[int]] = {}
    for row, other in links:
        others.setdefault(row, []).append(other)
    found = {
        (row, other): one.parts
        for row, seen in others.items()
        for other, one in zip(seen, held.matcher.explain_many(row, seen), strict=True)
    }
    told = [found[link] for link in links]
    names = _names(held, told)
    return [[_reason(held, part, names) for part in parts] for parts in told]


def _names(held: Snapshot, told: Iterable[Iterable[Any]]) -> Names:
    """Read the names of every theme, programme and town that the facts speak of."""
    rows: set[int] = set()
    themes: set[str] = set()
    frames = False
    for parts in told:
        for part in parts:
            if part.part in {"needs", "offers"}:
                themes.update(held.book.themes[theme] for theme, *_ in part.facts["themes"])
            if part.part == "history":
                rows.update(part.facts["shared"][:NAMED])
                rows.update(one for pair in part.facts["neighbours"][:1] for one in pair)
            frames = frames or bool(part.part == "programme" and part.facts.get("common"))
    labels = {theme.slug: str(theme) for theme in Theme.objects.filter(slug__in=themes)}
    return Names(labels, _frames() if frames else {}, _rows(held, rows))


def _frames() -> dict[str, str]:
    """Every programme and relation by the name the snapshot has for it."""
    named = {f"programme:{one.slug}": str(one) for one in Programme.objects.all()}
    return named | {f"relation:{one.slug}": str(one) for one in Relation.objects.all()}


def _rows(held: Snapshot, rows: Iterable[int]) -> dict[int, str]:
    """The names of some rows."""
    keys = {int(held.rows.ids[row]): row for row in rows}
    places = Place.objects.filter(pk__in=[key for key in keys if key > 0])
    bodies = Entity.objects.filter(pk__in=[-key for key in keys if key < 0])
    named = {keys[pk]: name for pk, name in places.values_list("pk", "name")}
    return named | {keys[-pk]: name for pk, name in bodies.values_list("pk", "name")}


def _reason(held: Snapshot, part: Any, names: Names) -> Reason:
    """One part with its sentence."""
    text, short = SENTENCES[part.part](part.facts, held, names)
    label = str(PART_LABELS[part.part])
    return Reason(part.part, label, text, short, float(part.score), float(part.weight))


Told = tuple[str, str]


def _needs(facts: dict[str, Any], held: Snapshot, names: Names) -> Told:
    """What we need and they do well."""
    themes = _themes(facts["themes"], held, names)
    if not themes:
        return _("No need of yours is known to be met there."), ""
    return _("They do well what you need: %(themes)s.") % {"themes": ", ".join(themes)}, themes[0]


def _offers(facts: dict[str, Any], held: Snapshot, names: Names) -> Told:
    """What they need and we do well."""
    themes = _themes(facts["themes"], held, names)
    if not themes:
        return _("No need of theirs is known that you could meet."), ""
    return _("They need what you do well: %(themes)s.") % {"themes": ", ".join(themes)}, themes[0]


def _themes(fits: Sequence[Any], held: Snapshot, names: Names) -> list[str]:
    """The labels of the first few themes that fit."""
    slugs = [held.book.themes[theme] for theme, *_rest in fits]
    return [names.themes.get(slug, slug) for slug in slugs[:NAMED]]


def _size(facts: dict[str, Any], _held: Snapshot, _names: Names) -> Told:
    """The two populations."""
    if facts["ratio"] is None:
        return _("The number of inhabitants is not known."), ""
    told = {
        "ours": number_format(int(facts["population"]), force_grouping=True),
        "theirs": number_format(int(facts["other_population"]), force_grouping=True),
    }
    if facts["ratio"] <= ALIKE:
        return _("Alike in size: %(ours)s and %(theirs)s inhabitants.") % told, _("same size")
    return _("%(ours)s and %(theirs)s inhabitants.") % told, ""


def _language(facts: dict[str, Any], held: Snapshot, _names: Names) -> Told:
    """The languages both work in."""
    reader = get_language()
    common = [
        language_name(code, reader)
        for bit, code in enumerate(held.book.languages)
        if facts["common"] >> bit & 1
    ]
    if not common:
        return _("No official language in common."), ""
    return _("A language in common: %(languages)s.") % {"languages": ", ".join(common)}, common[0]


def _distance(facts: dict[str, Any], _held: Snapshot, _names: Names) -> Told:
    """How far apart."""
    if facts["km"] is None:
        return _("The distance is not known."), ""
    kilometres = number_format(round(facts["km"]), force_grouping=True)
    return _("%(km)s km apart.") % {"km": kilometres}, ""


def _name(facts: dict[str, Any], _held: Snapshot, _names: Names) -> Told:
    """Whether they share a name."""
    if facts["shared"]:
        return _("The two share a name."), _("same name")
    return _("The two do not share a name."), ""


def _programme(facts: dict[str, Any], held: Snapshot, names: Names) -> Told:
    """The programmes and relations of both."""
    common = [
        names.frames.get(frame, "")
        for bit, frame in enumerate(held.book.frames)
        if facts["common"] >> bit & 1
    ]
    common = [name for name in common if name]
    if not common:
        return _("No programme or relation in common is known here."), ""
    return _("In common: %(names)s.") % {"names": "; ".join(common[:NAMED])}, _("common programme")


SENTENCES: dict[str, Callable[[dict[str, Any], Snapshot, Names], Told]] = {
    "needs": _needs,
    "offers": _offers,
    "role": lambda facts, _held, names: role_told(facts, names.rows),
    "size": _size,
    "language": _language,
    "history": lambda facts, _held, names: history_told(facts, names.rows),
    "distance": _distance,
    "name": _name,
    "programme": _programme,
}
