"""Beginning an application, and who takes part in it: each body joins, confirms or leaves."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import made_with
from entrecidades.audit.services import record
from entrecidades.calls.choices import Act, ApplicationState, CallState
from entrecidades.calls.models import Application, Call, Part
from entrecidades.calls.rules.life import NotReady, NotYourStep, TooLate
from entrecidades.calls.selectors import parts_where
from entrecidades.calls.services.answers import lock_draft, tell_all
from entrecidades.kernel.errors import Refusal
from entrecidades.kernel.lives import IllegalStep
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require
from entrecidades.queue.services import enqueue

#: With so many partners a joint application is still one project.
MOST_PARTNERS = 9


class NotAPartner(Refusal):
    """The body cannot take part in this application."""


@transaction.atomic
def begin_application(
    *,
    call: Call,
    lead: Entity,
    partners: Iterable[Entity],
    title: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
) -> Application:
    """Begin an application of a body, with partners who write it together with her.

    Raises
    ------
    ValidationError
        `NotAllowed`, `TooLate` when the call is not out or over, `NotAPartner`.
    """
    require(by, Permission.APPLY, lead, on=at.date())
    out = {CallState.PUBLISHED, CallState.OPEN}
    if call.state not in out or call.closes_at is None or at >= call.closes_at:
        raise TooLate(_("The call takes no applications."))
    application = Application(
        call=call,
        lead=lead,
        title=title.strip(),
        language=language,
        visibility=Visibility.PARTNER,
        begun_at=at,
        moved_at=at,
    )
    application.full_clean()
    application.save()
    Part.objects.create(application=application, entity=lead)
    record(
        Act.BEGIN,
        subject=application,
        by=by,
        body=lead,
        changes=made_with(application, "call", "lead", "title", "language"),
        call=call.pk,
    )
    for partner in partners:
        _join(application, partner, by=by)
    return application


@transaction.atomic
def invite_partner(
    *, application_id: int, partner: Entity, by: AbstractBaseUser, at: datetime
) -> Part:
    """Ask a body to take part in a draft; whoever confirmed it confirms anew."""
    application = lock_draft(application_id)
    require(by, Permission.APPLY, application.lead, on=at.date())
    application.parts.update(confirmed_at=None)
    return _join(application, partner, by=by)


def _join(application: Application, partner: Entity, *, by: AbstractBaseUser) -> Part:
    """Make a body take part, perhaps again, and promise its people a letter."""
    if partner.pk == application.lead_id:
        raise NotAPartner(_("A body is not its own partner."))
    last = application.parts.order_by("-position").first()
    if last is not None and last.position >= MOST_PARTNERS:
        raise NotAPartner(_("There are as many partners as there may be."))
    part = application.parts.filter(entity=partner).first()
    if part is not None and part.declined_at is None:
        raise NotAPartner(_("%(body)s takes part already.") % {"body": partner.name_in()})
    if part is None:
        position = (last.position if last else 0) + 1
        part = Part(application=application, entity=partner, position=position)
    part.declined_at = None
    part.save()
    record(Act.JOIN, subject=application, by=by, body=application.lead, partner=partner.pk)
    enqueue("calls.tell_of_part", part_id=part.pk)
    return part


@transaction.atomic
def confirm_part(*, application_id: int, part_id: int, by: AbstractBaseUser, at: datetime) -> Part:
    """One body agrees to the whole as it stands; twice is once. Any later change asks anew.

    Raises
    ------
    ValidationError
        `NotAllowed`, or `IllegalStep` when it is a draft no longer.
    """
    application = lock_draft(application_id)
    part = _part_for(application, part_id, by, at)
    if part.confirmed_at is None:
        tell_all(application)
        part.confirmed_at = at
        part.save(update_fields=["confirmed_at"])
        version = application.version
        record(Act.CONFIRM, subject=application, by=by, body=part.entity, version=version)
        if not part.is_lead:
            enqueue("calls.tell_of_confirmation", part_id=part.pk)
    return part


@transaction.atomic
def leave_application(
    *, application_id: int, part_id: int, by: AbstractBaseUser, at: datetime
) -> Part:
    """A partner leaves a draft, or the lead lets it go; what it wrote is kept for it."""
    application = lock_draft(application_id)
    part = application.parts.select_related("entity").filter(pk=part_id).first()
    if part is None:
        raise IllegalStep(_("It takes part no longer."))
    if part.is_lead:
        raise NotYourStep(_("The body that leads withdraws the application instead."))
    mine = parts_where(application, by, Permission.APPLY, on=at.date())
    acting = next((one for one in mine if one.pk == part.pk or one.is_lead), None)
    if acting is None:
        require(by, Permission.APPLY, part.entity, on=at.date())
    if part.declined_at is not None or acting is None:
        raise IllegalStep(_("It takes part no longer."))
    part.declined_at = at
    part.confirmed_at = None
    part.save(update_fields=["declined_at", "confirmed_at"])
    application.parts.update(confirmed_at=None)
    partner = part.entity_id
    record(Act.LEAVE, subject=application, by=by, body=acting.entity, partner=partner)
    return part


def _part_for(application: Application, part_id: int, by: AbstractBaseUser, at: datetime) -> Part:
    """The part of a body, if the person may apply for it."""
    part = application.parts.select_related("entity").filter(pk=part_id).first()
    if part is None or part.declined_at is not None:
        raise IllegalStep(_("It takes part no longer."))
    require(by, Permission.APPLY, part.entity, on=at.date())
    return part


@transaction.atomic
def list_application(
    *, application_id: int, is_listed: bool, by: AbstractBaseUser, at: datetime
) -> Application:
    """Agree to be named in the results, or take that back, whatever was decided."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("lead")
    application = rows.get(pk=application_id)
    require(by, Permission.APPLY, application.lead, on=at.date())
    if application.state == ApplicationState.LAPSED:
        raise IllegalStep(_("It was never submitted."))
    if application.is_listed != is_listed:
        application.is_listed = is_listed
        application.save(update_fields=["is_listed"])
        changes = {"is_listed": (not is_listed, is_listed)}
        record(Act.LIST, subject=application, by=by, body=application.lead, changes=changes)
    return application


@transaction.atomic
def confirm_profile(*, body: Entity, by: AbstractBaseUser, at: datetime) -> None:
    """Somebody of a body has looked at its profile and finds it right as it stands."""
    require(by, Permission.EDIT_PROFILE, body, on=at.date())
    if not body.name:
        raise NotReady([_("The profile has no name.")])
    record(Act.FRESH, subject=body, by=by, body=body)
