"""Questions about the reports of programmes; nothing here writes."""

from entrecidades.reporting.selectors.board import (
    Reported,
    projects_of_year,
    reports_seen_by,
    who_reported,
)
from entrecidades.reporting.selectors.facts import year_facts

__all__ = ["Reported", "projects_of_year", "reports_seen_by", "who_reported", "year_facts"]
