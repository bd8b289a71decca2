"""A project of which nobody has heard for long: those who take part are reminded."""

from datetime import datetime

from django.db import transaction

from entrecidades.audit.services import record
from entrecidades.projects.choices import Act
from entrecidades.projects.models import Project
from entrecidades.queue.services import enqueue


@transaction.atomic
def remind_of_silence(*, project_id: int, at: datetime) -> bool:
    """Promise the parties a letter about a silence; False if somebody spoke, or was reminded."""
    silent = Project.objects.silent_unreminded(at).select_for_update(of=("self",))
    project = silent.filter(pk=project_id).first()
    if project is None:
        return False
    project.reminded_at = at
    project.save(update_fields=["reminded_at"])
    heard = project.heard_at.date().isoformat()
    record(Act.REMIND, subject=project, by=None, heard_on=heard)
    enqueue("projects.tell_of_project", project_id=project.pk, event="silent")
    return True
