"""People and who runs the site: found, helped, looked as, made operators by two operators."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.choices import Matter
from entrecidades.accounts.models import Nomination, Person
from entrecidades.accounts.selectors import (
    FOUND,
    LEAST_ASKED,
    looks_as,
    nominations_waiting,
    operators,
    people_found,
    sign_ins_of,
)
from entrecidades.accounts.services import (
    ask_to_remove_proofs,
    begin_look,
    decide_nomination,
    end_look,
    nominate,
    reset,
)
from entrecidades.kernel import clock
from entrecidades.network.selectors import mandates_of
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.people import LookForm, NominationForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.looking import KEPT
from entrecidades.web.operators import operators_page

REFUSED = 422


@require_safe
@operators_page
def person_list(request: MemberRequest) -> HttpResponse:
    """Find somebody by a piece of her name or address."""
    asked = request.GET.get("q", "").strip()[:200]
    found = list(people_found(asked))
    context = {
        "asked": asked,
        "people": found[:FOUND],
        "more": len(found) > FOUND,
        "too_short": bool(asked) and len(asked) < LEAST_ASKED,
        "least": LEAST_ASKED,
    }
    return render(request, "web/people/list.html", context)


@require_safe
@operators_page
def person_detail(request: MemberRequest, number: int) -> HttpResponse:
    """How somebody's account stands, and what an operator can do for her."""
    person = _person(number)
    return render(request, "web/people/detail.html", _standing(person) | {"person": person})


def _standing(person: Person) -> dict[str, Any]:
    """What an operator sees of an account: nothing that she wrote."""
    held = mandates_of(person, on=clock.today()).select_related("entity__country")
    proofs = Authenticator.objects.filter(user=person)
    return {
        "mandates": held.prefetch_related("entity__names").order_by("valid_from", "pk"),
        "proofs": proofs.exclude(type=Authenticator.Type.RECOVERY_CODES).count(),
        "devices": sign_ins_of(person, at=clock.now()).count(),
        "looks": looks_as(person)[:10],
        "waiting": set(
            nominations_waiting().filter(person=person).values_list("matter", flat=True)
        ),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
@reauthentication_required  # type: ignore[untyped-decorator]  # the library is untyped
def person_look(request: MemberRequest, number: int) -> HttpResponse:
    """Look at the site as somebody, having said why."""
    person = _person(number)
    form = LookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            look = begin_look(person=person, **facts, by=request.user, at=clock.now())
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            request.session[KEPT] = str(look.public_id)
            return redirect("web:desk")
    status = REFUSED if form.errors else 200
    context = {"person": person, "form": form}
    return render(request, "web/people/look.html", context, status=status)


@member_page
@require_POST
def look_end(request: MemberRequest) -> HttpResponse:
    """Be oneself again."""
    look = getattr(request, "looking", None)
    if look is None:
        raise Http404
    end_look(look=look, by=request.operator, at=clock.now())  # type: ignore[attr-defined]
    del request.session[KEPT]
    messages.success(request, _("You are yourself again."))
    return redirect("web:person-detail", number=look.person_id)


@require_POST
@operators_page
def person_reset(request: MemberRequest, number: int) -> HttpResponse:
    """Log somebody out everywhere; her letters no longer open anything."""
    reset(person=_person(number), by=request.user, at=clock.now())
    messages.success(request, _("She is logged out everywhere, and told by letter."))
    return redirect("web:person-detail", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
def person_nominate(request: MemberRequest, number: int) -> HttpResponse:
    """Ask that somebody becomes an operator; another operator decides."""
    return _ask(request, number, nominate, "web/people/nominate.html")


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
@reauthentication_required  # type: ignore[untyped-decorator]  # the library is untyped
def person_proofs(request: MemberRequest, number: int) -> HttpResponse:
    """Ask that somebody's lost passkeys and app are removed; another operator decides."""
    return _ask(request, number, ask_to_remove_proofs, "web/people/proofs.html")


def _ask(
    request: MemberRequest, number: int, act: Callable[..., Nomination], page: str
) -> HttpResponse:
    """One question for another operator, with its reason."""
    person = _person(number)
    form = NominationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            act(person=person, reason=reason, by=request.user, at=clock.now())
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Asked. Another operator decides."))
            return redirect("web:operator-list")
    status = REFUSED if form.errors else 200
    return render(request, page, {"person": person, "form": form}, status=status)


@require_safe
@operators_page
def operator_list(request: MemberRequest) -> HttpResponse:
    """Who runs the site, and about whom another operator is to decide."""
    context = {"operators": operators(), "waiting": nominations_waiting()}
    return render(request, "web/people/operators.html", context)


@require_POST
@operators_page
def nomination_decide(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Agree to what another operator asks for somebody, or not."""
    nomination = get_object_or_404(Nomination, public_id=public_id)
    grant = "grant" in request.POST
    try:
        decide_nomination(nomination=nomination, grant=grant, by=request.user, at=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _done(nomination, grant=grant))
    return redirect("web:operator-list")


def _done(nomination: Nomination, *, grant: bool) -> str:
    """What has happened, or has not."""
    if nomination.matter == Matter.PROOFS:
        removed = _("Her passkeys and app are removed. She is told by letter.")
        return removed if grant else _("Her passkeys and app stay.")
    return _("She is an operator now.") if grant else _("She is not made an operator.")


def _person(number: int) -> Person:
    """Somebody with an account."""
    return get_object_or_404(Person, pk=number)
