"""A party shows by a document what a project has done."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.services import record
from entrecidades.documents.selectors import room_of
from entrecidades.documents.services import examine, hand_in
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require
from entrecidades.projects.choices import Act
from entrecidades.projects.models import Evidence, Indicator
from entrecidades.projects.selectors import parties_of
from entrecidades.projects.services.beginning import hear_of
from entrecidades.projects.services.telling import for_party


def add_evidence(
    *,
    project_id: int,
    entity: Entity,
    upload: File,  # type: ignore[type-arg]
    title: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
    indicator: Indicator | None = None,
    visibility: Visibility = Visibility.PARTNER,
) -> Evidence:
    """Hand a file in for a party and show it with a project; the other parties see it at once.

    The file is looked into before the transaction begins, so that nobody waits for it.

    Raises
    ------
    ValidationError
        When the person may not report or hand in for the body (`NotAllowed`), the project does
        not name it (`NotAParty`), or the file is not taken (`NotTaken`, with every reason).
    """
    require(by, Permission.REPORT_PROJECT, entity, on=at.date())
    require(by, Permission.HAND_IN, entity, on=at.date())
    examined = examine(upload, room=room_of(entity))
    with transaction.atomic():
        project = for_party(project_id, entity, by, at)
        document = hand_in(
            entity=entity,
            upload=examined,
            title=title,
            language=language,
            visibility=visibility,
            parties=parties_of(project),
            by=by,
            at=at,
        )
        shown = Evidence(project=project, indicator=indicator, document=document, added_at=at)
        shown.save()
        record(Act.EVIDENCE, subject=project, by=by, body=entity, document=document.pk)
        hear_of(project, at)
    return shown
