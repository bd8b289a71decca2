"""A project begins, and bodies take part in it or no longer do."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.services import hear_of_work
from entrecidades.audit.changes import made_with
from entrecidades.audit.services import record
from entrecidades.cooperation.models import Programme
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity, Place
from entrecidades.network.selectors import require
from entrecidades.projects.choices import Act, ProjectKind, Role
from entrecidades.projects.models import Project, ProjectRole
from entrecidades.projects.rules import RoleTaken
from entrecidades.queue.services import enqueue
from entrecidades.themes.models import Theme

TOLD = (
    "kind",
    "title",
    "state",
    "entity",
    "agreement",
    "programme",
    "planned_from",
    "planned_to",
    "themes",
)


@transaction.atomic
def begin_project(
    *,
    title: str,
    language: str,
    coordinator: Entity,
    roles: Iterable[tuple[Role, Entity]],
    by: AbstractBaseUser,
    at: datetime,
    agreement: Agreement | None = None,
    programme: Programme | None = None,
    themes: Iterable[Theme] = (),
    kind: ProjectKind = ProjectKind.PROJECT,
    summary: str = "",
    places: Iterable[Place] | None = None,
    planned: tuple[date | None, date | None] = (None, None),
    visibility: Visibility = Visibility.PARTNER,
    tells: bool = True,
) -> Project:
    """Begin a project that a body coordinates, with those who take part; all of them see it.

    Without ``places`` it is done where those who receive have their seats. The parties are
    promised a letter, unless something else tells them (``tells``).

    Raises
    ------
    ValidationError
        When the person may not begin projects for the coordinator (`NotAllowed`), the title is
        empty, or it would not be shared with those it names.
    """
    require(by, Permission.EDIT_PROJECT, coordinator, on=at.date())
    taking = [(Role(role), entity) for role, entity in roles]
    project = Project(
        entity=coordinator,
        kind=kind,
        title=_said(title, language),
        summary=_said(summary, language),
        agreement=agreement,
        programme=programme,
        planned_from=planned[0],
        planned_to=planned[1],
        visibility=visibility,
        begun_at=at,
        heard_at=at,
    )
    project.check_edit({}, by=by.pk)
    project.full_clean()
    project.save()
    project.themes.set(themes)
    project.places.set(_seats(taking) if places is None else places)
    _give_roles(project, [(Role.COORDINATOR, coordinator), *taking])
    return _told(project, taking, by, letters=tells)


def _said(words: str, language: str) -> dict[str, str]:
    """A text in one language; nothing where nothing was written."""
    return {language: words.strip()} if words.strip() else {}


def _told(
    project: Project, roles: list[tuple[Role, Entity]], by: AbstractBaseUser, *, letters: bool
) -> Project:
    """The project, with its trace left, and a letter promised to the parties if one is wanted."""
    told = made_with(project, *TOLD)
    named = [[role.value, entity.pk] for role, entity in roles]
    record(Act.BEGIN, subject=project, by=by, body=project.entity, changes=told, roles=named)
    if letters:
        enqueue("projects.tell_of_project", project_id=project.pk, event="begun")
    return project


def _seats(roles: Iterable[tuple[Role, Entity]]) -> list[Place]:
    """Where those who receive have their seats."""
    return [body.seat for role, body in roles if role == Role.RECEIVER and body.seat]


def _give_roles(project: Project, roles: Iterable[tuple[Role, Entity]]) -> None:
    """Write who does what, each once."""
    for role, entity in dict.fromkeys(roles):
        ProjectRole.objects.create(project=project, entity=entity, role=role)


@transaction.atomic
def name_role(
    *, project_id: int, role: Role, entity: Entity, by: AbstractBaseUser, at: datetime
) -> ProjectRole:
    """A body takes part in a project from now on, and sees it.

    Raises
    ------
    ValidationError
        When the person may not (`NotAllowed`), or the body has the role already (`RoleTaken`).
    """
    project = locked(project_id)
    require(by, Permission.EDIT_PROJECT, project.entity, on=at.date())
    if project.roles.filter(entity=entity, role=role).exists():
        raise RoleTaken(_("%(name)s has this role already.") % {"name": entity.name_in()})
    given = ProjectRole.objects.create(project=project, entity=entity, role=role)
    record(Act.NAME, subject=project, by=by, body=project.entity, role=role, entity=entity.pk)
    hear_of(project, at)
    return given


@transaction.atomic
def release_role(*, role_id: int, by: AbstractBaseUser, at: datetime) -> Project:
    """A body no longer has a role in a project; the coordinator stays.

    Raises
    ------
    ValidationError
        When the person may not (`NotAllowed`), or the role is the coordinating body's own.
    """
    given = ProjectRole.objects.get(pk=role_id)
    project = locked(given.project_id)
    require(by, Permission.EDIT_PROJECT, project.entity, on=at.date())
    if given.role == Role.COORDINATOR and given.entity_id == project.entity_id:
        raise RoleTaken(_("A project is always coordinated by the body whose record it is."))
    record(
        Act.RELEASE,
        subject=project,
        by=by,
        body=project.entity,
        role=given.role,
        entity=given.entity_id,
    )
    given.delete()
    hear_of(project, at)
    return project


def locked(project_id: int) -> Project:
    """The project's row as it is now, held until the transaction ends."""
    return Project.objects.select_for_update(of=("self",)).get(pk=project_id)


def hear_of(project: Project, at: datetime) -> None:
    """Note a sign of life; silence begins anew, also that of the agreement it rests on."""
    project.heard_at = max(at, project.heard_at)
    project.save(update_fields=["heard_at"])
    if project.agreement_id:
        hear_of_work(agreement_id=project.agreement_id, at=at)
