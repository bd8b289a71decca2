"""Documents that show what a project has done."""

from django.db import models

from entrecidades.documents.models import Document
from entrecidades.kernel import ids
from entrecidades.projects.models.parts import Indicator
from entrecidades.projects.models.project import Project


class Evidence(models.Model):
    """A document of one of the parties, shown with a project, perhaps for one indicator.

    Who sees it is the document's own to say. It is the party's, and goes when that lets it go.
    """

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="evidence")
    indicator = models.ForeignKey(
        Indicator, models.SET_NULL, null=True, blank=True, related_name="evidence"
    )
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["project", "-added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "document"], name="evidence_once_a_project")
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.document}"
