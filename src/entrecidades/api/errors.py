"""How the JSON interface says no: always an object with ``detail``, and nothing of the machine."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError, ValidationError

from entrecidades.api.shapes import PlaceLine
from entrecidades.matching.selectors import Subject
from entrecidades.network.models import Place
from entrecidades.network.naming import whom_do_you_mean


def unreadable(
    _request: HttpRequest, problem: ValidationError | type[ValidationError]
) -> HttpResponse:
    """Parameters that cannot be read: 422, each problem with where it is."""
    problems = [
        {"where": ".".join(str(part) for part in one["loc"][1:]), "problem": one["msg"]}
        for one in (problem.errors if isinstance(problem, ValidationError) else [])
    ]
    return JsonResponse({"detail": "Unreadable parameters.", "problems": problems}, status=422)


class NotOne(HttpError):
    """The words do not name one place; the message lists what they may have meant."""


def subject_called(words: str) -> Subject:
    """The place or body that is named.

    Raises
    ------
    NotOne
        404 when nothing bears the name, 409 when several places do.
    """
    meant = whom_do_you_mean(words)
    if subject := meant.place or meant.entity:
        return subject
    if meant.candidates:
        raise NotOne(409, f"Several places are called {words!r}: {_listed(meant.candidates)}.")
    near = f" The nearest names are: {_listed(meant.nearest)}." if meant.nearest else ""
    raise NotOne(404, f"No place is called {words!r}.{near}")


def _listed(places: list[Place]) -> str:
    """The ids of some places, in one line."""
    return ", ".join(PlaceLine.of(place).id for place in places)
