"""My account: how I log in, where I am logged in, and its end."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.selectors import sign_ins_of
from entrecidades.accounts.services import close_account, end_sign_in
from entrecidades.kernel import clock
from entrecidades.web.caching import member_page
from entrecidades.web.http import MemberRequest


@member_page
@require_safe
def account(request: MemberRequest) -> HttpResponse:
    """What opens my account, with a way to change each."""
    proofs = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    context = {
        "proofs": set(proofs),
        "identities": SocialAccount.objects.filter(user=request.user).count(),
        "providers": bool(settings.IDENTITY_PROVIDERS),
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
    if request.method != "POST":
        return render(request, "web/account/close.html")
    close_account(person=request.user, by=request.user, at=clock.now())
    logout(request)
    messages.success(request, _("Your account is closed."))
    return redirect("web:home")
