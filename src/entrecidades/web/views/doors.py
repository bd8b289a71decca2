"""The doors that have no language: the front door, the health check, the word to robots."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the language the browser asks for."""
    with override(get_language_from_request(request)):
        answer = HttpResponseRedirect(reverse("web:home"))
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


@login_not_required
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Say whether the house stands: 200 with a word on the database, for a watchdog."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "database": connection.vendor})


@login_not_required
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Let robots read what is public, and spare them the endless filters."""
    lines = ["User-agent: *", "Disallow: /*?", "Disallow: /api/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
