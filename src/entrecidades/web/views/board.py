"""The board of offers and needs: the list, each posting, a new one, and the steps of its life."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel import clock
from entrecidades.kernel.lives import steps_from
from entrecidades.kernel.text import pick
from entrecidades.network.choices import Visibility
from entrecidades.network.selectors import entities_where, may
from entrecidades.practices import services
from entrecidades.practices.choices import PostingState, PostingStep, Side
from entrecidades.practices.models import Posting
from entrecidades.practices.rules import LIFE
from entrecidades.practices.selectors import (
    board,
    board_tally,
    postings_seen_by,
    postings_wished,
    practices_shown,
)
from entrecidades.web.caching import member_page, public_page
from entrecidades.web.filters.sharing import board_wish, read_board_filters
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.postings import PostingForm, a_year_after
from entrecidades.web.http import MemberRequest, Request, render_page
from entrecidades.web.lists import options, page_of
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.presenters.registry import languages
from entrecidades.web.presenters.sharing import shared_context
from entrecidades.web.removed import gone_or_not_found

REFUSED = 422


@public_page
@login_not_required
@require_safe
def posting_list(request: Request) -> HttpResponse:
    """The open offers and needs, as the address asks."""
    tally = board_tally(request.reader)
    filters = read_board_filters(request.GET, tally)
    found = postings_wished(board_wish(filters), reader=request.reader)
    page, notice = page_of(found, request.GET.get("page", ""), lambda _rows: board(request.reader))
    context = {
        **shared_context(filters, page, notice),
        "sides": options(filters, "side", tally["side"]),
        "countries": options(filters, "country", tally["country"]),
        "forms": options(filters, "form", tally["form"]),
        "languages": options(filters, "language", tally["language"]),
    }
    return render_page(
        request, "web/board/list.html", fragment="web/board/_rows.html", context=context
    )


@public_page
@login_not_required
@require_safe
def posting_detail(request: Request, public_id: UUID) -> HttpResponse:
    """One offer or need; those who act for its body also see what may be done with it."""
    posting = postings_seen_by(request.reader).filter(public_id=public_id).first()
    if posting is None:
        return gone_or_not_found(request, Posting, public_id=public_id)
    return _posting_page(request, posting)


def _posting_page(
    request: Request, posting: Posting, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page of a posting, perhaps with what was refused."""
    is_mine = posting.entity_id in request.reader.own
    speaks = is_mine and may(request.user, Permission.PUBLISH, posting.entity, on=clock.today())
    steps = steps_from(LIFE, PostingState(posting.state)) if speaks else []
    practices = practices_shown(request.reader).filter(postings=posting)
    context: dict[str, Any] = {
        "posting": posting,
        "practice": practices.first() if posting.practice_id else None,
        "text": pick(posting.text),
        "languages": languages(posting.languages),
        "is_mine": is_mine,
        "edits": is_mine
        and may(request.user, posting.edited_with, posting.entity, on=clock.today()),
        "steps": [{"value": step.value, "words": str(step.label)} for step in steps],
        "refusal": refusal,
        "history": history_told(posting, Sight.of(request.reader, bodies=[posting.entity_id])),
        "is_open": Posting.objects.open(clock.today()).filter(pk=posting.pk).exists(),
    }
    return render(request, "web/board/detail.html", context, status=status)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def posting_new(request: MemberRequest) -> HttpResponse:
    """Publish what one's body offers or needs, or keep it as a draft."""
    day = clock.today()
    entities = list(
        entities_where(request.user, Permission.DRAFT, on=day).prefetch_related("names")
    )
    if not entities:
        return render(request, "web/board/nobody.html")
    side = request.GET.get("side", "")
    initial = {"side": side if side in Side.values else Side.NEED}
    form = PostingForm(
        request.POST if request.method == "POST" else None,
        entities=entities,
        today=day,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid() and (posting := _posted(request, form)):
        messages.success(request, _("Saved. This is how others see it."))
        return redirect(posting)
    status = REFUSED if form.errors else 200
    return render(request, "web/board/new.html", {"form": form}, status=status)


def _posted(request: MemberRequest, form: PostingForm) -> Posting | None:
    """The posting, published unless a draft was asked for; nothing when it was refused."""
    facts = form.cleaned_data
    language = facts["language"]
    try:
        with transaction.atomic():
            posting = services.post(
                entity=facts["entity"],
                side=Side(facts["side"]),
                themes=facts["themes"],
                title={language: facts["title"]},
                text={language: facts["text"]},
                forms=facts["form"],
                languages=facts["languages"],
                opens_on=facts["opens_on"],
                expires_on=facts["expires_on"],
                visibility=Visibility(int(facts["visibility"])),
                embargo_until=facts["embargo_until"],
                by=request.user,
                on=clock.today(),
            )
            speaks = may(request.user, Permission.PUBLISH, posting.entity, on=clock.today())
            if speaks and "draft" not in request.POST:
                posting = services.take_step(
                    posting_id=posting.pk,
                    step=PostingStep.PUBLISH,
                    by=request.user,
                    on=clock.today(),
                )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None
    return posting


@member_page
@require_POST
def posting_step(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Lead a posting of one's own body one step on; a refusal is told on its page."""
    day = clock.today()
    mine = postings_seen_by(request.reader).filter(
        entity__in=entities_where(request.user, Permission.PUBLISH, on=day)
    )
    posting = get_object_or_404(mine, public_id=public_id)
    try:
        services.take_step(
            posting_id=posting.pk,
            step=PostingStep(request.POST.get("step", "")),
            by=request.user,
            on=day,
            expires_on=a_year_after(day),
        )
    except ValidationError as refusal:
        return _posting_page(request, posting, " ".join(refusal.messages), REFUSED)
    except ValueError:
        return _posting_page(request, posting, _("There is no such step."), REFUSED)
    messages.success(request, _("Done."))
    return redirect(posting)
