"""Projects, what they consist of, and what is told of them."""

from entrecidades.projects.models.evidence import Evidence
from entrecidades.projects.models.following import HelpRequest, Move, ProjectReport
from entrecidades.projects.models.parts import BudgetLine, Indicator, Measurement, Milestone
from entrecidades.projects.models.project import Project, ProjectRole, ThemeShare

__all__ = [
    "BudgetLine",
    "Evidence",
    "HelpRequest",
    "Indicator",
    "Measurement",
    "Milestone",
    "Move",
    "Project",
    "ProjectReport",
    "ProjectRole",
    "ThemeShare",
]
