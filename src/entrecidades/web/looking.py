"""An operator looks at the site as somebody else: reads what she reads, and changes nothing.

While a look lasts, ``request.user`` is the person, so that every page shows what she sees and
no more; ``request.operator`` is who looks. Three doors hold whatever a view does: only reading
is let through, what is a person's alone stays closed, and the database is written to by nobody
(docs/adr/0034). A look is found anew at every request, so its end counts at once.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Look, Person
from entrecidades.accounts.selectors import look_now
from entrecidades.kernel import clock

KEPT = "looking"
SAFE = ("GET", "HEAD", "OPTIONS")
END = "web:look-end"
#: Rooms of the house that are not of one's account: those of libraries and all others are.
OPEN_SPACES = ("web:", "api:")
OPEN_BESIDES = frozenset(
    {
        *("front-door", "health", "robots"),
        *("history-head-json", "identity-keys", "house-statement"),
    }
)
#: What stays between a person and those to whom she writes, and what is hers alone.
HERS_ALONE = frozenset(
    {
        "account",
        "account-close",
        "sign-in-list",
        "my-data",
        "my-data-download",
        "my-data-request",
        "erasure",
        "claim-decide",
        "claim-prove",
        "join",
        "join-ask",
        "join-accept",
        "introduction-detail",
        "document-file",
        "entity-documents",
        "agreement-addendum",
        "agreement-approval",
        "agreement-sign",
        "agreement-signatory",
        "agreement-step",
        "agreement-term",
        "text-detail",
        "text-begin",
        "text-add",
        "text-clause",
        "text-compare",
        "text-version",
        "text-file",
        "text-word",
        "text-signed",
        "text-sign",
        "reading-list",
        "reading-detail",
        "application-detail",
        "application-answer",
        "application-check",
        "entity-hand-over",
        "entity-pack",
        "pack-detail",
        "pack-file",
    }
)
WRITES = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE)\b", re.IGNORECASE
)


class LookingWrites(PermissionDenied):
    """A page that is only read wanted to write while an operator looked."""


class Looking:
    """Lets an operator see what a person sees, for as long as the look lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as to the person, if somebody looks as her."""
        look = _look_of(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if look is None:
            return self.get_response(request)
        request.looking, request.operator = look, request.user  # type: ignore[attr-defined]
        request.user = look.person
        if request.method not in SAFE:  # only the end is let through, below
            return self.get_response(request)
        with connection.execute_wrapper(_only_reading):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Refuse what changes something, and what is hers alone."""
        if getattr(request, "look_ended", False):
            messages.info(request, _("Looking has ended; you are yourself again."))
        if not getattr(request, "looking", None) or request.resolver_match is None:
            return None
        name = request.resolver_match.view_name
        if name == END:
            return None
        if request.method not in SAFE:
            text = _("While you look as somebody else nothing is changed. End the look first.")
            return _closed(request, _("You can only read now"), text)
        if is_hers_alone(name):
            text = _("First contacts, account and personal data are hers; nobody looks into them.")
            return _closed(request, _("This stays closed"), text)
        return None


def is_hers_alone(view_name: str) -> bool:
    """Whether a page stays closed to whoever looks as a person.

    Examples
    --------
    >>> is_hers_alone("web:desk"), is_hers_alone("web:my-data"), is_hers_alone("mfa_index")
    (False, True, True)
    """
    if view_name in OPEN_BESIDES:
        return False
    space, _colon, name = view_name.rpartition(":")
    return f"{space}:" not in OPEN_SPACES or name in HERS_ALONE


def _look_of(request: HttpRequest) -> Look | None:
    """The look of this session; one that is over is forgotten."""
    kept = request.session.get(KEPT)
    if kept is None:
        return None
    found = (
        look_now(kept, operator=request.user, at=clock.now())
        if isinstance(request.user, Person)
        else None
    )
    if found is None:
        request.session.pop(KEPT, None)  # a log-in that is over has emptied the session
        request.look_ended = True  # type: ignore[attr-defined]  # told once messages are there
    return found


def _only_reading(execute: Callable[..., Any], sql: str, *asked: Any) -> Any:
    """Run a question to the database; refuse an order."""
    if WRITES.match(sql):
        raise LookingWrites
    return execute(sql, *asked)


def _closed(request: HttpRequest, title: str, text: str) -> HttpResponse:
    """What is said instead of a page."""
    context = {"title": title, "text": text, "status": HTTPStatus.FORBIDDEN.value}
    return render(request, "web/error.html", context, status=HTTPStatus.FORBIDDEN)
