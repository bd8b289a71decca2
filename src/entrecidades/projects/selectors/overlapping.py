"""What overlaps with a project that is being drafted, among those a reader sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from entrecidades.engines.overlap import Overlap, Sketch, overlaps
from entrecidades.network.models import Place
from entrecidades.network.selectors import Reader
from entrecidades.projects.choices import ProjectState
from entrecidades.projects.models import Project
from entrecidades.projects.selectors.projects import projects_told
from entrecidades.themes.models import Theme

#: So many are compared at most; so many are shown.
COMPARED, SHOWN = 2000, 6


@dataclass(frozen=True, slots=True)
class Draft:
    """A project as far as its form is filled in."""

    places: Sequence[Place]
    themes: Sequence[Theme]
    first: date | None = None
    last: date | None = None
    itself: int | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """A project that overlaps with a draft, and in what."""

    project: Project
    themes: list[Theme]
    km: float


def overlapping(draft: Draft, *, reader: Reader) -> list[Met]:
    """The projects near the draft's places, under its themes and in its time, that she sees."""
    if not draft.places or not draft.themes:
        return []
    there = projects_told(reader)
    if draft.itself is not None:
        there = there.exclude(pk=draft.itself)
    there = there.exclude(state__in=[ProjectState.CANCELLED, ProjectState.CLOSED])
    sharing = Project.objects.filter(themes__in=draft.themes).order_by().values("pk")
    rows = {one.pk: one for one in there.filter(pk__in=sharing)[:COMPARED]}
    sketch = Sketch(
        draft.itself,
        tuple((place.latitude, place.longitude) for place in draft.places),
        frozenset(theme.pk for theme in draft.themes),
        draft.first,
        draft.last,
    )
    found = overlaps(sketch, [_sketch(one) for one in rows.values()])[:SHOWN]
    return [_met(one, rows) for one in found]


def sketch_of(project: Project) -> Draft:
    """A project that is there, as a draft to compare others with."""
    return Draft(
        list(project.places.all()),
        list(project.themes.all()),
        project.actual_from or project.planned_from,
        project.actual_to or project.planned_to,
        project.pk,
    )


def _sketch(project: Project) -> Sketch:
    """A project as the engine compares it."""
    return Sketch(
        project.pk,
        tuple((place.latitude, place.longitude) for place in project.places.all()),
        frozenset(theme.pk for theme in project.themes.all()),
        project.actual_from or project.planned_from,
        project.actual_to or project.planned_to,
    )


def _met(overlap: Overlap, rows: dict[int, Project]) -> Met:
    """An overlap with the rows it tells of."""
    project = next(row for key, row in rows.items() if key == overlap.key)
    common = [theme for theme in project.themes.all() if theme.pk in overlap.themes]
    return Met(project, common, overlap.km)
