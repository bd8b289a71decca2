"""Questions the house asks about calls; nothing here writes."""

from entrecidades.calls.selectors.applications import (
    Task,
    above_ceiling,
    applications_accepted,
    applications_of,
    applications_seen_by,
    bodies_accepted,
    obstacles,
    parts_where,
    tasks_of,
)
from entrecidades.calls.selectors.bodies import (
    calls_fitting,
    checked,
    facts_of,
    looked_at_on,
    unfulfilled,
)
from entrecidades.calls.selectors.readings import (
    Standing,
    evaluators_of,
    interest_of,
    readings_of,
    sheets_seen_by,
    standing_of,
    standings_of,
)
from entrecidades.calls.selectors.running import calls_run_by, calls_seen_by
from entrecidades.cooperation.selectors import require_runner, runs

__all__ = [
    "Standing",
    "Task",
    "above_ceiling",
    "applications_accepted",
    "applications_of",
    "applications_seen_by",
    "bodies_accepted",
    "calls_fitting",
    "calls_run_by",
    "calls_seen_by",
    "checked",
    "evaluators_of",
    "facts_of",
    "interest_of",
    "looked_at_on",
    "obstacles",
    "parts_where",
    "readings_of",
    "require_runner",
    "runs",
    "sheets_seen_by",
    "standing_of",
    "standings_of",
    "tasks_of",
    "unfulfilled",
]
