"""Letters of an association to its members: written, looked at, sent, stopped, and told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.kernel import clock
from entrecidades.members import services
from entrecidades.members.choices import CircularState
from entrecidades.members.models import Circular
from entrecidades.members.selectors import (
    addressees_of,
    bodies_told,
    circulars_seen_by,
    outcome_of,
    writes,
)
from entrecidades.members.wording import PLACEHOLDERS, problems_of
from entrecidades.network.models import Entity
from entrecidades.web.caching import member_page
from entrecidades.web.filters.members import member_wish, read_member_filters
from entrecidades.web.forms.circulars import LetterForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.lists import page_of_rows
from entrecidades.web.presenters import circulars as told
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.typed import number_typed
from entrecidades.web.views.members import own_association, standing

REFUSED = 422


def _seen(request: MemberRequest, public_id: UUID, *, to_write: bool = False) -> Circular:
    """A letter of an association in which the reader works; to write it, if she may."""
    row = get_object_or_404(circulars_seen_by(request.reader), public_id=public_id)
    if to_write and not writes(request.user, row.entity, on=clock.today()):
        raise Http404
    return row


@member_page
@require_safe
def circular_list(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """The letters of an association to its members, the latest first."""
    association = own_association(request, country, slug)
    rows = circulars_seen_by(request.reader).filter(entity=association)
    page, notice = page_of_rows(rows, request.GET.get("page", ""))
    context = {
        "association": association,
        "page": page,
        "page_query": "",
        "notice": notice,
        "writes": writes(request.user, association, on=clock.today()),
    }
    return render(request, "web/circulars/list.html", context)


@member_page
@require_POST
def circular_new(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """Begin a letter to the members that the list showed."""
    association = own_association(request, country, slug)
    if not writes(request.user, association, on=clock.today()):
        raise Http404
    filters = read_member_filters(request.GET, standing(request, association))
    if filters.notice:  # left out of a list one sees; a letter would go to others than meant
        messages.error(request, filters.notice)
        return redirect("web:member-list", country=country, slug=slug)
    row = services.begin_circular(
        association=association,
        wish=member_wish(filters),
        asked=filters.query(),
        by=request.user,
        at=clock.now(),
    )
    return redirect("web:circular-edit", public_id=row.public_id)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def circular_edit(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Write the letter; it may be saved unfinished: the next page says what is missing."""
    row = _seen(request, public_id, to_write=True)
    if row.state != CircularState.DRAFT:
        return redirect(row)
    said = request.POST if request.method == "POST" else None
    form = LetterForm(said, subject=row.subject, text=row.text, version=row.version)
    if said is not None and form.is_valid():
        try:
            services.write_circular(
                circular_id=row.pk,
                subject=form.texts("subject"),
                text=form.texts("text"),
                version=form.cleaned_data["version"],
                by=request.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            # Whoever has read this may save over it: the words below are still hers.
            form.show_version(Circular.objects.get(pk=row.pk).version)
        else:
            return redirect(row)
    context = {"circular": row, "form": form, "slots": [f"{{{name}}}" for name in PLACEHOLDERS]}
    status = REFUSED if form.errors else 200
    return render(request, "web/circulars/edit.html", context, status=status)


@member_page
@require_safe
def circular_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """A draft as its readers will get it, with who they are; a letter sent, with who got it."""
    return _page(request, _seen(request, public_id))


def _page(
    request: MemberRequest, row: Circular, refusals: list[str] | None = None
) -> HttpResponse:
    """The page of a letter, perhaps with what was refused."""
    context: dict[str, Any] = {
        "circular": row,
        "writes": writes(request.user, row.entity, on=clock.today()),
        "refusals": refusals or [],
        "history": history_told(row, Sight.of(request.reader, bodies=[row.entity_id])),
    }
    if row.state == CircularState.DRAFT:
        context |= _draft(request, row)
        template = "web/circulars/draft.html"
    else:
        context |= _sent(request, row)
        template = "web/circulars/sent.html"
    return render(request, template, context, status=REFUSED if refusals else 200)


def _draft(request: MemberRequest, row: Circular) -> dict[str, Any]:
    """Who gets a draft, what keeps it from being sent, and how it reads."""
    found = addressees_of(row, on=clock.today())
    problems = problems_of(row.subject, row.text)
    wanted = request.GET.get("member", "").strip()[:200]
    one, following, is_there = told.chosen_addressee(found, wanted)
    shown: dict[str, Any] = {}
    if one and not problems:
        body = Entity.objects.prefetch_related("names").get(pk=one.member.key)
        shown = {"body": body, "previews": told.previews(row, one, body), "following": following}
    return {
        "found": found,
        "counts": told.counts_told(found),
        "languages": [] if problems else told.languages_told(row, found),
        "problems": problems,
        "wanted": wanted,
        "is_there": is_there,
        "names": told.names_offered(found),
        **shown,
    }


def _sent(request: MemberRequest, row: Circular) -> dict[str, Any]:
    """How far a letter is, and what became of the copies of each member."""
    counts = outcome_of(row)
    page, _notice = page_of_rows(bodies_told(row), request.GET.get("page", ""))
    done = sum(counts.values()) - counts["waiting"]
    return {
        "outcome": told.outcome_told(counts),
        "done": done,
        "total": sum(counts.values()),
        "page": page,
        "page_query": "",
        "bodies": told.bodies_with_words(page.object_list),
    }


@member_page
@require_POST
def circular_step(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Send a letter, stop it, let it go on, or drop the draft."""
    row = _seen(request, public_id, to_write=True)
    who: dict[str, Any] = {"circular_id": row.pk, "by": request.user, "at": clock.now()}
    step = request.POST.get("step", "")
    try:
        if step == "send":
            version, copies = (
                number_typed(request.POST.get(one, "")) for one in ("version", "copies")
            )
            services.send_circular(version=version, copies=copies, **who)
        elif step == "stop":
            services.stop_circular(**who)
        elif step == "resume":
            services.resume_circular(**who)
        elif step == "drop":
            services.drop_circular(**who)
            messages.success(request, _("The draft is gone."))
            country, slug = row.entity.country_id.lower(), row.entity.slug
            return redirect("web:circular-list", country=country, slug=slug)
        else:
            return _page(request, row, [_("There is no such step.")])
    except ValidationError as problem:
        return _page(request, _seen(request, public_id), problem.messages)
    return redirect(row)
