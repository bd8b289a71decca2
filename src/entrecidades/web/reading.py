"""Every request knows its reader, worked out when a selector first asks for her."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from entrecidades.kernel import clock
from entrecidades.network.selectors import Reader, reader_of


class ReaderMiddleware:
    """Puts ``request.reader`` beside ``request.user``: what she may read today."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request that knows its reader."""

        def reader() -> Reader:
            return reader_of(request.user, on=clock.today())

        request.reader = SimpleLazyObject(reader)  # type: ignore[attr-defined]  # our own Request
        return self.answer(request)
