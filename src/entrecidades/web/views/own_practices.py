"""What people of a body do with its practices: write one, publish it, archive it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel import clock
from entrecidades.network.choices import Visibility
from entrecidades.network.selectors import entities_where, may
from entrecidades.practices.choices import PracticeStep
from entrecidades.practices.models import Practice
from entrecidades.practices.selectors import practices_seen_by
from entrecidades.practices.services import take_practice_step, write_practice
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.postings import PracticeForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.views.practices import practice_page

REFUSED = 422


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def practice_new(request: MemberRequest) -> HttpResponse:
    """Tell what one's body does well, and publish it or keep it as a draft."""
    hers = entities_where(request.user, Permission.DRAFT, on=clock.today())
    entities = list(hers.prefetch_related("names"))
    if not entities:
        return render(request, "web/board/nobody.html")
    form = PracticeForm(request.POST if request.method == "POST" else None, entities=entities)
    if request.method == "POST" and form.is_valid() and (practice := _written(request, form)):
        messages.success(request, _("Saved. This is how others see it."))
        return redirect(practice)
    status = REFUSED if form.errors else 200
    return render(request, "web/practices/new.html", {"form": form}, status=status)


def _written(request: MemberRequest, form: PracticeForm) -> Practice | None:
    """The practice, published unless a draft was asked for; nothing when it was refused."""
    facts, day = form.cleaned_data, clock.today()
    language = facts["language"]
    try:
        with transaction.atomic():
            practice = write_practice(
                entity=facts["entity"],
                themes=facts["themes"],
                title={language: facts["title"]},
                summary={language: facts["summary"]},
                since_year=facts["since_year"],
                visibility=Visibility(int(facts["visibility"])),
                by=request.user,
                on=day,
            )
            speaks = may(request.user, Permission.PUBLISH, practice.entity, on=day)
            if speaks and "draft" not in request.POST:
                practice = take_practice_step(
                    practice_id=practice.pk, step=PracticeStep.PUBLISH, by=request.user, on=day
                )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None
    return practice


@member_page
@require_POST
def practice_step(request: MemberRequest, key: str) -> HttpResponse:
    """Publish or archive a practice of one's own body; a refusal is told on its page."""
    day = clock.today()
    mine = practices_seen_by(request.reader).filter(
        entity__in=entities_where(request.user, Permission.PUBLISH, on=day)
    )
    practice = get_object_or_404(mine, key=key)
    try:
        step = PracticeStep(request.POST.get("step", ""))
        take_practice_step(practice_id=practice.pk, step=step, by=request.user, on=day)
    except ValidationError as refusal:
        return practice_page(request, practice, " ".join(refusal.messages), REFUSED)
    except ValueError:
        return practice_page(request, practice, _("There is no such step."), REFUSED)
    messages.success(request, _("Done."))
    return redirect(practice)
