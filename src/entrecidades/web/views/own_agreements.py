"""What people of a body begin and prepare: agreements, addenda, their days, who signs."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements import services
from entrecidades.agreements.choices import AgreementKind
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.selectors import (
    Changes,
    bodies_to_join,
    bound_parties,
    language_of,
    model_act,
    parties_with,
    umbrellas_over,
)
from entrecidades.cooperation.models import Introduction, Relation
from entrecidades.cooperation.selectors import introductions_of
from entrecidades.engines.acts import act_docx, act_pdf
from entrecidades.kernel import clock
from entrecidades.network.choices import Kind
from entrecidades.network.models import Entity
from entrecidades.network.selectors import entities_where
from entrecidades.web.asked import body_of
from entrecidades.web.caching import member_page
from entrecidades.web.forms.agreements import (
    AddendumForm,
    AgreementForm,
    SignatoryForm,
    TermForm,
)
from entrecidades.web.forms.fields import LISTS, keep_refusal
from entrecidades.web.forms.statements import SpeakerForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.views.agreements import is_inside, seen_agreement

REFUSED = 422
#: The files of a model act: how each is made, and what it is.
ACTS = {
    "docx": (
        act_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": (act_pdf, "application/pdf"),
}


def agreement_inside(request: MemberRequest, reference: str) -> Agreement:
    """An agreement in which the reader takes part; else it is not there."""
    agreement = seen_agreement(request, reference)
    if not is_inside(request, agreement):
        return get_object_or_404(Agreement.objects.none())
    return agreement


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_new(request: MemberRequest) -> HttpResponse:
    """Open an agreement; from a first contact, its two sides and themes are filled in."""
    hers = entities_where(request.user, Permission.DRAFT_AGREEMENT, on=clock.today())
    speakers = list(hers.select_related("country", "seat").prefetch_related("names"))
    if not speakers:
        return render(request, "web/board/nobody.html")
    contact = _contact(request)
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        speakers=speakers,
        umbrellas=umbrellas_over(speakers, on=clock.today()),
        initial=_first_words(request, contact, speakers),
    )
    if request.method == "POST" and form.is_valid() and (made := _opened(request, form, contact)):
        messages.success(request, _("Opened. Its parties are told by letter."))
        return redirect(made)
    context = {"form": form, "contact": contact}
    status = REFUSED if form.errors else 200
    return render(request, "web/agreements/new.html", context, status=status)


def _contact(request: MemberRequest) -> Introduction | None:
    """The first contact that an address names, if the reader takes part in it."""
    try:
        public_id = UUID(request.GET.get("contact", ""))
    except ValueError:
        return None
    mine = introductions_of(request.reader).prefetch_related("themes")
    return mine.filter(public_id=public_id).first()


def _first_words(
    request: MemberRequest, contact: Introduction | None, speakers: list[Entity]
) -> dict[str, Any]:
    """What the form begins with."""
    if contact is None:
        return _of_relation(request, speakers) or {
            "partners": request.GET.get("with", "")[:100],
            "umbrella": request.GET.get("umbrella", "")[:60],
        }
    keys = {body.pk for body in speakers}
    own = contact.asker if contact.asker_id in keys else contact.asked
    other = contact.asked if own == contact.asker else contact.asker
    return {
        "entity": str(own.public_id),
        "partners": f"{other.country_id.lower()}/{other.slug}",
        "observers": _short(contact.broker),
        "themes": [theme.slug for theme in contact.themes.all()][:LISTS],
        "first_language": contact.language,
    }


def _of_relation(request: MemberRequest, speakers: list[Entity]) -> dict[str, Any]:
    """What is known of an agreement that one of those who carry a relation begins on it."""
    told = Relation.objects.prefetch_related("coordinators", "themes")
    relation = told.filter(slug=request.GET.get("relation", "")[:50]).first()
    carriers = list(relation.coordinators.all()) if relation else []
    own = next((one for one in carriers if one in speakers), None)
    others = [one for one in carriers if own and one.country_id != own.country_id]
    if relation is None or own is None or not others:
        return {}
    languages = [language_of(one) for one in (own, others[0])]
    return {
        "entity": str(own.public_id),
        "partners": "\n".join(_short(one) for one in others),
        "themes": [theme.slug for theme in relation.themes.all()][:LISTS],
        "first_language": languages[0],
        "second_language": languages[1] if languages[1] != languages[0] else "",
        "admits_members": all(one.kind == Kind.ASSOCIATION for one in (own, *others)),
    }


def _short(body: Entity | None) -> str:
    """A body's short address; nothing for none."""
    return f"{body.country_id.lower()}/{body.slug}" if body else ""


