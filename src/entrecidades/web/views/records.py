"""Records that name two sides: what is known, what each side says of it, and the difference."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel import clock
from entrecidades.network.choices import Stance
from entrecidades.network.models import (
    Confirmable,
    Homologue,
    Membership,
    Partnership,
)
from entrecidades.network.selectors import entities_where
from entrecidades.network.selectors.statements import speaking_for
from entrecidades.network.services import declare_partnership, say_of
from entrecidades.web.caching import member_page, public_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.statements import DeclarationForm, StatementForm
from entrecidades.web.http import MemberRequest, Request
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.presenters.statements import record_told

KINDS: dict[str, type[Confirmable]] = {
    "partnership": Partnership,
    "membership": Membership,
    "homologue": Homologue,
}
REFUSED = 422


def _record(kind: str, ends: dict[str, str]) -> Confirmable:
    """The record of a kind that names these two, in whichever order; the latest of several."""
    model = KINDS.get(kind)
    if model is None:
        raise Http404
    one, other = model.SIDES
    pairs = [
        (ends["country"], ends["slug"], ends["other_country"], ends["other_slug"]),
        (ends["other_country"], ends["other_slug"], ends["country"], ends["slug"]),
    ]
    either = Q(pk__in=[])
    for country, slug, there, other_slug in pairs:
        first = {f"{one}__country": country.upper(), f"{one}__slug": slug}
        either |= Q(**first, **{f"{other}__country": there.upper(), f"{other}__slug": other_slug})
    found = model._default_manager.filter(either).select_related(
        f"{one}__country", f"{other}__country"
    )
    record = found.order_by("-pk").first()
    if record is None:
        raise Http404
    return record


@public_page
@login_not_required
@require_safe
def record_detail(request: Request, kind: str, **ends: str) -> HttpResponse:
    """One record, with what each side says of it; those who speak for a side may say it here."""
    return _page(request, _record(kind, ends), kind)


@member_page
@require_POST
def record_say(request: MemberRequest, kind: str, **ends: str) -> HttpResponse:
    """Say something of a record that names one's own body."""
    record = _record(kind, ends)
    speakers = speaking_for(request.user, record, on=clock.today())
    if not speakers:
        raise Http404
    form = StatementForm(request.POST, record=record, speakers=speakers)
    if form.is_valid() and _said(request, record, form):
        messages.success(request, _("Done. The other side is told by letter."))
        return redirect(record.get_absolute_url())
    return _page(request, record, kind, form=form, status=REFUSED)


def _said(request: MemberRequest, record: Confirmable, form: StatementForm) -> bool:
    """Whether it was said; a refusal is told at the head of the form."""
    facts = form.cleaned_data
    try:
        say_of(
            about=record,
            entity=facts["entity"],
            stance=Stance(facts["stance"]),
            otherwise=facts["otherwise"],
            note=facts["note"],
            language=facts["language"],
            by=request.user,
            on=clock.today(),
        )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True


def _page(
    request: Request,
    record: Confirmable,
    kind: str,
    form: StatementForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a record."""
    speakers = speaking_for(request.user, record, on=clock.today())
    if speakers and form is None:
        form = StatementForm(record=record, speakers=speakers)
    sight = Sight.of(request.reader, bodies=[body.pk for body in speakers])
    context = {
        **record_told(record),
        "kind": kind,
        "form": form,
        "history": history_told(record, sight),
    }
    return render(request, "web/records/detail.html", context, status=status)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def partnership_new(request: MemberRequest) -> HttpResponse:
    """Declare a partnership that no list knows, for a city one speaks for."""
    mine = entities_where(request.user, Permission.CONFIRM, on=clock.today())
    speakers = list(mine.governing().exclude(seat=None).prefetch_related("names"))
    if not speakers:
        return render(request, "web/board/nobody.html")
    initial = {"partner": request.GET.get("partner", "")[:100]}
    sent = request.POST if request.method == "POST" else None
    form = DeclarationForm(sent, speakers=speakers, initial=initial)
    if sent is not None and form.is_valid() and (made := _declared(request, form)):
        messages.success(request, _("Recorded. The other city is asked to confirm it."))
        return redirect(made.get_absolute_url())
    status = REFUSED if form.errors else 200
    return render(request, "web/records/new.html", {"form": form}, status=status)


def _declared(request: MemberRequest, form: DeclarationForm) -> Partnership | None:
    """The partnership; nothing when it was refused, which the form then tells."""
    try:
        with transaction.atomic():
            return declare_partnership(**form.cleaned_data, by=request.user, on=clock.today())
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None
