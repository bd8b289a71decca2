"""The papers of an agreement: acts, approvals and signed copies, handed in for a party."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from entrecidades.agreements.models import Agreement
from entrecidades.documents.models import Document
from entrecidades.documents.services import Examined, hand_in
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity


def hand_in_paper(
    *,
    agreement: Agreement,
    entity: Entity,
    upload: Examined,
    title: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
) -> Document:
    """Keep a file that was looked into as a document of a party; all parties see it.

    It is handed in within the transaction of the act that speaks of it: if that is refused,
    nothing is kept.

    Raises
    ------
    ValidationError
        When the person may not hand in for the body (`NotAllowed`), or there is no room.
    """
    return hand_in(
        entity=entity,
        upload=upload,
        title=title,
        language=language,
        visibility=Visibility.PARTNER,
        parties=[one.entity for one in agreement.parties.select_related("entity")],
        by=by,
        at=at,
    )
