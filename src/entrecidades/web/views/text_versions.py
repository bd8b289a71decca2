"""The numbered versions of a text: read, compared word by word, agreed to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from entrecidades.agreements import services
from entrecidades.agreements.models import Text, Version
from entrecidades.agreements.selectors import (
    agreements_seen_by,
    is_writable,
    latest_version,
    parties_of,
    text_to_read,
)
from entrecidades.kernel import clock
from entrecidades.kernel.text import pick
from entrecidades.web.caching import member_page, public_page
from entrecidades.web.http import MemberRequest, Request
from entrecidades.web.presenters.texts import differences_shown, language_called, version_shown
from entrecidades.web.views.texts import REFUSED, about, parties_hers, text_inside

#: How an address names the text as it stands.
NOW = "now"


def version_of(text: Text, number: int) -> Version:
    """A version of a text by its number; else it is not there."""
    rows = text.versions.select_related("entity", "numbered_by")
    return get_object_or_404(rows, number=number)


@member_page
@require_safe
def text_version(request: MemberRequest, public_id: UUID, number: int) -> HttpResponse:
    """A version, as it stood when it was numbered."""
    text = text_inside(request, public_id)
    return version_page(request, text, version_of(text, number))


def version_page(
    request: MemberRequest, text: Text, version: Version, refusal: str = ""
) -> HttpResponse:
    """The page of a version, perhaps with what was refused."""
    last = latest_version(text)
    said_yes = {one.party_id: one for one in version.consents.all()}
    hers = {party.pk for party in parties_hers(request, text) if party.is_bound}
    parties = parties_of(text.agreement)
    context: dict[str, Any] = {
        **about(text),
        "version": version,
        "clauses": version_shown(version),
        "files": [(code, language_called(code)) for code in version.codes],
        "parties": [
            {
                "party": party,
                "name": party.entity.name_in(),
                "said": said_yes.get(party.pk),
                "may": party.pk in hers and is_writable(text) and party.pk not in said_yes,
            }
            for party in parties
        ],
        "is_last": last is not None and last.pk == version.pk,
        "is_agreed": text.agreed_id == version.pk,
        "refusal": refusal,
    }
    status = REFUSED if refusal else 200
    return render(request, "web/texts/version.html", context, status=status)


@member_page
@require_POST
def text_agree(request: MemberRequest, public_id: UUID, number: int) -> HttpResponse:
    """Say yes to a version for a party."""
    text = text_inside(request, public_id)
    version = version_of(text, number)
    asked = request.POST.get("party", "")
    party = next((one for one in parties_of(text.agreement) if str(one.pk) == asked), None)
    if party is None:
        return version_page(request, text, version, _("There is no such party."))
    try:
        services.agree_to_text(version=version, party=party, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return version_page(request, text, version, " ".join(refusal.messages))
    text.refresh_from_db()
    done = _("All parties have agreed. The text stays as it is.")
    messages.success(request, done if text.agreed_id else _("Noted. The others are told."))
    return redirect("web:text-version", public_id, number)


@member_page
@require_safe
def text_compare(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """What differs between two versions, word by word; what the address names wrongly is told."""
    text = text_inside(request, public_id)
    versions = list(text.versions.all())
    names = [str(one.number) for one in versions]
    was, now = request.GET.get("from", ""), request.GET.get("to", NOW)
    notice = ""
    if now not in {NOW, *names} or (was and was not in names):
        notice = _("There is no such version; the latest is compared with the text as it stands.")
        was, now = "", NOW
    was = was or (names[0] if names else "")
    known = {NOW: text.in_words(), **{str(one.number): one.in_words() for one in versions}}
    shown = differences_shown(known[was], known[now]) if was else []
    context = {
        **about(text),
        "names": names,
        "was": was,
        "now": now,
        "notice": notice,
        "shown": shown,
    }
    return render(request, "web/texts/compare.html", context)


@public_page
@login_not_required
@require_safe
def text_read(request: Request, public_id: UUID) -> HttpResponse:
    """The signed words, for everybody who sees the agreement; before, there is nothing to read."""
    agreement = get_object_or_404(agreements_seen_by(request.reader), public_id=public_id)
    version = text_to_read(agreement)
    if version is None:
        raise Http404
    context = {
        "agreement": agreement,
        "name": pick(version.title).words or pick(agreement.title).words,
        "version": version,
        "clauses": version_shown(version),
    }
    return render(request, "web/texts/read.html", context)
