"""Everything that may happen to a project, one function per act."""

from entrecidades.projects.services.beginning import begin_project, name_role, release_role
from entrecidades.projects.services.evidence import add_evidence
from entrecidades.projects.services.moving import take_project_step, undo_last_step
from entrecidades.projects.services.planning import (
    finish_milestone,
    plan_budget_line,
    plan_indicator,
    plan_milestone,
    share_out,
)
from entrecidades.projects.services.silence import remind_of_silence
from entrecidades.projects.services.telling import (
    answer_help,
    ask_for_report,
    ask_help,
    measure,
    report_on_project,
    say_of_project,
)

__all__ = [
    "add_evidence",
    "answer_help",
    "ask_for_report",
    "ask_help",
    "begin_project",
    "finish_milestone",
    "measure",
    "name_role",
    "plan_budget_line",
    "plan_indicator",
    "plan_milestone",
    "release_role",
    "remind_of_silence",
    "report_on_project",
    "say_of_project",
    "share_out",
    "take_project_step",
    "undo_last_step",
]
