"""Which projects a reader sees, and on which side of one a person stands."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader, entities_where, seen_by
from entrecidades.projects.choices import ProjectStep, Role
from entrecidades.projects.models import Move, Project
from entrecidades.projects.models.project import ProjectQuerySet
from entrecidades.projects.rules import LEADER, PROGRAMME


def projects_seen_by(reader: Reader) -> ProjectQuerySet:
    """The projects a reader sees: those of her bodies, and what others shared with her."""
    return Project.objects.filter(seen_by(reader, Project))


def projects_told(reader: Reader) -> ProjectQuerySet:
    """The projects a reader sees, with what a card of each says, in few queries."""
    return (
        projects_seen_by(reader)
        .select_related("entity__country", "programme")
        .prefetch_related("roles__entity__names", "themes", "places__country")
    )


def projects_of(reader: Reader) -> ProjectQuerySet:
    """The projects in which the reader's own bodies take part."""
    named = Project.objects.filter(roles__entity__in=reader.own).order_by().values("pk")
    return projects_told(reader).filter(Q(pk__in=named) | Q(entity__in=reader.own))


def parties_of(project: Project) -> QuerySet[Entity]:
    """The bodies that a project names, each once, the coordinating one first."""
    named = project.roles.order_by().values("entity")
    bodies = Entity.objects.filter(Q(pk__in=named) | Q(pk=project.entity_id))
    return bodies.select_related("country").prefetch_related("names").order_by("name", "pk")


def tellers_of(project: Project) -> QuerySet[Entity]:
    """The parties that tell how a year went: all but those who coordinate its programme.

    An association that merely coordinates the projects of a programme is the one that asks; where
    it provides, receives or funds besides, it tells as well.
    """
    if project.programme is None:
        return parties_of(project)
    working = project.roles.exclude(role=Role.COORDINATOR).order_by().values("entity")
    leading = project.programme.coordinations.order_by().values("entity")
    return parties_of(project).filter(Q(pk__in=working) | ~Q(pk__in=leading))


def leads_of(project: Project) -> frozenset[int]:
    """The bodies that coordinate the programme a project belongs to, by their keys."""
    if project.programme is None:
        return frozenset()
    return frozenset(project.programme.coordinations.values_list("entity", flat=True))


def last_move(project: Project) -> Move | None:
    """The last step of a project, if it can still be taken back: nothing has followed it.

    Every act moves the last sign of life; so does a step. An edit is told by its version.
    """
    move = project.moves.order_by("-pk").first()
    if move is None or move.undone_at or move.now != project.state:
        return None
    return move if move.at == project.heard_at and move.version == project.version else None


def rested_from(project: Project) -> str | None:
    """The state in which a project was when it was last suspended; None where nothing tells."""
    rests = project.moves.filter(step=ProjectStep.SUSPEND, undone_at=None).order_by("-pk")
    return rests.values_list("was", flat=True).first()


def sides_of(
    project: Project, person: AbstractBaseUser | AnonymousUser, *, on: date
) -> frozenset[str]:
    """Whether a person may lead a project, or speak for the programme it belongs to."""
    ends = {LEADER: {project.entity_id}, PROGRAMME: leads_of(project)}
    mine = entities_where(person, Permission.EDIT_PROJECT, on=on).filter(
        pk__in={*ends[LEADER], *ends[PROGRAMME]}
    )
    keys = {*mine.values_list("pk", flat=True)}
    return frozenset(side for side, bodies in ends.items() if keys & {*bodies})
