"""Writing in the conversation of a contact, taking a message back, letting the association in."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entrecidades.cooperation import services
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.selectors import messages_seen_by
from entrecidades.documents.selectors import room_of
from entrecidades.documents.services import Examined, examine
from entrecidades.kernel import clock
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.talk import MessageForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.talk import ends_of, speakers
from entrecidades.web.views.introductions import REFUSED, contact_page, my_contact

TALK = "#talk"


@member_page
@require_POST
def introduction_say(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Write for one's body; what is refused is told with the words still in the form."""
    introduction = my_contact(request, public_id)
    mine = speakers(request, introduction)
    if not mine:
        told = _("Your role does not allow you to write here.")
        return contact_page(request, introduction, told, REFUSED)
    form = MessageForm(request.POST, request.FILES, speakers=mine)
    if form.is_valid() and _said(request, introduction, form):
        messages.success(request, _("Your message is on its way."))
        return redirect(introduction.get_absolute_url() + TALK)
    return contact_page(request, introduction, "", REFUSED, form=form)


def _said(request: MemberRequest, introduction: Introduction, form: MessageForm) -> bool:
    """Whether it was said; a file is looked into before any row is held."""
    entity = form.speaker()
    try:
        enclosed: list[Examined] = []
        if file := form.cleaned_data["upload"]:
            enclosed.append(examine(file, room=room_of(entity)))
        with transaction.atomic():
            thread = services.begin_thread(sides=ends_of(introduction), introduction=introduction)
            services.say(
                thread=thread,
                entity=entity,
                words=form.cleaned_data["words"],
                language=form.cleaned_data["language"],
                token=form.cleaned_data["token"],
                times=form.moments(),
                enclosed=enclosed,
                by=request.user,
                at=clock.now(),
            )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True


@member_page
@require_POST
def introduction_take_back(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Take one's own message back that nobody has read."""
    introduction = my_contact(request, public_id)
    try:
        wanted = UUID(request.POST.get("message", ""))
    except ValueError:
        raise Http404 from None
    mine = messages_seen_by(request.reader).filter(thread__introduction=introduction)
    message = mine.filter(public_id=wanted).first()
    if message is None:
        raise Http404
    return _done(
        request,
        introduction,
        lambda: services.take_back(message=message, by=request.user, at=clock.now()),
        _("The message is taken back. Nobody had read it."),
    )


@member_page
@require_POST
def introduction_let_in(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Let the association of the contact read and write."""
    introduction = my_contact(request, public_id)

    def act() -> None:
        with transaction.atomic():
            thread = services.begin_thread(sides=ends_of(introduction), introduction=introduction)
            services.let_in(thread=thread, by=request.user, at=clock.now())

    return _done(request, introduction, act, _("The association takes part from now on."))


def _done(
    request: MemberRequest, introduction: Introduction, act: Callable[[], None], told: str
) -> HttpResponse:
    """Act, and go back to the conversation; a refusal is told on the page."""
    try:
        act()
    except ValidationError as refusal:
        return contact_page(request, introduction, " ".join(refusal.messages), REFUSED)
    messages.success(request, told)
    return redirect(introduction.get_absolute_url() + TALK)
