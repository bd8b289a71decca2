"""First contacts follow from the pairs of a round: looked at, chosen, opened in one step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from entrecidades.calls.models import Pair, Round
from entrecidades.calls.selectors import require_runner
from entrecidades.calls.selectors.contacts import opening_under_way, pairs_to_open
from entrecidades.calls.services import ask_contacts
from entrecidades.kernel import clock
from entrecidades.matching.jobs import PIECE, open_contacts
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.rounds import OpeningForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters import round_contacts as told
from entrecidades.web.typed import number_typed
from entrecidades.web.views.rounds import running

REFUSED, PAGE = 422, 100


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def round_contacts(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Which first contacts would be opened, with which words; sent, they are."""
    round_ = running(request, public_id)
    chosen = pairs_to_open(round_)
    if request.method != "POST":
        return _page(request, round_, chosen, OpeningForm(round_=round_))
    if request.POST.get("step") == "choose":
        ticked = [number_typed(one, digits=18) for one in request.POST.getlist("pair")]
        chosen = chosen.filter(pk__in=ticked) if ticked else chosen
        return _page(request, round_, chosen, OpeningForm(round_=round_))
    form = OpeningForm(request.POST, round_=round_)
    if form.is_valid() and (asked := _asked(request, round_, form)):
        messages.success(request, asked)
        return redirect("web:round-contacts", public_id=round_.public_id)
    chosen = chosen.filter(pk__in=form.cleaned_data.get("pairs", []))
    return _page(request, round_, chosen, form, REFUSED)


def _asked(request: MemberRequest, round_: Round, form: OpeningForm) -> str:
    """What is said once they were asked for; nothing when that was refused.

    A few are opened at once, by the same hands as by the worker, who then finds nothing to do.
    """
    try:
        opening = ask_contacts(round_id=round_.pk, by=request.user, at=clock.now(), **form.facts())
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return ""
    if opening.count > PIECE:
        return _("The first contacts are being opened. You may leave this page.")
    open_contacts(opening_id=opening.pk)
    said = ngettext(
        "%(count)d first contact is open.", "%(count)d first contacts are open.", opening.count
    )
    return said % {"count": opening.count}


def _page(
    request: MemberRequest, round_: Round, chosen: Any, form: OpeningForm, status: int = 200
) -> HttpResponse:
    """The pairs, each with its contact, and the last look before more are opened."""
    page = Paginator(Pair.objects.standing().filter(round=round_).whole(), PAGE).get_page(
        request.GET.get("page")
    )
    opening = opening_under_way(round_)
    through = require_runner(request.user, round_.programme, on=clock.today())
    context = {
        "round": round_,
        "form": form,
        "look": told.look_told(list(chosen.whole()), through),
        "way": told.way_told(opening) if opening else None,
        "rows": told.contacts_told(request.reader, list(page)),
        "page": page,
        "page_query": "",
    }
    return render(request, "web/rounds/contacts.html", context, status=status)
