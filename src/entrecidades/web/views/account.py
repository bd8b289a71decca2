"""My account: how I log in, where I am logged in, and its end."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.selectors import sign_ins_of
from entrecidades.accounts.services import end_sign_in
from entrecidades.handover.selectors.leaving import bodies_left, left_by
from entrecidades.handover.services import close_account
from entrecidades.kernel import clock
from entrecidades.members.selectors import declined_by
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.handover import LeavingForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters import handover as told

REFUSED = 422


@member_page
@require_safe
def account(request: MemberRequest) -> HttpResponse:
    """What opens my account, with a way to change each."""
    proofs = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    context = {
        "proofs": set(proofs),
        "identities": SocialAccount.objects.filter(user=request.user).count(),
        "providers": bool(settings.IDENTITY_PROVIDERS),
        "declines": declined_by(request.user),
        "devices": sign_ins_of(request.user, at=clock.now()).count(),
    }
    return render(request, "web/account/account.html", context)


@member_page
@require_safe
def sign_in_list(request: MemberRequest) -> HttpResponse:
    """Where I am logged in."""
    context = {
        "sign_ins": sign_ins_of(request.user, at=clock.now()),
        "here": request.session.session_key,
    }
    return render(request, "web/account/devices.html", context)


@member_page
@require_POST
def sign_in_end(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Log one browser out."""
    if not end_sign_in(person=request.user, public_id=public_id):
        raise Http404
    messages.success(request, _("That browser is logged out."))
    return redirect("web:sign-in-list")


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # the library is untyped
def account_close(request: MemberRequest) -> HttpResponse:
    """Close my account, after one question."""
    at = clock.now()
    left = [left_by(request.user, body, at=at) for body in bodies_left(request.user, at=at)]
    desks = [one for one in left if one.needs_successor]
    form = LeavingForm(request.POST if request.method == "POST" else None, desks=desks)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(person=request.user, heirs=form.heirs(), at=at)
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect("web:home")
    alone = [one.body for one in left if one.is_left_alone]
    context = {"form": form, "desks": told.desks(form), "alone": alone}
    status = REFUSED if form.errors else 200
    return render(request, "web/account/close.html", context, status=status)
