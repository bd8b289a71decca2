"""How long a log-in lasts, and what the browser forgets when it ends."""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.accounts.rules import LONGEST_STAY, has_ended
from entrecidades.accounts.services import begin_sign_in, end_sign_in, note_seen
from entrecidades.kernel import clock
from entrecidades.web.entrance.devices import device_of
from entrecidades.web.entrance.known import is_known

KEPT = "sign-in"
#: How often it is noted that somebody is still there.
NOTED_EVERY = timedelta(minutes=5)
FORGET = '"cache", "storage"'


def begin(request: HttpRequest, person: Person, *, stays: bool) -> None:
    """She is logged in: keep when it began, in her session and in the list of her browsers."""
    now, key = clock.now(), request.session.session_key or ""
    sign_in = begin_sign_in(
        person=person,
        session_key=key,
        device=device_of(request.headers.get("User-Agent", "")),
        stays=stays,
        known=is_known(request, person),
        at=now,
    )
    request.session[KEPT] = {
        "id": str(sign_in.public_id),
        "key": key,
        "began": now.isoformat(),
        "seen": now.isoformat(),
        "stays": stays,
    }
    lasting(request, stays=stays)


def lasting(request: HttpRequest, *, stays: bool) -> None:
    """The cookie goes with the browser, or stays for two weeks."""
    request.session.set_expiry(int(LONGEST_STAY.total_seconds()) if stays else 0)


class SignInAge:
    """Ends a log-in that has lasted long enough, and notes now and then that somebody is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the log-in before the page, and at its end after it."""
        # A visitor without a cookie has no session, and is not made to vary by one.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._look(request)
        response = self.get_response(request)
        match = request.resolver_match
        left = match and match.view_name == "account_logout" and request.method == "POST"
        if left and response.status_code == HTTPStatus.FOUND:
            response["Clear-Site-Data"] = FORGET
        return response

    def _look(self, request: HttpRequest) -> None:
        """End the log-in, note it, or leave it alone."""
        kept: dict[str, Any] | None = request.session.get(KEPT)
        if kept is None or not isinstance(request.user, Person):
            return
        now = clock.now()
        began, seen = (datetime.fromisoformat(kept[one]) for one in ("began", "seen"))
        if has_ended(began=began, seen=seen, stays=kept["stays"], now=now):
            end_sign_in(person=request.user, public_id=UUID(kept["id"]))
            logout(request)
            request.ended = True  # type: ignore[attr-defined]  # told once messages are there
        elif now - seen >= NOTED_EVERY or kept["key"] != request.session.session_key:
            key = request.session.session_key or ""
            request.session[KEPT] = {**kept, "seen": now.isoformat(), "key": key}
            note_seen(public_id=kept["id"], session_key=key, at=now)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Tell her why she has to log in again."""
        if getattr(request, "ended", False):
            messages.info(request, _("You were away for a while; please log in again."))
