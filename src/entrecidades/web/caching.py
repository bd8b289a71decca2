"""What caches may keep: pages that everyone sees alike, and nothing of those who are signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
#: Seconds for which a public page may be shown again without asking.
FRESH = 300


def public_page(view: View) -> View:
    """Let caches keep a page for a while, unless the reader carries a session.

    The page varies with the cookie, so that a reader who signs in is not given
    the page of those who are not.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True, no_store=True)
        elif response.status_code in {200, 301}:
            # Even what moved for good may come back: a merge of two bodies can be undone.
            patch_cache_control(response, public=True, max_age=FRESH)
        return response

    return guarded  # type: ignore[return-value]


def member_page(view: View) -> View:
    """Keep a page of somebody who is signed in out of every cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded  # type: ignore[return-value]
