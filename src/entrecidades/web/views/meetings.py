"""The dates of a meeting: saying which suit, agreeing, moving, calling off, taking them away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from entrecidades.cooperation import services
from entrecidades.cooperation.calendars import KIND, file_name, meeting_file
from entrecidades.cooperation.choices import MeetingStep
from entrecidades.cooperation.models import Introduction, Meeting
from entrecidades.cooperation.selectors import messages_seen_by
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.meetings import AnswerForm, CallOffForm, MoveForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.meetings import Refused, answerers, prefix_of
from entrecidades.web.presenters.talk import speakers
from entrecidades.web.views.introductions import REFUSED, contact_page, my_contact

TALK = "#talk"
DONE = {
    MeetingStep.ANSWER: gettext_lazy("Your answer is on its way."),
    MeetingStep.AGREE: gettext_lazy("The date is agreed. Both sides are told by letter."),
    MeetingStep.MOVE: gettext_lazy("Other dates are proposed. Both sides are told by letter."),
    MeetingStep.CALL_OFF: gettext_lazy("It is called off. Both sides are told by letter."),
}


@member_page
@require_POST
def introduction_dates(request: MemberRequest, public_id: UUID, meeting: UUID) -> HttpResponse:
    """Take one step about the dates of a meeting; what is refused is told with what was typed."""
    introduction = my_contact(request, public_id)
    found = _meeting(request, introduction, meeting)
    mine = speakers(request, introduction)
    if not mine:
        told = _("Your role does not allow you to write here.")
        return contact_page(request, introduction, told, REFUSED)
    step = request.POST.get("step", "")
    if step == MeetingStep.AGREE:
        return _agree(request, introduction, found, mine)
    if (form := _form(request, step, found, mine)) is None:
        return contact_page(request, introduction, _("There is no such step."), REFUSED)
    if form.is_valid() and _done(request, found, form):
        messages.success(request, DONE[MeetingStep(step)])
        return redirect(introduction.get_absolute_url() + TALK)
    refused: Refused = {(step, str(found.public_id)): form}
    told = " ".join(map(str, form.non_field_errors()))
    return contact_page(request, introduction, told, REFUSED, refused=refused)


def _agree(
    request: MemberRequest,
    introduction: Introduction,
    meeting: Meeting,
    mine: Mapping[str, Entity],
) -> HttpResponse:
    """Agree on the date whose button was pressed."""
    try:
        services.agree_on_date(
            meeting_id=meeting.pk,
            entity=mine.get(request.POST.get("entity", "")) or next(iter(mine.values())),
            moment=datetime.fromisoformat(request.POST.get("moment", "")),
            by=request.user,
            at=clock.now(),
        )
    except ValidationError as refusal:
        return contact_page(request, introduction, " ".join(refusal.messages), REFUSED)
    except ValueError:
        return contact_page(request, introduction, _("There is no such date."), REFUSED)
    messages.success(request, DONE[MeetingStep.AGREE])
    return redirect(introduction.get_absolute_url() + TALK)


def _form(
    request: MemberRequest, step: str, meeting: Meeting, mine: Mapping[str, Entity]
) -> AnswerForm | MoveForm | CallOffForm | None:
    """The form that was sent; None where there is none for the step, or not for this side."""
    if step == MeetingStep.ANSWER:
        answering = answerers(meeting, mine) or mine  # the service refuses one's own dates
        return AnswerForm(request.POST, meeting=meeting, speakers=answering, at=clock.now())
    if step in {MeetingStep.MOVE, MeetingStep.CALL_OFF}:
        kind = MoveForm if step == MeetingStep.MOVE else CallOffForm
        return kind(request.POST, speakers=mine, prefix=prefix_of(MeetingStep(step), meeting))
    return None


def _done(
    request: MemberRequest, meeting: Meeting, form: AnswerForm | MoveForm | CallOffForm
) -> bool:
    """Whether it was done; a refusal stands in the form."""
    here: dict[str, Any] = {"meeting_id": meeting.pk, "by": request.user, "at": clock.now()}
    try:
        if isinstance(form, AnswerForm):
            services.answer_dates(entity=form.speaker(), fits=form.fits(), **here)
        elif isinstance(form, MoveForm):
            services.move_meeting(**form.said(), times=form.moments(), **here)
        else:
            services.call_off(**form.said(), **here)
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True


@member_page
@require_safe
def introduction_calendar(request: MemberRequest, public_id: UUID, meeting: UUID) -> HttpResponse:
    """An agreed date as a file for the reader's calendar."""
    found = _meeting(request, my_contact(request, public_id), meeting)
    if (told := meeting_file(found)) is None:
        raise Http404
    response = HttpResponse(told, content_type=f"{KIND}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return response


def _meeting(request: MemberRequest, introduction: Introduction, public_id: UUID) -> Meeting:
    """The meeting, if it is proposed in a conversation of this contact that the reader sees."""
    mine = messages_seen_by(request.reader).filter(thread__introduction=introduction)
    rows = Meeting.objects.select_related("message__entity", "message__thread__introduction")
    return get_object_or_404(rows, public_id=public_id, message__in=mine.values("pk"))
