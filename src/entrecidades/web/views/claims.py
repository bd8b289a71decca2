"""Claiming the page of a body that nobody acts for, proving it, and deciding about it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from entrecidades.kernel import clock
from entrecidades.network.choices import ClaimState
from entrecidades.network.domains import is_official
from entrecidades.network.models import Claim, Entity, Place
from entrecidades.network.selectors import is_claimed
from entrecidades.network.selectors.joining import (
    claims_waiting_for,
    is_body_claimed,
    own_domains,
)
from entrecidades.network.services import decide_claim, know_domain, prove_claim, start_claim
from entrecidades.network.tickets import CLAIM, read_ticket
from entrecidades.web.caching import member_page
from entrecidades.web.entrance.arrivals import let_in
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.joining import ClaimForm, DecisionForm
from entrecidades.web.http import MemberRequest, Request

REFUSED = 422


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def city_claim(request: Request, country: str, slug: str) -> HttpResponse:
    """Claim the page of a city."""
    place = get_object_or_404(
        Place.objects.select_related("country"), country=country.upper(), slug=slug
    )
    body = place.entities.governing().order_by("pk").first()
    if body:
        return redirect("web:entity-claim", country=country.lower(), slug=body.slug)
    return _claim_page(request, place, taken=is_claimed(place, on=clock.today()))


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def entity_claim(request: Request, country: str, slug: str) -> HttpResponse:
    """Claim the page of a body."""
    entity = get_object_or_404(
        Entity.objects.select_related("country"), country=country.upper(), slug=slug
    )
    return _claim_page(request, entity, taken=is_body_claimed(entity, on=clock.today()))


def _claim_page(request: Request, subject: Entity | Place, *, taken: bool) -> HttpResponse:
    """The form, and what becomes of it; the answer does not tell who has an account."""
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not taken and form.is_valid():
        facts = form.cleaned_data
        start_claim(
            subject=subject,
            email=facts["email"],
            name=facts["name"],
            post=facts["post"],
            language=get_language() or settings.LANGUAGE_CODE,
            at=clock.now(),
        )
        return render(request, "web/joining/written.html", {"email": facts["email"]})
    domains = own_domains(subject) if isinstance(subject, Entity) else []
    context = {"subject": subject, "form": form, "taken": taken, "domains": domains}
    status = REFUSED if form.errors else 200
    return render(request, "web/claims/claim.html", context, status=status)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim_prove(request: Request, ticket: str) -> HttpResponse:
    """Prove the address of a claim by the link in a letter."""
    told = read_ticket(CLAIM, ticket)
    claim = get_object_or_404(
        Claim.objects.select_related("entity", "place"), public_id=told[0] if told else None
    )
    refusal = ""
    if request.method == "POST":
        try:
            claim, made = prove_claim(claim=claim, at=clock.now())
        except ValidationError as wrong:
            refusal = " ".join(wrong.messages)
        else:
            if claim.state == ClaimState.GRANTED and claim.person and claim.entity:
                to = claim.entity.get_absolute_url()
                return let_in(request, claim.person, made=made, to=to)
    context = {"claim": claim, "refusal": refusal}
    return render(request, "web/claims/prove.html", context, status=REFUSED if refusal else 200)


@member_page
@require_safe
def claim_list(request: MemberRequest) -> HttpResponse:
    """The claims that wait for me."""
    waiting = claims_waiting_for(request.user, on=clock.today())
    return render(request, "web/claims/list.html", {"claims": waiting})


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def claim_decide(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Read a claim, and say yes or no."""
    waiting = claims_waiting_for(request.user, on=clock.today())
    claim = get_object_or_404(waiting, public_id=public_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _decided(request, claim, form):
        return redirect("web:claim-list")
    context = {
        "claim": claim,
        "form": form,
        "official": is_official(claim.email, country=_entity(claim).country_id),
        "domains": own_domains(_entity(claim)),
    }
    status = REFUSED if form.errors else 200
    return render(request, "web/claims/decide.html", context, status=status)


def _decided(request: MemberRequest, claim: Claim, form: DecisionForm) -> bool:
    """Whether the decision was taken; a refusal stands in the form."""
    grant, moment = "grant" in request.POST, clock.now()
    try:
        with transaction.atomic():
            decided = decide_claim(
                claim=claim,
                grant=grant,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=moment,
            )
            waits = decided.state == ClaimState.WAITING
            if grant and not waits and form.cleaned_data["own_domain"]:
                know_domain(claim=claim, by=request.user, at=moment)
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    if waits:
        messages.success(request, _("Noted. A second operator has to say yes too."))
    else:
        messages.success(request, _("Decided. She is told by letter."))
    return True


def _entity(claim: Claim) -> Entity:
    """The body of a claim that was proven."""
    if claim.entity is None:
        raise Http404
    return claim.entity
