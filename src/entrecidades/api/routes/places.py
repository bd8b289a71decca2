"""Cities, towns and villages."""

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router

from entrecidades.api.shapes import PlaceLine, Problem
from entrecidades.network.models import Place
from entrecidades.network.selectors import places_called

router = Router()
Words = Annotated[str, Query(min_length=1, max_length=200, description="Beginning of a name")]
Limit = Annotated[int, Query(ge=1, le=100)]


@router.get(
    "/places", response={200: list[PlaceLine], 422: Problem}, summary="Find places by name"
)
def find(request: HttpRequest, q: Words, limit: Limit = 20) -> list[PlaceLine]:
    """Places one of whose names, in any language, begins so; those called just so come first."""
    return [PlaceLine.of(place) for place in places_called(q.replace("\0", ""), limit)]


@router.get(
    "/places/{country}/{slug}",
    response={200: PlaceLine, 404: Problem},
    summary="One place",
    url_name="place-one",
)
def one(request: HttpRequest, country: str, slug: str) -> PlaceLine:
    """The place with this public id."""
    place = (
        Place.objects.filter(
            country=country.upper().replace("\0", ""), slug=slug.replace("\0", "")
        )
        .select_related("region")
        .first()
    )
    if place is None:
        raise Http404
    return PlaceLine.of(place)
