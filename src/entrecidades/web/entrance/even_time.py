"""Forms that write a letter answer after an even time, so that the time tells nothing."""

from collections.abc import Callable
from time import monotonic, sleep

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: Whoever has an account is looked up longer here than whoever has none.
LETTERS = {
    "account_request_login_code",
    "account_reset_password",
    "web:city-claim",
    "web:entity-claim",
    "web:join-ask",
}


class EvenTime:
    """Lets the answer to a form that writes a letter wait until a whole step of time is over.

    What takes longer than one step waits for the end of the next, so that there is always the
    same few moments at which an answer may come. The attempts are counted and few (web/limits).
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, not before its time."""
        began = monotonic()
        response = self.answer(request)
        match, step = request.resolver_match, settings.LETTER_SECONDS
        if step and request.method == "POST" and match and match.view_name in LETTERS:
            sleep(step - (monotonic() - began) % step)
        return response
