"""Acts on an agreement: its steps, a party's yes to the text, approvals, signatures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements import services
from entrecidades.agreements.choices import AgreementStep
from entrecidades.agreements.life import ASKS, TAKEN_WITH
from entrecidades.agreements.models import Agreement, Approval, Party, Signatory
from entrecidades.agreements.selectors import bound_parties, parties_with, standing_approvals
from entrecidades.agreements.services import hand_in_paper
from entrecidades.documents.models import Document
from entrecidades.documents.selectors import room_of
from entrecidades.documents.services import examine
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.network.selectors import may
from entrecidades.web.caching import member_page
from entrecidades.web.forms.agreements import (
    ApprovalForm,
    DecisionForm,
    SignatureForm,
    decision_of,
)
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.agreements import approval_told
from entrecidades.web.typed import number_typed
from entrecidades.web.views.agreements import agreement_page
from entrecidades.web.views.own_agreements import REFUSED, agreement_inside, form_page


def _who(request: MemberRequest) -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": request.user, "at": clock.now()}


def _acted(
    request: MemberRequest, agreement: Agreement, act: Callable[[], object]
) -> HttpResponse:
    """Do something and go back to the agreement; a refusal is told on its page."""
    try:
        act()
    except ValidationError as refusal:
        return agreement_page(request, agreement, " ".join(refusal.messages), REFUSED)
    messages.success(request, _("Done. Its parties are told by letter."))
    return redirect(agreement)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_step(request: MemberRequest, reference: str) -> HttpResponse:
    """Lead an agreement one step on, take the last one back, or say that it goes on."""
    agreement = agreement_inside(request, reference)
    if request.method == "POST" and "undo" in request.POST:
        undo = services.undo_agreement_step
        return _acted(request, agreement, lambda: undo(agreement_id=agreement.pk, **_who(request)))
    if request.method == "POST" and "goes-on" in request.POST:
        again = services.reconfirm
        return _acted(
            request, agreement, lambda: again(agreement_id=agreement.pk, **_who(request))
        )
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("step") not in AgreementStep.values:
        return agreement_page(request, agreement, _("There is no such step."), REFUSED)
    step = AgreementStep(asked["step"])
    if ASKS.get(step):
        return _decide(request, agreement, step)
    if request.method != "POST":
        return redirect(agreement)
    return _acted(
        request,
        agreement,
        lambda: services.take_agreement_step(
            agreement_id=agreement.pk, step=step, **_who(request)
        ),
    )


def _decide(request: MemberRequest, agreement: Agreement, step: AgreementStep) -> HttpResponse:
    """Ask what was decided, and take the step with it."""
    hers = parties_with(agreement, request.user, TAKEN_WITH[step], on=clock.today())
    entity = hers[0].entity if hers else None
    form = DecisionForm(
        *_sent(request), step=step, hands_in=_hands_in(request, entity), auto_id="decision_%s"
    )

    def act(document: Document | None) -> None:
        services.take_agreement_step(
            agreement_id=agreement.pk,
            step=step,
            decision=decision_of(form.cleaned_data, document),
            **_who(request),
        )

    if _recorded(request, About(agreement, entity, str(step.label)), form, act):
        return redirect(agreement)
    return form_page(request, agreement, form, str(step.label).capitalize(), step=step.value)


@member_page
@require_POST
def agreement_agree(request: MemberRequest, reference: str) -> HttpResponse:
    """A party agrees to the text."""
    agreement = agreement_inside(request, reference)
    party = _party(agreement, request.POST.get("party", ""))
    return _acted(
        request, agreement, lambda: services.agree_for_party(party=party, **_who(request))
    )


def _party(agreement: Agreement, raw: str) -> Party:
    """The bound party that a form names by its number."""
    number = number_typed(raw, 18)
    return get_object_or_404(bound_parties(agreement), pk=number)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_approval(request: MemberRequest, reference: str, approval: UUID) -> HttpResponse:
    """Record what became of an approval, or reconsider it."""
    agreement = agreement_inside(request, reference)
    one = get_object_or_404(standing_approvals(agreement), public_id=approval)
    if request.method == "POST" and "reconsider" in request.POST:
        again = services.reconsider_approval
        return _acted(request, agreement, lambda: again(approval_id=one.pk, **_who(request)))
    form = ApprovalForm(*_sent(request), hands_in=_hands_in(request, one.party.entity))

    def act(document: Document | None) -> None:
        _settle(one, form, document, _who(request))

    if _recorded(request, About(agreement, one.party.entity, str(one)), form, act):
        return redirect(agreement)
    return form_page(
        request,
        agreement,
        form,
        _("What became of this approval"),
        item=approval_told(one, {}),
        # An approval that is recorded is shown with the way to reconsider it, and no form.
        settled=one.state != "open" and not form.errors,
    )


def _settle(
    approval: Approval, form: ApprovalForm, document: Document | None, who: dict[str, Any]
) -> None:
    """Record an approval as the form says."""
    facts = form.cleaned_data
    if facts["outcome"] == ApprovalForm.WAIVED:
        services.waive_approval(approval_id=approval.pk, reason=facts["reason"], **who)
    else:
        decision = decision_of({**facts, "reason": ""}, document)
        services.give_approval(approval_id=approval.pk, decision=decision, **who)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_sign(request: MemberRequest, reference: str, signatory: UUID) -> HttpResponse:
    """Record that somebody signed, take that back, or say that she does not sign."""
    agreement = agreement_inside(request, reference)
    signs = Signatory.objects.filter(party__agreement=agreement).select_related("party__entity")
    one = get_object_or_404(signs, public_id=signatory)
    undoing: dict[str, Callable[..., object]] = {
        "back": services.take_signature_back,
        "drop": services.drop_signatory,
    }
    if request.method == "POST" and (wanted := undoing.keys() & request.POST.keys()):
        undo = undoing[wanted.pop()]
        return _acted(request, agreement, lambda: undo(signatory_id=one.pk, **_who(request)))
    form = SignatureForm(*_sent(request), hands_in=_hands_in(request, one.party.entity))

    def act(document: Document | None) -> None:
        services.record_signature(
            signatory_id=one.pk,
            signed_on=form.cleaned_data["signed_on"],
            place=form.cleaned_data["place"],
            document=document,
            **_who(request),
        )

    if _recorded(request, About(agreement, one.party.entity, str(agreement)), form, act):
        return redirect(agreement)
    return form_page(request, agreement, form, _("Record a signature"), signatory=one)


def _sent(request: MemberRequest) -> tuple[Any, ...]:
    """What was sent with a form, files included, if it was."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _hands_in(request: MemberRequest, entity: Entity | None) -> bool:
    """Whether the reader may hand in files for a body."""
    return entity is not None and may(request.user, Permission.HAND_IN, entity, on=clock.today())


@dataclass(frozen=True, slots=True)
class About:
    """What a paper is about: the agreement, the party that hands it in, and what it is called."""

    agreement: Agreement
    entity: Entity | None
    title: str


def _recorded(
    request: MemberRequest, about: About, form: Any, act: Callable[[Document | None], None]
) -> bool:
    """Whether what a form says was recorded, with its file; nothing is kept of what is refused.

    The file is looked into before the transaction begins, so that nobody waits for it.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    facts, entity = form.cleaned_data, about.entity
    try:
        upload = facts.get("upload")
        examined = examine(upload, room=room_of(entity)) if upload and entity else None
        with transaction.atomic():
            document = None
            if examined and entity:
                document = hand_in_paper(
                    agreement=about.agreement,
                    entity=entity,
                    upload=examined,
                    title=about.title[:200],
                    language=facts["language"] or about.agreement.languages[0],
                    **_who(request),
                )
            act(document)
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    messages.success(request, _("Done. Its parties are told by letter."))
    return True
