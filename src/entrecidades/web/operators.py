"""Pages that are there for the operators of the instance only."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404
from django.http.response import HttpResponseBase

from entrecidades.web.caching import member_page
from entrecidades.web.http import MemberRequest

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def operators_page(view: View) -> View:
    """Answer operators; to everybody else the page is not there, and no cache keeps it."""

    @member_page
    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.operators_only = True  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
