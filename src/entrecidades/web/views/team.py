"""Who acts for a body: inviting, changing roles, ending mandates."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import GRANTS, MandateRole, roles_with
from entrecidades.handover.selectors.leaving import left_with
from entrecidades.handover.services import leave
from entrecidades.kernel import clock
from entrecidades.network import services
from entrecidades.network.models import Entity, Invitation, Mandate
from entrecidades.network.rules import roles_offered
from entrecidades.network.selectors import mandates_of, may
from entrecidades.network.selectors.joining import open_invitations, team_of
from entrecidades.network.tickets import INVITATION, ticket
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.handover import LeavingForm
from entrecidades.web.forms.joining import InvitationForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters import handover as told

REFUSED, MADE = 422, "invitation-made"


@member_page
@require_safe
def team(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """Who acts for the body, in words, and who is invited."""
    return _page(request, _body(request, country, slug))


@member_page
@require_POST
def team_invite(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """Invite somebody; the link and the code are shown once."""
    entity = _body(request, country, slug)
    form = InvitationForm(request.POST, roles=roles_offered(entity.kind))
    if not form.is_valid():
        return _page(request, entity, form)
    try:
        invitation, code = services.invite(
            entity=entity,
            role=MandateRole(form.cleaned_data["role"]),
            email=form.cleaned_data["email"],
            language=get_language() or settings.LANGUAGE_CODE,
            by=request.user,
            at=clock.now(),
        )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return _page(request, entity, form)
    request.session[MADE] = {"id": str(invitation.public_id), "code": code}
    return redirect("web:team", country=country, slug=slug)


@member_page
@require_POST
def invitation_withdraw(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(
        Invitation.objects.select_related("entity"), public_id=public_id
    )
    entity = _body(request, invitation.entity.country_id, invitation.entity.slug)
    try:
        services.withdraw_invitation(invitation=invitation, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return _page(request, entity, refusal=" ".join(refusal.messages))
    messages.success(request, _("The invitation is withdrawn."))
    return _back(entity)


@member_page
@require_POST
def mandate_role(request: MemberRequest, pk: int) -> HttpResponse:
    """Give somebody another role."""
    mandate, entity = _mandate(request, pk)
    try:
        role = MandateRole(request.POST.get("role", ""))
        services.change_role(mandate=mandate, role=role, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return _page(request, entity, refusal=" ".join(refusal.messages))
    except ValueError:
        return _page(request, entity, refusal=_("There is no such role."))
    messages.success(request, _("The role is changed. She is asked to log in again."))
    return _back(entity)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_end(request: MemberRequest, pk: int) -> HttpResponse:
    """End a mandate, after one question."""
    mandate, entity = _mandate(request, pk)
    left = left_with(mandate, at=clock.now())
    desks = [left] if left and left.needs_heir else []
    form = LeavingForm(request.POST if request.method == "POST" else None, desks=desks)
    if request.method != "POST" or not form.is_valid():
        context = {
            "mandate": mandate,
            "entity": entity,
            "own": mandate.person == request.user,
            "form": form,
            "desks": told.desks(form),
        }
        status = REFUSED if form.errors else 200
        return render(request, "web/team/end.html", context, status=status)
    try:
        to = form.heirs().get(entity.pk)
        leave(mandate=mandate, to=to, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return _page(request, entity, refusal=" ".join(refusal.messages))
    if mandate.person_id == request.user.pk:
        return redirect("account_login")
    messages.success(request, _("The mandate is ended."))
    return _back(entity)


def _body(request: MemberRequest, country: str, slug: str) -> Entity:
    """The body, if the reader herself has a role in it that reads; for others it has no team."""
    reading = roles_with(Permission.READ)
    mine = mandates_of(request.user, on=clock.today(), roles=reading).values("entity")
    bodies = Entity.objects.filter(pk__in=mine).select_related("country")
    return get_object_or_404(bodies, country=country.upper(), slug=slug)


def _mandate(request: MemberRequest, pk: int) -> tuple[Mandate, Entity]:
    """A mandate that is hers, or of a body for which the reader invites, and the body."""
    mandate = get_object_or_404(
        Mandate.objects.exclude(person=None).select_related("entity", "person"), pk=pk
    )
    inviter = may(request.user, Permission.INVITE, mandate.entity, on=clock.today())
    if not inviter and mandate.person_id != request.user.pk:
        raise Http404
    return mandate, mandate.entity


def _back(entity: Entity) -> HttpResponse:
    """To the team's page."""
    return redirect("web:team", country=entity.country_id.lower(), slug=entity.slug)


def _page(
    request: MemberRequest,
    entity: Entity,
    form: InvitationForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """The team, perhaps with what was refused, and once with what was just made."""
    day, roles = clock.today(), roles_offered(entity.kind)
    invites = may(request.user, Permission.INVITE, entity, on=day)
    people = list(team_of(entity, on=day))
    made = request.session.pop(MADE, None)
    context = {
        "entity": entity,
        "people": [(one, GRANTS[MandateRole(one.role)].says) for one in people],
        "alone": len({one.person_id for one in people}) == 1,
        "invites": invites,
        "hands_over": may(request.user, Permission.HAND_OVER, entity, on=day),
        "invitations": open_invitations(entity, at=clock.now()) if invites else [],
        "roles": [(role.value, role.label) for role in roles],
        "form": form or InvitationForm(roles=roles, initial={"role": MandateRole.OFFICER}),
        "made": made and {**made, "ticket": ticket(INVITATION, UUID(made["id"]))},
        "site": settings.PUBLIC_URL,
        "refusal": refusal,
    }
    status = REFUSED if refusal or (form and form.errors) else 200
    return render(request, "web/team/team.html", context, status=status)
