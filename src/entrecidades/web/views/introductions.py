"""First contacts: asking for one, reading it, and the steps of each side."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.selectors import agreements_seen_by
from entrecidades.cooperation import services
from entrecidades.cooperation.choices import IntroductionStep
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.rules import OPEN_TO_TALK
from entrecidades.cooperation.selectors import brokers_between, introductions_seen_by
from entrecidades.kernel import clock
from entrecidades.network.models import Entity, Place
from entrecidades.network.selectors import entities_where
from entrecidades.web.asked import Asked, body_of, read_asked
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import LISTS, keep_refusal
from entrecidades.web.forms.introductions import IntroductionForm
from entrecidades.web.forms.talk import MessageForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.presenters.introductions import introduction_context
from entrecidades.web.presenters.meetings import Refused
from entrecidades.web.presenters.round_contacts import paired_told
from entrecidades.web.presenters.talk import speakers, talk_context, thread_of

REFUSED, MISSING = 422, 404


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def introduction_new(request: MemberRequest) -> HttpResponse:
    """Ask a place or body abroad for a first contact."""
    asked = read_asked(request.GET.get("asked", ""))
    if asked.subject is None:
        status = MISSING if asked.words else 200
        return render(request, "web/introductions/whom.html", {"asked": asked}, status=status)
    askers = list(
        entities_where(request.user, Permission.PROPOSE, on=clock.today())
        .select_related("country")
        .prefetch_related("names")
    )
    if not askers:
        return render(request, "web/board/nobody.html")
    return _form_page(request, asked, asked.subject, askers)


def _form_page(
    request: MemberRequest, asked: Asked, subject: Place | Entity, askers: list[Entity]
) -> HttpResponse:
    """The form, and what becomes of it once it is sent."""
    countries = [asker.country_id for asker in askers]
    form = IntroductionForm(
        request.POST if request.method == "POST" else None,
        askers=askers,
        brokers=list(brokers_between(countries, subject.country_id)),
        initial={"themes": request.GET.getlist("theme")[:LISTS]},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and (made := _proposed(request, form, subject))
    ):
        messages.success(request, _("Your request is on its way."))
        return redirect(made)
    context = {"form": form, "asked": asked, "subject": subject}
    status = REFUSED if form.errors else 200
    return render(request, "web/introductions/new.html", context, status=status)


def _proposed(
    request: MemberRequest, form: IntroductionForm, subject: Place | Entity
) -> Introduction | None:
    """The introduction; nothing when it was refused, and then no body was registered either."""
    facts = form.cleaned_data
    try:
        with transaction.atomic():
            return services.propose_introduction(
                asker=facts["asker"],
                asked=body_of(subject, by=request.user),
                broker=facts.get("broker"),
                themes=facts["themes"],
                message=facts["message"],
                language=facts["language"],
                by=request.user,
                at=clock.now(),
            )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None


@member_page
@require_safe
def introduction_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """One first contact, for those who take part; for others there is none."""
    introduction = my_contact(request, public_id)
    thread = thread_of(introduction, request.reader)
    if thread and (mine := speakers(request, introduction)):
        services.note_read(thread=thread, entities=mine.values(), at=clock.now())
    return contact_page(request, introduction)


@member_page
@require_POST
def introduction_step(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Lead a first contact one step on; a refusal is told on its page."""
    introduction = my_contact(request, public_id)
    try:
        services.take_step(
            introduction_id=introduction.pk,
            step=IntroductionStep(request.POST.get("step", "")),
            by=request.user,
            at=clock.now(),
        )
    except ValidationError as refusal:
        return contact_page(request, introduction, " ".join(refusal.messages), REFUSED)
    except ValueError:
        return contact_page(request, introduction, _("There is no such step."), REFUSED)
    messages.success(request, _("Done. The other side is told by letter."))
    return redirect(introduction)


def my_contact(request: MemberRequest, public_id: UUID) -> Introduction:
    """The introduction, if the reader acts for somebody in it."""
    mine = introductions_seen_by(request.reader).prefetch_related("themes")
    return get_object_or_404(mine, public_id=public_id)


def contact_page(
    request: MemberRequest,
    introduction: Introduction,
    refusal: str = "",
    status: int = 200,
    *,
    form: MessageForm | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """The page of an introduction, perhaps with what was refused; who opens it has read it."""
    context = introduction_context(introduction, request.user, on=clock.today())
    context["talk"] = talk_context(request, introduction, form, refused)
    context["paired"] = paired_told(introduction, request.reader)
    parties = (introduction.asker_id, introduction.asked_id, introduction.broker_id)
    context["agreements"] = agreements_seen_by(request.reader).filter(introduction=introduction)
    drafters = entities_where(request.user, Permission.DRAFT_AGREEMENT, on=clock.today())
    sides = [introduction.asker_id, introduction.asked_id]
    context["drafts"] = (
        introduction.state in OPEN_TO_TALK and drafters.filter(pk__in=sides).exists()
    )
    context["history"] = history_told(introduction, Sight.of(request.reader, bodies=parties))
    return render(
        request,
        "web/introductions/detail.html",
        {**context, "refusal": refusal, "sharing": introduction.asker_id in request.reader.own},
        status=status,
    )
