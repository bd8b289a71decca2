"""Lists of members that an association hands in: looked at, settled, applied, taken back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.exchange.choices import BatchState, SubmissionState
from entrecidades.exchange.exports.formats import FORMATS
from entrecidades.exchange.exports.rolls import roll_records
from entrecidades.exchange.exports.sheet import Facts, Sheet
from entrecidades.exchange.models import Submission
from entrecidades.exchange.readers.members import HEADERS
from entrecidades.exchange.selectors import submissions
from entrecidades.exchange.services.member_lists import MEMBERS, NOBODY
from entrecidades.exchange.services.submissions import answer, ask_to_apply, drop, hand_in_list
from entrecidades.exchange.services.undo_slowly import begin_undo
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.network.selectors import may
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.rolls import ALL, SOME, EndingForm, RollForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.imports import counts_told, undoing_told
from entrecidades.web.presenters.rolls import missing_told, open_rows, rest_told
from entrecidades.web.typed import number_typed
from entrecidades.web.views.members import own_association
from entrecidades.web.views.submissions import rows_to_mend

REFUSED = 422
WORKING = {SubmissionState.READING, SubmissionState.APPLYING}


def keeps(request: MemberRequest, association: Entity) -> bool:
    """Whether the reader keeps the members of an association."""
    return may(request.user, Permission.KEEP_MEMBERS, association, on=clock.today())


def _kept_by(request: MemberRequest, country: str, slug: str) -> Entity:
    """An association whose members the reader keeps; for others there is no page."""
    association = own_association(request, country, slug)
    if not keeps(request, association):
        raise Http404
    return association


def _roll(request: MemberRequest, public_id: UUID) -> Submission:
    """A list of an association whose members the reader keeps."""
    rows = Submission.objects.filter(kind=MEMBERS, entity__in=request.reader.own)
    rows = rows.select_related("by", "batch", "entity__country")
    row = get_object_or_404(rows, public_id=public_id)
    if row.entity is None or not keeps(request, row.entity):
        raise Http404
    return row


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def roll_list(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """Hand a list in; the worker reads it, and nothing is written yet."""
    association = _kept_by(request, country, slug)
    is_sent = request.method == "POST"
    form = RollForm(request.POST, request.FILES) if is_sent else RollForm()
    if is_sent and form.is_valid():
        try:
            made = hand_in_list(
                kind=MEMBERS,
                entity=association,
                uploads=[form.cleaned_data["upload"]],
                language=get_language() or settings.LANGUAGE_CODE,
                by=request.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            return redirect("web:roll-detail", public_id=made.public_id)
    context = {"association": association, "form": form, "lists": submissions(association)}
    return render(request, "web/rolls/list.html", context, status=REFUSED if form.errors else 200)


@member_page
@require_safe
def roll_template(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """A list to begin with, in the reader's language: who is a member today."""
    association = _kept_by(request, country, slug)
    language = get_language() or settings.LANGUAGE_CODE
    columns = HEADERS[language.partition("-")[0]]
    records = list(roll_records(association, on=clock.today()))
    facts = Facts(
        title=_("List of members of %s") % association.name_in(),
        licence=_("the association’s own"),
        attribution="",
        query="",
        address=request.build_absolute_uri(),
        language=language,
        written_at=clock.now(),
        row_count=len(records),
    )
    wanted = FORMATS["xlsx"]
    sheet = Sheet("members", columns, records, facts)
    response = HttpResponse(b"".join(wanted.pieces(sheet)), content_type=wanted.media_type)
    response["Content-Disposition"] = 'attachment; filename="members.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@member_page
@require_safe
def roll_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """What was found in a list, and what applying it would do."""
    return _page(request, _roll(request, public_id))


@member_page
@require_POST
def roll_step(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Answer what is not certain, apply the list, forget it, or take back what it did."""
    row = _roll(request, public_id)
    step, ending = request.POST.get("step"), EndingForm(request.POST)
    facts: dict[str, Any] = {"submission": row, "by": request.user}
    try:
        if step == "drop":
            drop(**facts, on=clock.today())
            messages.success(request, _("The list is forgotten."))
            country, slug = _place_of(row)
            return redirect("web:roll-list", country=country, slug=slug)
        if step == "undo" and row.batch:
            begin_undo(batch_id=row.batch.pk, by=request.user, on=clock.today())
        elif step == "answer":
            if not ending.is_valid():
                return _page(request, row, ending=ending)
            answer(**facts, answers=_answers(request, ending, row), at=clock.now())
        else:
            ask_to_apply(**facts, at=clock.now())
    except ValidationError as refusal:
        return _page(request, row, " ".join(refusal.messages))
    return redirect("web:roll-detail", public_id=public_id)


def _place_of(row: Submission) -> tuple[str, str]:
    """Where the address of its association is."""
    return (row.entity.country_id.lower(), row.entity.slug) if row.entity else ("", "")


def _answers(request: MemberRequest, ending: EndingForm, row: Submission) -> dict[str, Any]:
    """What somebody has answered, as the list keeps it; what she did not answer stays open."""
    asked = {
        str(one["row"]): {*one["keys"], NOBODY}
        for one in row.findings
        if one["sign"] == "?" and one.get("keys")
    }
    said = {number: request.POST.get(f"row-{number}", "") for number in asked}
    told: dict[str, Any] = {
        "rows": {number: key for number, key in said.items() if key in asked[number]}
    }
    if (end := ending.cleaned_data["end"]) and "ends_on" in request.POST:
        ticked = [number_typed(key, digits=18) for key in request.POST.getlist("ending")]
        day = ending.cleaned_data["ends_on"] if end in {SOME, ALL} else None
        told["ending"] = None if end == ALL else ticked if end == SOME else []
        told["ends_on"] = day.isoformat() if day else ""
    return told


@member_page
@require_safe
def roll_rows(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Only the rows that cannot be taken as they are, each with why, as a spreadsheet."""
    return rows_to_mend(request, _roll(request, public_id))


def _page(
    request: MemberRequest,
    row: Submission,
    refusal: str = "",
    *,
    ending: EndingForm | None = None,
) -> HttpResponse:
    """The page of one list, perhaps with what was refused."""
    batch = row.batch
    is_undoing = bool(batch and batch.state == BatchState.UNDOING)
    answered = row.answers.get("ending", []), row.answers.get("ends_on", "")
    is_open = row.state in {SubmissionState.STAGED, SubmissionState.FAULTY}
    end = ALL if answered[0] is None else SOME if answered[1] else "none"
    context = {
        "submission": row,
        "association": row.entity,
        "is_working": row.state in WORKING,
        "is_undoing": is_undoing,
        "is_open": is_open,
        "undoing": undoing_told(batch) if batch else {},
        "does": counts_told(row.counts),
        "doubts": open_rows(row.findings) if is_open else {},
        "missing": missing_told(row.findings) if is_open else {},
        "found": rest_told(row.findings),
        "mendable": any(one["sign"] in "!?" for one in row.findings),
        "ending": ending or EndingForm(initial={"end": end, "ends_on": answered[1]}),
        "end": request.POST.get("end", end),
        "ends_on": request.POST.get("ends_on", answered[1] or clock.today().isoformat()),
        "ticked": {str(key) for key in answered[0] or ()},
        "refusal": refusal,
    }
    status = REFUSED if refusal or ending else 200
    return render(request, "web/rolls/detail.html", context, status=status)
