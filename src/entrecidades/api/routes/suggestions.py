"""Counterparts: who could cooperate with whom, and why."""

from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import override
from ninja import Query, Router
from ninja.errors import HttpError

from entrecidades.api.errors import subject_called
from entrecidades.api.shapes import Line, Problem, SuggestionLine, Suggestions
from entrecidades.kernel import clock
from entrecidades.matching.selectors import MOST, Wish, affinity_of, suggestions_for
from entrecidades.matching.snapshot import NoSnapshot

router = Router()
Place = Annotated[
    str, Query(min_length=1, max_length=300, description="Public id, GeoNames id or name")
]
Codes = Annotated[list[str], Query(max_length=50, description="ISO 3166-1 codes; none for all")]
Slugs = Annotated[list[str], Query(max_length=50, description="Slugs of themes; none for all")]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Language = Annotated[
    Literal["pt-br", "pt", "fr", "en", "it", "es"], Query(description="Language of the reasons")
]
PROBLEMS = {404: Problem, 409: Problem, 422: Problem, 503: Problem}


@router.get(
    "/suggestions", response={200: Suggestions, **PROBLEMS}, summary="Suggest counterparts"
)
def suggest(
    request: HttpRequest,
    place: Place,
    *,
    country: Codes = [],  # noqa: B006 - ninja copies it
    theme: Slugs = [],  # noqa: B006 - ninja copies it
    limit: Limit = 20,
    language: Language = "en",
    known: bool = False,
) -> Suggestions:
    """The best counterparts of a place or body, best first, each with every reason."""
    subject = subject_called(place)
    codes = tuple(code.upper() for code in country)
    wish = Wish(countries=codes, themes=tuple(theme), known=known, limit=limit)
    with override(language):
        try:
            found = suggestions_for(subject, wish, on=clock.today())
        except NoSnapshot:
            raise HttpError(503, "The counterparts are being prepared.") from None
        return Suggestions(
            place=Line.of(subject),
            suggestions=[SuggestionLine.of_suggestion(one) for one in found],
        )


@router.get("/affinity", response={200: SuggestionLine, **PROBLEMS}, summary="Compare two")
def affinity(
    request: HttpRequest, place: Place, other: Place, language: Language = "en"
) -> SuggestionLine:
    """How well one place or body fits another, with every reason."""
    subject, there = subject_called(place), subject_called(other)
    with override(language):
        try:
            found = affinity_of(subject, there, on=clock.today())
        except NoSnapshot:
            raise HttpError(503, "The counterparts are being prepared.") from None
        if found is None:
            raise HttpError(404, "One of the two cannot be compared: name two different places.")
        return SuggestionLine.of_suggestion(found)
