"""My data: what the house holds about me, to read, take away, correct, and have erased."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.selectors import looks_as
from entrecidades.kernel import clock
from entrecidades.network.selectors.joining import last_inviter_of
from entrecidades.privacy.archive import archive
from entrecidades.privacy.choices import RequestKind
from entrecidades.privacy.selectors.copy import copy_for
from entrecidades.privacy.selectors.requests import country_of, has_acted, requests_of
from entrecidades.privacy.services import requests as services
from entrecidades.web.caching import member_page, public_page
from entrecidades.web.forms.privacy import ErasureForm, RequestForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.my_data import clocks_of, pages_of, shelves, what_goes, what_stays

REFUSED = 422


@member_page
@require_safe
def my_data(request: MemberRequest) -> HttpResponse:
    """What the house holds about her, and what she asked about it."""
    context = {
        "shelves": shelves(copy_for(request.user)),
        "asked": clocks_of(requests_of(request.user), at=clock.now()),
        "looks": looks_as(request.user),
    }
    return render(request, "web/privacy/my_data.html", context)


@member_page
@require_safe
def my_data_download(request: MemberRequest) -> HttpResponse:
    """All of it as one file, at once."""
    at, kinds = clock.now(), copy_for(request.user)
    page = render_to_string("web/privacy/copy.html", {"pages": pages_of(kinds), "at": at})
    answer = HttpResponse(archive(kinds, page, at=at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="my-data-{at.date().isoformat()}.zip"'
    return answer


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def my_data_request(request: MemberRequest) -> HttpResponse:
    """Ask that something is corrected, or no longer used."""
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.ask(
            kind=RequestKind(form.cleaned_data["kind"]),
            country=country_of(request.user),
            at=clock.now(),
            by=request.user,
            person=request.user,
            words=form.cleaned_data["words"],
        )
        messages.success(request, _("Your request stands; its day is shown here."))
        return redirect("web:my-data")
    status = REFUSED if form.errors else 200
    return render(request, "web/privacy/ask.html", {"form": form}, status=status)


@member_page
@require_POST
def my_data_withdraw(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """She no longer asks."""
    asked = get_object_or_404(requests_of(request.user), public_id=public_id)
    try:
        services.withdraw(request=asked, by=request.user, at=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Withdrawn. Nothing was changed."))
    return redirect("web:my-data")


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # the library is untyped
def erasure(request: MemberRequest) -> HttpResponse:
    """What goes and what stays, then the word that does it, once she has proven herself anew."""
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _erased(request)
    kinds = copy_for(request.user)
    context = {
        "form": form,
        "goes": what_goes(kinds),
        "stays": what_stays(kinds),
        "confirmed_by_another": has_acted(request.user),
        "alone": last_inviter_of(request.user, on=clock.today()),
    }
    status = REFUSED if form.errors else 200
    return render(request, "web/privacy/erasure.html", context, status=status)


def _erased(request: MemberRequest) -> HttpResponse:
    """She is gone and logged out, or a second person has been asked."""
    asked = services.ask_for_erasure(person=request.user, at=clock.now())
    if asked is None:
        logout(request)
        return redirect("web:erased")
    messages.success(
        request, _("You asked to be erased. Another person confirms it by the day below.")
    )
    return redirect("web:my-data")


@login_not_required
@public_page
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """The last page: nothing leads to her any more."""
    return render(request, "web/privacy/erased.html")
