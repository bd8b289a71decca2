"""Questions the house asks about projects; nothing here writes."""

from entrecidades.projects.selectors.lanes import Lane, lanes_of
from entrecidades.projects.selectors.lists import ProjectWish, project_tally, projects_wished
from entrecidades.projects.selectors.overlapping import Draft, Met, overlapping, sketch_of
from entrecidades.projects.selectors.projects import (
    last_move,
    leads_of,
    parties_of,
    projects_of,
    projects_seen_by,
    projects_told,
    rested_from,
    sides_of,
    tellers_of,
)
from entrecidades.projects.selectors.telling import (
    evidence_on,
    help_asked,
    is_silent,
    parties_for,
    reads_reports,
    reports_on,
    reports_owed,
    shares_of,
    statements_on,
    totals_of,
)

__all__ = [
    "Draft",
    "Lane",
    "Met",
    "ProjectWish",
    "evidence_on",
    "help_asked",
    "is_silent",
    "lanes_of",
    "last_move",
    "leads_of",
    "overlapping",
    "parties_for",
    "parties_of",
    "project_tally",
    "projects_of",
    "projects_seen_by",
    "projects_told",
    "projects_wished",
    "reads_reports",
    "reports_on",
    "reports_owed",
    "rested_from",
    "shares_of",
    "sides_of",
    "sketch_of",
    "statements_on",
    "tellers_of",
    "totals_of",
]
