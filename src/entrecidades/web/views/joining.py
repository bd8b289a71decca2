"""Coming to act for a body by invitation: a code or a link, who one is, and yes."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from entrecidades.accounts.models import Person
from entrecidades.accounts.roles import GRANTS, MandateRole
from entrecidades.accounts.services import welcome
from entrecidades.kernel import clock
from entrecidades.network.models import Invitation
from entrecidades.network.services import accept_invitation, name_invited
from entrecidades.network.tickets import INVITATION, INVITED, hash_of, read_ticket, ticket
from entrecidades.web.entrance.arrivals import let_in
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.joining import CodeForm, WhoForm
from entrecidades.web.http import Request

REFUSED = 422


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request) -> HttpResponse:
    """Type the code of an invitation."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        code = hash_of(form.cleaned_data["code"])
        found = Invitation.objects.unused(clock.now()).filter(code_hash=code).first()
        if found:
            return redirect("web:join-ask", ticket=ticket(INVITATION, found.public_id))
        form.add_error("code", _("No invitation that still holds has this code."))
    status = REFUSED if form.errors else 200
    return render(request, "web/joining/code.html", {"form": form}, status=status)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_ask(request: Request, ticket: str) -> HttpResponse:
    """Say who one is; a letter proves it. Who is logged in says yes at once."""
    invitation, _email = _found(INVITATION, ticket)
    member = request.user if isinstance(request.user, Person) else None
    form = WhoForm(request.POST if request.method == "POST" and not member else None)
    if request.method == "POST" and member:
        return _accepted(request, invitation, member)
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        name_invited(
            invitation=invitation,
            email=facts["email"],
            name=facts["name"],
            language=get_language() or settings.LANGUAGE_CODE,
        )
        return render(request, "web/joining/written.html", {"email": facts["email"]})
    return _page(request, invitation, form, REFUSED if form.errors else 200)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_accept(request: Request, ticket: str) -> HttpResponse:
    """Say yes by the link in a letter."""
    invitation, email = _found(INVITED, ticket)
    if not email or email != invitation.email:
        raise Http404
    if request.method != "POST":
        return _page(request, invitation, None, 200)
    try:
        with transaction.atomic():
            person, made = welcome(email=email, name=invitation.name, language=invitation.language)
            accept_invitation(invitation=invitation, person=person, at=clock.now())
    except ValidationError as refusal:
        return _refused(request, invitation, refusal)
    return let_in(request, person, made=made, to=invitation.entity.get_absolute_url())


def _found(kind: str, text: str) -> tuple[Invitation, str]:
    """The invitation a link leads to, and whom it was sent to, if it still holds."""
    told = read_ticket(kind, text)
    found = told and (
        Invitation.objects.unused(clock.now())
        .select_related("entity__country", "by")
        .filter(public_id=told[0])
        .first()
    )
    if not told or not found:
        raise Http404
    return found, told[1]


def _accepted(request: Request, invitation: Invitation, person: Person) -> HttpResponse:
    """A member says yes."""
    try:
        accept_invitation(invitation=invitation, person=person, at=clock.now())
    except ValidationError as refusal:
        return _refused(request, invitation, refusal)
    messages.success(request, _("You act for this body from now on."))
    return redirect("web:desk")


def _refused(request: Request, invitation: Invitation, refusal: ValidationError) -> HttpResponse:
    """The page with what was refused."""
    form = WhoForm({})
    form.errors.clear()
    keep_refusal(form, refusal)
    return _page(request, invitation, form, REFUSED)


def _page(
    request: Request, invitation: Invitation, form: WhoForm | None, status: int
) -> HttpResponse:
    """Who invites, for which body, as what, and until when."""
    context = {
        "invitation": invitation,
        "says": GRANTS[MandateRole(invitation.role)].says,
        "form": form,
        "member": request.user.is_authenticated,
    }
    return render(request, "web/joining/invitation.html", context, status=status)
