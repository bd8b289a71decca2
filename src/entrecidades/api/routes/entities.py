"""Bodies of the network."""

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import Query, Router

from entrecidades.api.shapes import EntityLine, Problem
from entrecidades.network.models import Entity
from entrecidades.network.selectors.merges import survivor_of

router = Router()
Country = Annotated[str, Query(max_length=2, description="ISO 3166-1 alpha-2; empty for all")]
Page = Annotated[int, Query(ge=1, le=10_000)]
PAGE = 100


@router.get("/entities", response={200: list[EntityLine], 422: Problem}, summary="List bodies")
def listed(request: HttpRequest, country: Country = "", page: Page = 1) -> list[EntityLine]:
    """Bodies by name, a hundred a page."""
    entities = Entity.objects.unmerged().select_related("seat").prefetch_related("identifiers")
    if country:
        entities = entities.filter(country=country.upper().replace("\0", ""))
    return [EntityLine.of(entity) for entity in entities[(page - 1) * PAGE : page * PAGE]]


@router.get(
    "/entities/{country}/{slug}",
    response={200: EntityLine, 301: None, 404: Problem},
    summary="One body",
    url_name="entity-one",
)
def one(
    request: HttpRequest, country: str, slug: str
) -> EntityLine | HttpResponsePermanentRedirect:
    """The body with this public id; the id of one that was merged leads to its successor."""
    entities = Entity.objects.select_related("seat").prefetch_related("identifiers")
    entity = entities.filter(
        country=country.upper().replace("\0", ""), slug=slug.replace("\0", "")
    ).first()
    if entity is None:
        raise Http404
    if (stands := survivor_of(entity)) != entity:
        carried = {"country": stands.country_id.lower(), "slug": stands.slug}
        return HttpResponsePermanentRedirect(reverse("api:entity-one", kwargs=carried))
    return EntityLine.of(entity)
