"""Handing a desk over: who follows, in one confirmed step, and the pack she is given."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.handover import services
from entrecidades.handover.dossier.pack import dossier_pdf, pack_zip
from entrecidades.handover.models import HandOver, Pack
from entrecidades.handover.rules import UNDO_WITHIN
from entrecidades.handover.selectors.desk import Desk
from entrecidades.handover.selectors.dossier import is_large
from entrecidades.handover.selectors.held import hand_overs_undoable
from entrecidades.kernel import clock
from entrecidades.network.models import Entity, Invitation
from entrecidades.network.selectors import entities_where
from entrecidades.web.caching import member_page
from entrecidades.web.forms.handover import DeskForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters import handover as told
from entrecidades.web.presenters.history_told import deed

REFUSED = 422
PDF, ZIP = "application/pdf", "application/zip"


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def entity_hand_over(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """Who leaves, who follows and what moves; confirmed, it is done."""
    body = _body(request, country=country.upper(), slug=slug)
    if request.method != "POST":
        return _page(request, body, _form(body, request.GET or None))
    form = _form(body, request.POST, last=True)
    leaver = told.leaver_of(request.POST.get("leaver", ""), body, at=clock.now())
    to = told.heir(request.POST.get("to", ""), body, at=clock.now())
    if leaver is None or to is None:
        return _page(request, body, _form(body, None), _("Choose again: the team has changed."))
    try:
        services.hand_over(
            body=body,
            leaver=leaver,
            to=to,
            confirmed=bool(request.POST.get("confirmed")),
            by=request.user,
            at=clock.now(),
        )
    except ValidationError as refusal:
        return _page(request, body, form, " ".join(refusal.messages))
    if leaver.pk == request.user.pk:
        return redirect("web:desk")
    messages.success(request, _("It is handed over. It can be undone within a day."))
    return _back(body)


@member_page
@require_POST
def handover_undo(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Give a desk back."""
    one = get_object_or_404(HandOver.objects.select_related("entity"), public_id=public_id)
    body = _body(request, pk=one.entity_id)
    try:
        services.undo_hand_over(hand_over=one, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return _page(request, body, _form(body, None), " ".join(refusal.messages))
    if not entities_where(request.user, Permission.HAND_OVER, on=clock.today()).filter(pk=body.pk):
        return redirect("web:desk")
    messages.success(request, _("The hand-over is undone."))
    return _back(body)


@member_page
@require_POST
def entity_pack(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """The dossier or the whole pack, at once; one that takes long is built by the worker."""
    body = _body(request, country=country.upper(), slug=slug)
    at = clock.now()
    desk = Desk(body, request.reader, at, deed)
    if request.POST.get("as") == "pdf":
        services.note_pack(body=body, by=request.user, at=at)
        return _file(body, dossier_pdf(desk), PDF, "pdf")
    if is_large(desk):
        language = get_language() or settings.LANGUAGE_CODE
        pack = services.ask_for_pack(body=body, language=language, by=request.user, at=at)
        return redirect("web:pack-detail", public_id=pack.public_id)
    services.note_pack(body=body, by=request.user, at=at)
    return _file(body, pack_zip(desk), ZIP, "zip")


@member_page
@require_safe
def pack_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """How far a pack is."""
    pack = _pack(request, public_id)
    return render(request, "web/handover/pack.html", {"pack": pack, "entity": pack.entity})


@member_page
@require_safe
def pack_file(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """A pack that is built."""
    pack = _pack(request, public_id)
    if pack.content is None:
        raise Http404
    return _file(pack.entity, bytes(pack.content), ZIP, "zip")


def _body(request: MemberRequest, **known: object) -> Entity:
    """The body, if the reader may hand over for it; for others there is no such page."""
    mine = entities_where(request.user, Permission.HAND_OVER, on=clock.today())
    return get_object_or_404(mine.select_related("country", "seat__country"), **known)


def _pack(request: MemberRequest, public_id: UUID) -> Pack:
    """A pack of the reader's own, while it is kept and she may have it."""
    kept = Pack.objects.filter(by=request.user, keep_until__gt=clock.now())
    pack = get_object_or_404(kept.select_related("entity"), public_id=public_id)
    _body(request, pk=pack.entity_id)
    return pack


def _form(
    body: Entity,
    data: object,
    *,
    last: bool = False,
    initial: dict[str, str] | None = None,
) -> DeskForm:
    """The form with the people of the body."""
    now = clock.now()
    people = {"leavers": told.leavers(body, at=now), "heirs": told.heirs(body, at=now)}
    return DeskForm(data, last=last, initial=initial, **people)


def _page(request: MemberRequest, body: Entity, form: DeskForm, refusal: str = "") -> HttpResponse:
    """The page; once both are chosen, with what would move and the last question."""
    now = clock.now()
    data = form.data
    leaver = told.leaver_of(data.get("leaver", ""), body, at=now)
    to = told.heir(data.get("to", ""), body, at=now)
    context = {
        "entity": body,
        "form": _form(body, data or None) if leaver and to else form,
        "alone": len(told.heirs(body, at=now)) == 1,
        "leaver": leaver,
        "heir": to and dict(told.heirs(body, at=now)).get(data.get("to", "")),
        "invited": isinstance(to, Invitation),
        "moves": told.moves(leaver, body, at=now) if leaver and to else [],
        "last": _last(body, form) if leaver and to else None,
        "undoable": hand_overs_undoable(body, since=now - UNDO_WITHIN),
        "refusal": refusal,
    }
    status = REFUSED if refusal or (form.is_bound and form.errors and not to) else 200
    return render(request, "web/handover/hand_over.html", context, status=status)


def _last(body: Entity, form: DeskForm) -> DeskForm:
    """The last question: blank when it is first asked, with what was wrong after a refusal."""
    if "confirmed" in form.fields:
        return form
    return _form(body, None, last=True, initial=dict(form.data.items()))


def _back(body: Entity) -> HttpResponse:
    """To the page of the hand-over."""
    return redirect("web:entity-hand-over", country=body.country_id.lower(), slug=body.slug)


def _file(body: Entity, content: bytes, media_type: str, ending: str) -> HttpResponse:
    """A file to keep, named for the body and the day."""
    name = f"{slugify(body.slug)}-{clock.today().isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)
