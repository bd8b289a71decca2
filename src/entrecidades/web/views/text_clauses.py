"""One clause: written by two at once without losing a word, checked, moved, and talked about."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entrecidades.agreements import services
from entrecidades.agreements.choices import RemarkState
from entrecidades.agreements.models import Remark, Text
from entrecidades.agreements.selectors import checked, is_writable, parties_of
from entrecidades.agreements.services import TITLE
from entrecidades.kernel import clock
from entrecidades.network.rules import EditedMeanwhile
from entrecidades.network.services import Seen
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.texts import ClauseForm, RemarkForm, Said
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.editing import chosen, disputes_told, fields_named, saved_told
from entrecidades.web.presenters.texts import clauses_shown
from entrecidades.web.shown import Shown, seal, shown_beside, unseal
from entrecidades.web.views.texts import (
    REFUSED,
    about,
    parties_hers,
    text_inside,
    text_page,
)

DISPUTED = 409


def place_of(text: Text, key: str) -> str:
    """Where a clause stands on the page of its text."""
    page = reverse("web:text-detail", args=[text.agreement.public_id])
    return f"{page}#c-{key}"


def said_of(text: Text, key: str) -> Said:
    """What a clause, or the title, says; 404 where the text has no such clause."""
    if key == TITLE:
        units = {f"heading.{code}": words for code, words in text.title.items() if words}
        return Said(units, text.codes, has_body=False)
    clause = text.clause(key)
    if clause is None:
        raise Http404
    return Said(clause.units(), text.codes)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def text_clause(request: MemberRequest, public_id: UUID, key: str) -> HttpResponse:
    """One clause: its words, to write in them, and what was said of it."""
    text = text_inside(request, public_id)
    said = said_of(text, key)
    if request.method != "POST":
        form = ClauseForm(record=said, editor=request.user)
        return _clause_page(request, text, key, form, _begun(text, said))
    form = ClauseForm(request.POST, record=said, editor=request.user)
    shown = unseal(request.POST.get("shown", ""), text)
    choices = chosen(request.POST, shown)
    if not form.is_valid() or choices.keys() != shown.asked.keys():
        return _clause_page(request, text, key, form, shown, choices=choices, pressed=True)
    there = shown.seen.units or {}
    theirs = {unit: there.get(unit) for unit, choice in choices.items() if choice == "theirs"}
    try:
        written = services.write_clause(
            text=text,
            key=key,
            seen=shown.seen,
            said={**form.said(there), **theirs},
            by=request.user,
            at=clock.now(),
        )
    except EditedMeanwhile as meanwhile:
        return _compare(request, text, key, form, meanwhile=meanwhile, shown=shown)
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return _clause_page(request, text, key, form, shown, choices=choices, pressed=True)
    messages.success(request, saved_told(form, written.changed, written.theirs))
    return redirect(place_of(text, key))


def _begun(text: Text, said: Said) -> Shown:
    """What a form begins from: the clause as it is."""
    return Shown(Seen(text.version, said.units()), since=text.version)


def _compare(
    request: MemberRequest,
    text: Text,
    key: str,
    form: ClauseForm,
    *,
    meanwhile: EditedMeanwhile,
    shown: Shown,
) -> HttpResponse:
    """Show both wordings of what is disputed."""
    merged = meanwhile.merged
    mine = {clash.unit: clash.mine for clash in merged.clashes}
    both = ClauseForm(
        form.data_of({**merged.values, **mine}), record=form.record, editor=request.user
    )
    return _clause_page(
        request, text, key, both, shown_beside(meanwhile, shown), brought=merged.theirs_alone
    )


def _clause_page(
    request: MemberRequest,
    text: Text,
    key: str,
    form: ClauseForm,
    shown: Shown,
    *,
    choices: Mapping[str, str] | None = None,
    pressed: bool = False,
    brought: Collection[str] = (),
    remark: RemarkForm | None = None,
) -> HttpResponse:
    """The page of a clause; where something is disputed, both wordings side by side."""
    hers = parties_hers(request, text)
    parties = parties_of(text.agreement)
    told = clauses_shown(text, checked(text, parties), parties, hers)
    disputes = disputes_told(form, shown, {}, choices or {}, pressed=pressed)
    problems = bool(form.errors or (remark and remark.errors))
    context: dict[str, Any] = {
        **about(text),
        "key": key,
        "one": next((one for one in told if one.clause.key == key), None),
        "back": place_of(text, key),
        "form": form,
        "shown": seal(text, shown),
        "disputes": disputes,
        "disputed": list(shown.asked),
        "unsettled": any(dispute.error for dispute in disputes),
        "brought": fields_named(form, brought),
        "writes": is_writable(text) and any(party.is_bound for party in hers),
        "settles": any(party.is_bound for party in hers),
        "remark": (remark or RemarkForm(speakers=hers)) if hers and key != TITLE else None,
    }
    status = DISPUTED if shown.asked else REFUSED if problems else 200
    page = "web/texts/dispute.html" if shown.asked else "web/texts/clause.html"
    return render(request, page, context, status=status)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def text_add(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Write a new clause, behind the one that the address names."""
    text = text_inside(request, public_id)
    after = request.GET.get("after", "")
    after = after if after in text.keys else ""
    said = Said({}, text.codes)
    sent = request.POST if request.method == "POST" else None
    form = ClauseForm(sent, record=said, editor=request.user)
    if sent is not None and form.is_valid():
        try:
            clause = services.add_clause(
                text=text,
                after=after,
                said=form.cleaned_data,
                numbered="unnumbered" not in sent,
                by=request.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(place_of(text, clause.key))
    hers = parties_hers(request, text)
    context = {
        **about(text),
        "form": form,
        "back": place_of(text, after) if after else place_of(text, "end"),
        "writes": is_writable(text) and any(party.is_bound for party in hers),
    }
    return render(request, "web/texts/add.html", context, status=REFUSED if form.errors else 200)


@member_page
@require_POST
def text_act(request: MemberRequest, public_id: UUID, key: str) -> HttpResponse:
    """Check a clause, take that back, move it, number it, or take it out."""
    text = text_inside(request, public_id)
    said_of(text, key)
    try:
        _act(request, text, key)
    except ValidationError as refusal:
        return text_page(request, text, " ".join(refusal.messages))
    except ValueError:
        return text_page(request, text, _("There is no such step."))
    return redirect(place_of(text, key if "remove" not in request.POST else "end"))


def _act(request: MemberRequest, text: Text, key: str) -> None:
    """The one act that was asked for."""
    who: dict[str, Any] = {"text": text, "key": key, "by": request.user, "at": clock.now()}
    looked = request.POST.get("seal", "")
    asked = request.POST
    if "check" in asked or "uncheck" in asked:
        number = asked.get("check") or asked.get("uncheck") or ""
        party = next((one for one in parties_of(text.agreement) if str(one.pk) == number), None)
        if party is None:
            raise ValueError(number)
        if "check" in asked:
            services.check_meaning(**who, party=party, seal=looked)
        else:
            services.take_check_back(**who, party=party)
    elif "remove" in asked:
        services.remove_clause(**who, seal=looked)
        messages.success(request, _("Taken out. Earlier versions keep it."))
    elif "numbered" in asked:
        services.number_clause(**who, numbered=asked["numbered"] == "1")
    else:
        services.move_clause(**who, after=_behind(text, key, asked.get("move", "")))


def _behind(text: Text, key: str, way: str) -> str:
    """Behind which clause one comes to stand that is moved up or down by one."""
    keys, at = text.keys, text.keys.index(key)
    if way == "up":
        return keys[at - 2] if at > 1 else ""
    if way == "down":
        return keys[min(at + 1, len(keys) - 1)]
    raise ValueError(way)


@member_page
@require_POST
def text_remark(request: MemberRequest, public_id: UUID, key: str) -> HttpResponse:
    """Remark on a clause."""
    text = text_inside(request, public_id)
    said = said_of(text, key)
    form = RemarkForm(request.POST, speakers=parties_hers(request, text))
    if form.is_valid():
        try:
            services.remark_on(
                text=text,
                key=key,
                party=form.speaker(),
                words=form.cleaned_data["words"],
                language=get_language() or "en",
                by=request.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Your remark stands beside the clause."))
            return redirect("web:text-clause", public_id, key)
    clause = ClauseForm(record=said, editor=request.user)
    return _clause_page(request, text, key, clause, _begun(text, said), remark=form)


@member_page
@require_POST
def text_settle(request: MemberRequest, public_id: UUID, remark: UUID) -> HttpResponse:
    """Say what became of a remark."""
    text = text_inside(request, public_id)
    row = get_object_or_404(Remark, text=text, public_id=remark)
    try:
        state = RemarkState(request.POST.get("state", ""))
        services.settle_remark(remark=row, state=state, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return text_page(request, text, " ".join(refusal.messages))
    except ValueError:
        return text_page(request, text, _("There is no such step."))
    messages.success(request, _("Done."))
    if row.key in text.keys:
        return redirect("web:text-clause", public_id, row.key)
    return redirect("web:text-detail", public_id)
