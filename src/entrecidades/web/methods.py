"""Pages are read and forms are sent; there is no other way to ask."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

WAYS = ["GET", "HEAD", "OPTIONS", "POST"]


class FewMethods:
    """Refuses the methods that no view of the house knows, before any view is asked.

    Views of libraries take some of them for others (a PUT for a POST), which nobody declared.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or tell which ways there are."""
        return self.answer(request) if request.method in WAYS else HttpResponseNotAllowed(WAYS)
