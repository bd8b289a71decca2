"""Who is told of a project: those who take part, and those who coordinate its programme."""

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.kernel import clock
from entrecidades.network.models import Mandate, holding
from entrecidades.projects.models import Project
from entrecidades.projects.selectors import leads_of, parties_of
from entrecidades.queue.services import enqueue

#: Of what those who coordinate are told, beside or instead of the parties.
TO_LEADERS, TO_ALL = frozenset({"help"}), frozenset({"silent"})


def tell_of_project(project_id: int, event: str) -> None:
    """Promise a letter to each officer whom an event of a project concerns."""
    project = Project.objects.select_related("programme").filter(pk=project_id).first()
    if project is None:
        return
    leaders = {project.entity_id, *leads_of(project)}
    parties = {body.pk for body in parties_of(project)}
    bodies = leaders if event in TO_LEADERS else parties
    bodies |= leaders if event in TO_ALL else set()
    for reader in _readers(bodies):
        enqueue(
            "mail.write", kind="project", subject_id=project_id, reader_id=reader.pk, told=event
        )


def _readers(bodies: set[int]) -> list[Person]:
    """The people of some bodies who lead or report on projects, each once."""
    mandates = Mandate.objects.filter(
        holding(clock.today()),
        entity__in=bodies,
        role__in=roles_with(Permission.REPORT_PROJECT),
    )
    acting = Person.objects.filter(pk__in=mandates.values("person"), is_active=True)
    return list(acting.order_by("pk"))


def project_told(subject_id: int) -> dict[str, object] | None:
    """The project that a letter is about."""
    project = Project.objects.select_related("entity").filter(pk=subject_id).first()
    return {"project": project} if project else None
