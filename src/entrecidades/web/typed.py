"""What was typed has no zero character: no key writes one, and PostgreSQL keeps none."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict

ZERO = "\0"


def number_typed(words: str, digits: int = 9) -> int:
    """The number that a button or a hidden field carries; 0, which nothing has, where it is none.

    Examples
    --------
    >>> number_typed("12"), number_typed("-1"), number_typed("9" * 5000), number_typed("²")
    (12, 0, 0, 0)
    """
    is_number = words.isascii() and words.isdigit() and len(words) <= digits
    return int(words) if is_number else 0


class NoZeros:
    """Leaves out the zero characters of what was asked and sent, before a view or a form reads it.

    A form of Django's refuses them, but a button with a reason beside it is read without one; and
    a name that is looked up would be refused by one of our databases and found by the other.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_asked: Any) -> None:
        """Let the view read the same without zeros."""
        request.GET = _without_zeros(request.GET)  # type: ignore[assignment]
        # Who sets aside the guard of forms wants to say first where files are kept.
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = _without_zeros(request.POST)  # type: ignore[assignment]


def _without_zeros(said: QueryDict) -> QueryDict:
    """The same words without zeros; the same object where there are none."""
    if not any(ZERO in value for _name, values in said.lists() for value in values):
        return said
    clean = said.copy()
    for name, values in said.lists():
        clean.setlist(name, [value.replace(ZERO, "") for value in values])
    return clean
