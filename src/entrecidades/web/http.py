"""What our requests carry, and the one place that decides between a page and a fragment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from entrecidades.accounts.models import Person
from entrecidades.network.selectors import Reader


class Request(HttpRequest):
    """A request that has passed through our middleware."""

    htmx: HtmxDetails
    reader: Reader


class MemberRequest(Request):
    """A request from a person we know: the view is closed to strangers."""

    user: Person


def render_page(
    request: Request, page: str, *, fragment: str, context: dict[str, Any]
) -> HttpResponse:
    """Render the fragment for htmx and the whole page for everyone else.

    Both come from one address, so caches are told that the answer varies, and
    a browser restoring its history is given the whole page.
    """
    wants_fragment = request.htmx and not request.htmx.history_restore_request
    response = render(request, fragment if wants_fragment else page, context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response
