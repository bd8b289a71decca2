"""A member of an association adheres to its umbrella in one step."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import Act, AgreementKind, AgreementState
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.rules import AdheresAlready, NotCovered
from entrecidades.agreements.selectors.life import bound_parties
from entrecidades.agreements.selectors.reading import umbrellas_open_to, umbrellas_to_join
from entrecidades.agreements.services.approvals_asked import ask_for_approvals
from entrecidades.agreements.services.opening import open_agreement
from entrecidades.audit.services import record
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require


@transaction.atomic
def adhere(
    *, umbrella: Agreement, entity: Entity, by: AbstractBaseUser, at: datetime
) -> Agreement:
    """Let a member adhere to an umbrella: its text stands, so only approval and signature remain.

    The parties of the umbrella accompany the adhesion, and are told.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotCovered` when the umbrella is not open to the body, or
        `AdheresAlready`.
    """
    require(by, Permission.DRAFT_AGREEMENT, entity, on=at.date())
    # The body's row is the lock: of two who adhere at once the second is refused.
    held = Entity.objects.select_for_update(of=("self",)).get(pk=entity.pk)
    if not umbrellas_open_to(held, on=at.date()).filter(pk=umbrella.pk).exists():
        message = _("%(name)s cannot adhere: it is no member of a party, or this is not in force.")
        raise NotCovered(message % {"name": held.name_in()})
    if not umbrellas_to_join(held, on=at.date()).filter(pk=umbrella.pk).exists():
        raise AdheresAlready(_("%(name)s adheres to it already.") % {"name": held.name_in()})
    adhesion = open_agreement(
        drafter=held,
        partners=[],
        observers=[one.entity for one in bound_parties(umbrella) if one.entity_id != held.pk],
        title=_title(umbrella, held),
        languages=umbrella.languages,
        kind=AgreementKind.ADHESION,
        umbrella=umbrella,
        programme=umbrella.programme,
        themes=umbrella.themes.all(),
        by=by,
        at=at,
    )
    adhesion.state = AgreementState.APPROVALS
    adhesion.ends_on = umbrella.ends_on
    adhesion.save(update_fields=["state", "ends_on"])
    adhesion.parties.filter(entity=held).update(agreed_at=at)
    ask_for_approvals(adhesion)
    record(Act.ADHERE, subject=adhesion, by=by, body=held, umbrella=umbrella.pk)
    return adhesion


def _title(umbrella: Agreement, body: Entity) -> dict[str, str]:
    """What an adhesion is called: hundreds stand under one umbrella, and each says whose it is."""
    told = {}
    for code, words in umbrella.title.items():
        with translation.override(code):
            title = _("Adhesion of %(body)s: %(title)s")
            told[code] = title % {"body": body.name_in(code), "title": words}
    return told
