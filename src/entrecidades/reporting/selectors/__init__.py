"""Questions about the reports of programmes; nothing here writes."""

from entrecidades.reporting.selectors.board import (
    Reported,
    projects_of_year,
    reports_seen_by,
    who_reported,
)
from entrecidades.reporting.selectors.declaring import (
    Recorded,
    campaigns_of,
    declarations_awaited,
    declarations_seen_by,
    recorded_in,
    tracked,
)
from entrecidades.reporting.selectors.facts import year_facts
from entrecidades.reporting.selectors.health import Health, health_of

__all__ = [
    "Health",
    "Recorded",
    "Reported",
    "campaigns_of",
    "declarations_awaited",
    "declarations_seen_by",
    "health_of",
    "projects_of_year",
    "recorded_in",
    "reports_seen_by",
    "tracked",
    "who_reported",
    "year_facts",
]
