"""Lists of projects as a reader asks for them, and how many there are of each kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from entrecidades.network.selectors import Reader
from entrecidades.projects.models import Project, ProjectRole
from entrecidades.projects.models.project import ProjectQuerySet
from entrecidades.projects.selectors.projects import projects_seen_by
from entrecidades.themes.models import Theme


@dataclass(frozen=True, slots=True)
class ProjectWish:
    """What somebody asked for; empty parts ask for nothing."""

    states: Sequence[str] = ()
    kinds: Sequence[str] = ()
    countries: Sequence[str] = ()
    programmes: Sequence[str] = ()
    themes: Iterable[Theme] = field(default_factory=list)


def projects_wished(wish: ProjectWish, *, reader: Reader) -> ProjectQuerySet:
    """The projects a reader sees that fulfil every part of a wish, each once."""
    found = projects_seen_by(reader)
    if wish.states:
        found = found.filter(state__in=wish.states)
    if wish.kinds:
        found = found.filter(kind__in=wish.kinds)
    if wish.programmes:
        found = found.filter(programme__slug__in=wish.programmes)
    if wish.countries:
        there = ProjectRole.objects.filter(entity__country__in=wish.countries)
        there = there.order_by()
        found = found.filter(
            Q(pk__in=there.values("project")) | Q(entity__country__in=wish.countries)
        )
    if themes := list(wish.themes):
        under = Project.objects.filter(themes__in=themes).order_by()
        found = found.filter(pk__in=under.values("pk"))
    return found


def project_tally(reader: Reader) -> dict[str, dict[str, int]]:
    """How many projects a reader sees of each state, kind, programme and country."""
    seen = projects_seen_by(reader).order_by()
    rows = list(seen.values_list("state", "kind", "programme__slug"))
    roles = ProjectRole.objects.filter(project__in=seen.values("pk")).order_by()
    countries = set(roles.values_list("project", "entity__country"))
    return {
        "state": dict(Counter(state for state, _kind, _programme in rows)),
        "kind": dict(Counter(kind for _state, kind, _programme in rows)),
        "programme": dict(Counter(slug for _state, _kind, slug in rows if slug)),
        "country": dict(Counter(code for _project, code in countries)),
    }
