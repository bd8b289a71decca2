"""Projects as records, row by row from the database."""

from collections.abc import Iterator

from entrecidades.exchange.exports.sheet import Record, Value
from entrecidades.kernel.text import pick
from entrecidades.projects.choices import ProjectState, Role
from entrecidades.projects.models import Project
from entrecidades.projects.models.project import ProjectQuerySet
from entrecidades.projects.rules import IATI_STATUS

PROJECTS = (
    *("id", "kind", "title", "title_language", "state", "iati_activity_status", "programme"),
    *(str(role) for role in Role),
    *("countries", "themes", "sdg", "places", "planned_from", "planned_to", "actual_from"),
    *("actual_to", "budget", "confirmation", "address"),
)
CHUNK = 500


def project_records(projects: ProjectQuerySet) -> Iterator[Record]:
    """Projects as records, each a line or a point where its first two places are."""
    rows = projects.select_related("entity", "programme").prefetch_related(
        "roles__entity", "themes", "places", "budgetlines"
    )
    for project in rows.iterator(CHUNK):
        yield Record(_values(project), _positions(project))


def _positions(project: Project) -> tuple[tuple[float, float], ...]:
    """Where a project lies: what is done in one place is a point, in two a line."""
    return tuple((one.longitude, one.latitude) for one in project.places.all())[:2]


def _values(project: Project) -> tuple[Value, ...]:
    """One project in the order of the columns; amounts of several currencies stay apart."""
    title, roles = pick(project.title), list(project.roles.all())
    named = {role: tuple(one.entity.name for one in roles if one.role == role) for role in Role}
    lines = [one for one in project.budgetlines.all() if one.removed_at is None]
    amounts = {
        one.currency: sum(x.amount for x in lines if x.currency == one.currency) for one in lines
    }
    themes = list(project.themes.all())
    return (
        *(str(project.public_id), project.kind, title.words, title.language, project.state),
        *(IATI_STATUS[ProjectState(project.state)],),
        project.programme.slug if project.programme else None,
        *(named[role] for role in Role),
        tuple(sorted({one.entity.country_id for one in roles})),
        tuple(one.slug for one in themes),
        tuple(dict.fromkeys(code for one in themes for code in one.sdg)),
        tuple(one.public_id for one in project.places.all()),
        *(project.planned_from, project.planned_to, project.actual_from, project.actual_to),
        tuple(f"{code} {amounts[code]}" for code in sorted(amounts)),
        *(project.confirmation, f"projects/{project.public_id}/"),
    )
