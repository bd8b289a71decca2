"""Lists that operators hand in: what was found in them, and applying or dropping them."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.exchange.choices import SubmissionState
from entrecidades.exchange.exports.bad_rows import bad_rows, columns_of
from entrecidades.exchange.exports.formats import FORMATS
from entrecidades.exchange.exports.sheet import Facts, Sheet
from entrecidades.exchange.models import Submission
from entrecidades.exchange.selectors import submissions
from entrecidades.exchange.services.submissions import ask_to_apply, drop, hand_in_list
from entrecidades.kernel import clock
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.submissions import SubmissionForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.operators import operators_page
from entrecidades.web.presenters.imports import counts_told, findings_told, kind_told

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
def import_new(request: MemberRequest) -> HttpResponse:
    """Hand a list in; the worker reads it, and nothing is written yet."""
    is_sent = request.method == "POST"
    form = SubmissionForm(request.POST, request.FILES) if is_sent else SubmissionForm()
    if is_sent and form.is_valid():
        facts = form.cleaned_data
        try:
            made = hand_in_list(
                kind=facts["kind"],
                uploads=facts["uploads"],
                language=get_language() or settings.LANGUAGE_CODE,
                by=request.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            return redirect("web:submission-detail", public_id=made.public_id)
    status = REFUSED if form.errors else 200
    waiting = [{"submission": one, "what": kind_told(one.kind)} for one in submissions()]
    context = {"form": form, "waiting": waiting}
    return render(request, "web/imports/new.html", context, status=status)


@require_safe
@operators_page
def submission_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """What was found in a list, and what applying it would do."""
    return _page(request, _submission(public_id))


@require_POST
@operators_page
def submission_step(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Apply a list, or forget it."""
    submission = _submission(public_id)
    try:
        if request.POST.get("step") == "drop":
            drop(submission=submission, by=request.user, on=clock.today())
            messages.success(request, _("The list is forgotten; nothing of it was written."))
            return redirect("web:import-new")
        ask_to_apply(submission=submission, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return _page(request, submission, " ".join(refusal.messages))
    return redirect("web:submission-detail", public_id=public_id)


@require_safe
@operators_page
def submission_rows(request: MemberRequest, public_id: UUID) -> HttpResponseBase:
    """Only the rows that cannot be taken as they are, each with why, as a spreadsheet."""
    return rows_to_mend(request, _submission(public_id))


def rows_to_mend(request: MemberRequest, submission: Submission) -> HttpResponse:
    """The rows of a list that cannot be taken as they are, as a spreadsheet."""
    rows = bad_rows(submission.header, submission.findings)
    facts = Facts(
        title=kind_told(submission.kind),
        licence="as the list itself",
        attribution="",
        query="",
        address=request.build_absolute_uri(),
        language=submission.language,
        written_at=clock.now(),
        row_count=len(rows),
    )
    sheet = Sheet("rows", columns_of(submission.header), rows, facts)
    wanted = FORMATS["xlsx"]
    response = HttpResponse(b"".join(wanted.pieces(sheet)), content_type=wanted.media_type)
    response["Content-Disposition"] = 'attachment; filename="rows-to-mend.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _submission(public_id: UUID) -> Submission:
    """A list that was handed in and not forgotten."""
    rows = Submission.objects.filter(entity=None).select_related("by", "batch")
    return get_object_or_404(rows, public_id=public_id)


def _page(request: MemberRequest, submission: Submission, refusal: str = "") -> HttpResponse:
    """The page of one list, perhaps with what was refused."""
    working = {SubmissionState.READING, SubmissionState.APPLYING}
    context = {
        "submission": submission,
        "what": kind_told(submission.kind),
        "is_working": submission.state in working,
        "does": counts_told(submission.counts),
        "found": findings_told(submission.findings),
        "files": [one.name for one in submission.files.defer("content")],
        "refusal": refusal,
    }
    status = REFUSED if refusal else 200
    return render(request, "web/imports/submission.html", context, status=status)
