"""What the parties tell of a project: measurements, reports, their word on it, calls for help."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.selectors.history import name_of
from entrecidades.audit.services import record
from entrecidades.network.choices import Act as NetworkAct
from entrecidades.network.choices import Stance
from entrecidades.network.models import Entity, Statement
from entrecidades.network.rules import NotAParty, standing
from entrecidades.network.selectors import entities_where, require
from entrecidades.projects.choices import Act
from entrecidades.projects.models import (
    HelpRequest,
    Indicator,
    Measurement,
    Project,
    ProjectReport,
)
from entrecidades.projects.rules import NothingSaid, NotYourStep, check_period
from entrecidades.projects.selectors import leads_of, parties_of
from entrecidades.projects.services.beginning import hear_of, locked
from entrecidades.queue.services import enqueue


@transaction.atomic
def measure(
    *,
    indicator_id: int,
    entity: Entity,
    first_on: date,
    last_on: date,
    value: Decimal,
    by: AbstractBaseUser,
    at: datetime,
    groups: Mapping[str, str] | None = None,
    note: str = "",
    language: str = "",
) -> Measurement:
    """A party says what an indicator had come to in a period; measured anew, the old value goes.

    Raises
    ------
    ValidationError
        When the person may not report for the body (`NotAllowed`), the project does not name it
        (`NotAParty`), or the period ends before it begins.
    """
    indicator = Indicator.objects.get(pk=indicator_id)
    project = for_party(indicator.project_id, entity, by, at)
    check_period(first_on, last_on)
    period = {"indicator": indicator, "first_on": first_on, "last_on": last_on}
    made = Measurement.objects.filter(**period).first() or Measurement(**period)
    was = str(made.value) if made.pk else None
    made.value, made.groups, made.note, made.language = value, dict(groups or {}), note, language
    made.full_clean(validate_unique=False)
    made.save()
    record(
        Act.MEASURE,
        subject=indicator,
        by=by,
        body=entity,
        period=_told(first_on, last_on),
        was=was,
        now=str(value),
    )
    hear_of(project, at)
    return made


@transaction.atomic
def report_on_project(
    *,
    project_id: int,
    entity: Entity,
    first_on: date,
    last_on: date,
    words: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
    next_words: str = "",
    quote: str = "",
    may_quote: bool = False,
) -> ProjectReport:
    """A party reports on a period, and confirms what it reports; written anew, it replaces itself.

    Raises
    ------
    ValidationError
        When the person may not report for the body (`NotAllowed`), the project does not name it
        (`NotAParty`), the period is none, or nothing is said.
    """
    project = for_party(project_id, entity, by, at)
    check_period(first_on, last_on)
    if not words.strip():
        raise NothingSaid(_("Say in a few words what happened."))
    period = {"project": project, "entity": entity, "first_on": first_on, "last_on": last_on}
    report = ProjectReport.objects.filter(**period).first() or ProjectReport(**period)
    report.words, report.next_words, report.language = words.strip(), next_words.strip(), language
    report.quote, report.may_quote = quote.strip(), may_quote and bool(quote.strip())
    report.confirmed_at = at
    report.full_clean(validate_unique=False)
    report.save()
    told = _told(first_on, last_on)
    record(Act.REPORT, subject=project, by=by, body=entity, period=told)
    hear_of(project, at)
    return report


def ask_for_report(*, project: Project) -> None:
    """Promise the parties a letter that asks for their word on a year."""
    enqueue("projects.tell_of_project", project_id=project.pk, event="report")


@transaction.atomic
def say_of_project(
    *,
    project_id: int,
    entity: Entity,
    stance: Stance,
    by: AbstractBaseUser,
    at: datetime,
    note: str = "",
    language: str = "",
) -> Statement:
    """A party says that the project is as recorded, or what is different; all parties see it.

    Raises
    ------
    ValidationError
        When the person may not confirm records for the body (`NotAllowed`), the project does not
        name it (`NotAParty`), or it differs without saying how.
    """
    require(by, Permission.CONFIRM, entity, on=at.date())
    project = locked(project_id)
    _check_party(project, entity)
    about = name_of(project)
    said = Statement.objects.filter(subject=about, entity=entity).first()
    said = said or Statement(subject=about, entity=entity)
    said.stance, said.note, said.language = stance, note.strip(), language
    said.said_on, said.said_by_id = at.date(), by.pk
    said.full_clean()
    said.save()
    _note_standing(project, said, by)
    hear_of(project, at)
    enqueue("projects.tell_of_project", project_id=project.pk, event="said")
    return said


def _note_standing(project: Project, said: Statement, by: AbstractBaseUser) -> None:
    """Write where the project stands after what its parties have said, and one trace."""
    words = dict(Statement.objects.filter(subject=said.subject).values_list("entity_id", "stance"))
    before = snapshot(project, "confirmation")
    sides = [
        Stance(words[party.pk]) if party.pk in words else None for party in parties_of(project)
    ]
    project.confirmation = standing(sides)
    project.save(update_fields=["confirmation"])
    changes = changes_since(before, project)
    step = str(said.stance)
    record(NetworkAct.SAY, subject=project, by=by, body=said.entity, changes=changes, step=step)


@transaction.atomic
def ask_help(
    *,
    project_id: int,
    entity: Entity,
    words: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
) -> HelpRequest:
    """A party asks those who coordinate for help; they are promised a letter.

    Raises
    ------
    ValidationError
        When the person may not report for the body (`NotAllowed`), the project does not name it
        (`NotAParty`), or nothing is said.
    """
    project = for_party(project_id, entity, by, at)
    if not words.strip():
        raise NothingSaid(_("Say what you need help with."))
    asked = HelpRequest(
        project=project, entity=entity, words=words.strip(), language=language, asked_at=at
    )
    asked.full_clean()
    asked.save()
    record(Act.ASK_HELP, subject=project, by=by, body=entity)
    hear_of(project, at)
    enqueue("projects.tell_of_project", project_id=project.pk, event="help")
    return asked


@transaction.atomic
def answer_help(
    *, help_id: int, words: str, language: str, by: AbstractBaseUser, at: datetime
) -> HelpRequest:
    """Those who coordinate the project or its programme answer a call for help.

    Raises
    ------
    ValidationError
        When the call is not the person's to answer (`NotYourStep`), or nothing is said.
    """
    asked = HelpRequest.objects.select_for_update(of=("self",)).get(pk=help_id)
    project = locked(asked.project_id)
    mine = entities_where(by, Permission.EDIT_PROJECT, on=at.date())
    speaks = mine.filter(pk__in=[project.entity_id, *leads_of(project)]).first()
    if speaks is None:
        raise NotYourStep(_("Those who coordinate the project answer."))
    if not words.strip():
        raise NothingSaid(_("Say in a few words what can be done."))
    asked.answer, asked.answer_language, asked.answered_at = words.strip(), language, at
    asked.full_clean()
    asked.save()
    record(Act.ANSWER_HELP, subject=project, by=by, body=speaks)
    hear_of(project, at)
    enqueue("projects.tell_of_project", project_id=project.pk, event="answered")
    return asked


def for_party(project_id: int, entity: Entity, by: AbstractBaseUser, at: datetime) -> Project:
    """The project, locked, if the person may report on it for one of its parties."""
    require(by, Permission.REPORT_PROJECT, entity, on=at.date())
    project = locked(project_id)
    _check_party(project, entity)
    return project


def _check_party(project: Project, entity: Entity) -> None:
    """Refuse a body that the project does not name."""
    if not parties_of(project).filter(pk=entity.pk).exists():
        raise NotAParty(_("The record does not name %(name)s.") % {"name": entity.name_in()})


def _told(first_on: date, last_on: date) -> list[str]:
    """A period as history tells it."""
    return [first_on.isoformat(), last_on.isoformat()]
