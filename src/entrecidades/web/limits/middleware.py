"""Counts each attempt before its view runs, and gives back those that turned out well."""

from collections.abc import Callable
from http import HTTPStatus
from math import ceil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from entrecidades.kernel import clock
from entrecidades.kernel.allowances import Allowance, give_back, take
from entrecidades.web.limits.guards import guard_of

# Never written back into a page, not even as what was typed.
SECRET = {"password", "password1", "password2", "oldpassword", "code", "credential"}
MINUTE = 60


def counts_file() -> Path:
    """Where the counts are kept."""
    return Path(settings.HOME) / "limits.sqlite3"


class Limits:
    """Asks those to wait who try too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a redirect is a success, and gives back what was counted."""
        response = self.get_response(request)
        counted: list[Allowance] = getattr(request, "counted", [])
        if counted and response.status_code == HTTPStatus.FOUND:
            give_back(counts_file(), counted)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Count the attempt, or ask to wait."""
        match = request.resolver_match
        guard = guard_of(match.view_name) if match and settings.LIMITED else None
        if guard is None or not guard.counts(request):
            return None
        allowances = guard.allowances(request)
        wait = take(counts_file(), allowances, at=clock.now().timestamp())
        if wait:
            return too_many(request, ceil(wait))
        if guard.success_is_free:
            request.counted = allowances  # type: ignore[attr-defined]  # read above, by us alone
        return None


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Ask to wait; what was typed is kept in the page, so that it need not be typed again."""
    sentence = words_of(wait)
    if request.resolver_match and request.resolver_match.view_name.startswith("api:"):
        response: HttpResponse = JsonResponse({"detail": sentence}, status=429)
    else:
        sent = request.method == "POST"
        context = {"wait": sentence, "typed": typed_in(request), "sent": sent}
        response = render(request, "web/too_many.html", context, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent with a form, but for secrets, so that it can be sent again."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in SECRET and name != "csrfmiddlewaretoken"
        for value in values
    ]


def words_of(seconds: int) -> str:
    """How long to wait, as one says it."""
    if seconds < MINUTE:
        said = ngettext("Wait a second.", "Wait %(n)s seconds.", seconds)
        return said % {"n": seconds}
    minutes = ceil(seconds / MINUTE)
    if minutes < MINUTE * 2:
        return ngettext("Wait a minute.", "Wait %(n)s minutes.", minutes) % {"n": minutes}
    hours = ceil(minutes / MINUTE)
    return ngettext("Wait an hour.", "Wait %(n)s hours.", hours) % {"n": hours}