def _opened(
    request: MemberRequest, form: AgreementForm, contact: Introduction | None
) -> Agreement | None:
    """The agreement; nothing when it was refused, and then no body was registered either."""
    facts = form.cleaned_data
    try:
        with transaction.atomic():
            return services.open_agreement(
                drafter=facts["entity"],
                partners=[body_of(one, by=request.user) for one in facts["partners"]],
                observers=[body_of(one, by=request.user) for one in facts["observers"]],
                title={facts["language"]: facts["title"]},
                languages=form.languages(),
                kind=AgreementKind(facts["kind"]),
                introduction=contact,
                umbrella=facts.get("umbrella"),
                themes=facts["themes"],
                admits_members=facts["admits_members"],
                by=request.user,
                at=clock.now(),
            )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_addendum(request: MemberRequest, reference: str) -> HttpResponse:
    """Open an addendum to a signed agreement."""
    agreement = agreement_inside(request, reference)
    bound = [party.entity for party in bound_parties(agreement)]
    form = AddendumForm(_sent(request), speakers=_speakers(request, agreement), bound=bound)
    sent = request.method == "POST" and form.is_valid()
    if sent and (made := _amended(request, form, agreement)):
        messages.success(request, _("Opened. Its parties are told by letter."))
        return redirect(made)
    return form_page(request, agreement, form, _("Open an addendum"))


def _amended(request: MemberRequest, form: AddendumForm, agreement: Agreement) -> Agreement | None:
    """The addendum; nothing when it was refused, and then no body was registered either."""
    facts = form.cleaned_data
    try:
        with transaction.atomic():
            return services.open_addendum(
                amends=agreement,
                drafter=facts["entity"],
                title={facts["language"]: facts["title"]},
                changes=Changes(
                    ends_on=facts["ends_on"],
                    joining=[body_of(one, by=request.user) for one in facts["joining"]],
                    leaving=facts["leaving"],
                ),
                by=request.user,
                at=clock.now(),
            )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_adhere(request: MemberRequest, reference: str) -> HttpResponse:
    """Adhere to an umbrella in one step; it is there for those whose bodies may."""
    umbrella = seen_agreement(request, reference)
    speakers = bodies_to_join(umbrella, request.user, on=clock.today())
    if not speakers:
        raise Http404
    form = SpeakerForm(_sent(request), speakers=speakers)
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"by": request.user, "at": clock.now()}
        try:
            made = services.adhere(umbrella=umbrella, entity=form.cleaned_data["entity"], **who)
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Done. Now your council decides: the model act is ready."))
            return redirect(made)
    return form_page(request, umbrella, form, _("Adhere to this agreement"), adheres=True)


@member_page
@require_safe
def agreement_act(request: MemberRequest, reference: str, fmt: str) -> HttpResponse:
    """The model act of an adhesion, in the language of the body that adheres or in another."""
    adhesion = agreement_inside(request, reference)
    if adhesion.kind != AgreementKind.ADHESION or fmt not in ACTS:
        raise Http404
    asked = request.GET.get("language", "")
    known = asked in {code for code, _name in settings.LANGUAGES}
    act = model_act(adhesion, asked if known else language_of(adhesion.drafter))
    make, media_type = ACTS[fmt]
    response = HttpResponse(make(act), content_type=media_type)
    name = f"{adhesion.reference}-{act.language}.{fmt}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_term(request: MemberRequest, reference: str) -> HttpResponse:
    """Say from when to when an agreement is to bind."""
    agreement = agreement_inside(request, reference)
    said = {"in_force_from": agreement.in_force_from, "ends_on": agreement.ends_on}
    form = TermForm(_sent(request), initial=said, amends=not agreement.ends_by_itself)
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"by": request.user, "at": clock.now()}
        try:
            services.set_term(agreement_id=agreement.pk, **form.cleaned_data, **who)
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Done."))
            return redirect(agreement)
    return form_page(request, agreement, form, _("Set its days"))


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_signatory(request: MemberRequest, reference: str) -> HttpResponse:
    """Say who signs for a party."""
    agreement = agreement_inside(request, reference)
    form = SignatoryForm(_sent(request), speakers=_speakers(request, agreement))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        party = agreement.parties.get(entity=facts.pop("entity"))
        try:
            services.name_signatory(party=party, **facts, by=request.user, at=clock.now())
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Done."))
            return redirect(agreement)
    return form_page(request, agreement, form, _("Who signs"))


def _speakers(request: MemberRequest, agreement: Agreement) -> list[Entity]:
    """The bound parties for which the reader drafts."""
    may = Permission.DRAFT_AGREEMENT
    hers = parties_with(agreement, request.user, may, on=clock.today())
    return [party.entity for party in hers]


def _sent(request: MemberRequest) -> Any:
    """What was sent with a form, if it was."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: MemberRequest, agreement: Agreement, form: Any, title: str, **more: Any
) -> HttpResponse:
    """A form about an agreement, with what was typed and every problem."""
    context = {"agreement": agreement, "form": form, "title": title, **more}
    status = REFUSED if form.errors else 200
    return render(request, "web/agreements/form.html", context, status=status)
