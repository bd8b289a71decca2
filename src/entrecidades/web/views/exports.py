"""Every list as a file: the same filters, the same order, all of its rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.audit.selectors.history import traces_wished
from entrecidades.exchange.exports import lists
from entrecidades.exchange.exports.formats import FORMATS, Format
from entrecidades.exchange.exports.history import TRACES, trace_records
from entrecidades.exchange.exports.sheet import Facts, Record, Sheet
from entrecidades.kernel import clock
from entrecidades.network.partnership_sources import PUBLIC_LISTS
from entrecidades.network.selectors import entities_wished, partnerships_wished, places_wished
from entrecidades.web.caching import public_page
from entrecidades.web.filters import registry
from entrecidades.web.filters.cities import ORDERS, city_wish, read_city_filters
from entrecidades.web.filters.history import read_history_filters, trace_wish
from entrecidades.web.filters.reading import Filters
from entrecidades.web.http import MemberRequest, Request
from entrecidades.web.operators import operators_page
from entrecidades.web.views.countries import countries_found, country_tallies

GEONAMES = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"
FROM_GEONAMES = "GeoNames (https://www.geonames.org/), Unicode CLDR"
PER_ROW = "as named in each row by its source"


@public_page
@login_not_required
@require_safe
def city_export(request: Request, fmt: str) -> HttpResponseBase:
    """The list of cities as a file."""
    filters, spoken = read_city_filters(request.GET)
    found = places_wished(city_wish(filters, spoken, request.reader))
    found = found.order_by(*ORDERS[filters.sort])
    terms = ("cities", lists.CITIES, GEONAMES, FROM_GEONAMES)
    rows = partial(lists.city_records, found)
    return as_file(request, fmt, filters, Wanted(*terms, found.count, rows))


@public_page
@login_not_required
@require_safe
def country_export(request: Request, fmt: str) -> HttpResponseBase:
    """The list of countries as a file."""
    filters, counts = registry.read_country_filters(request.GET), country_tallies()
    found = countries_found(filters, counts)
    terms = ("countries", lists.COUNTRIES, f"Unicode License v3; {GEONAMES}", FROM_GEONAMES)
    rows = partial(lists.country_records, found, counts)
    return as_file(request, fmt, filters, Wanted(*terms, found.__len__, rows))


@public_page
@login_not_required
@require_safe
def entity_export(request: Request, fmt: str) -> HttpResponseBase:
    """The list of bodies as a file."""
    filters = registry.read_entity_filters(request.GET)
    found = entities_wished(registry.entity_wish(filters))
    found = found.order_by(*registry.ENTITY_ORDERS[filters.sort])
    terms = ("entities", lists.ENTITIES, PER_ROW, PER_ROW)
    rows = partial(lists.entity_records, found)
    return as_file(request, fmt, filters, Wanted(*terms, found.count, rows))


@public_page
@login_not_required
@require_safe
def partnership_export(request: Request, fmt: str) -> HttpResponseBase:
    """The list of known partnerships as a file."""
    filters = registry.read_partnership_filters(request.GET)
    found = partnerships_wished(registry.partnership_wish(filters))
    found = found.order_by(*registry.PARTNERSHIP_ORDERS[filters.sort])
    named = "; ".join(
        f"{key}: {one.title} ({one.licence or 'facts'})" for key, one in PUBLIC_LISTS.items()
    )
    terms = ("partnerships", lists.PARTNERSHIPS, PER_ROW, named)
    rows = partial(lists.partnership_records, found)
    return as_file(request, fmt, filters, Wanted(*terms, found.count, rows))


@require_safe
@operators_page
def history_export(request: MemberRequest, fmt: str) -> HttpResponseBase:
    """The traces of history as a file, for operators; nobody's own values are in it."""
    filters = read_history_filters(request.GET)
    found = traces_wished(trace_wish(filters))
    terms = ("history", TRACES, _("for operators alone"), "Entrecidades")
    rows = partial(trace_records, found)
    return as_file(request, fmt, filters, Wanted(*terms, found.count, rows))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list that was asked for as a file: its terms, and its rows once they are needed."""

    name: str
    columns: tuple[str, ...]
    licence: str
    attribution: str
    count: Callable[[], int]
    records: Callable[[], Iterator[Record]]
    besides: Mapping[str, Any] = field(default_factory=dict)


def as_file(request: Request, fmt: str, filters: Filters, wanted: Wanted) -> HttpResponseBase:
    """The answer with the file, or a page that names what was not understood.

    A page leaves out a filter it does not understand and says so; a file could
    not say it where it is read, so it is not made.
    """
    one = FORMATS.get(fmt)
    if one is None:
        raise Http404
    if filters.notice:
        return refused(request, filters.notice)
    facts = Facts(
        title=f"Entrecidades: {wanted.name}",
        licence=wanted.licence,
        attribution=wanted.attribution,
        query=filters.query(),
        address=request.build_absolute_uri(),
        language=str(get_language()),
        written_at=clock.now(),
        row_count=wanted.count(),
        besides=wanted.besides,
    )
    try:
        pieces = one.pieces(Sheet(wanted.name, wanted.columns, wanted.records(), facts))
        first = next(pieces, b"")
    except ValidationError as refusal:
        return refused(request, " ".join(refusal.messages))
    return _streamed(one, wanted.name, facts, chain([first], pieces))


def _streamed(one: Format, name: str, facts: Facts, pieces: Any) -> StreamingHttpResponse:
    """The file as an attachment, with its number of rows before it."""
    response = StreamingHttpResponse(pieces, content_type=one.media_type)
    day = facts.written_at.date().isoformat()
    response["Content-Disposition"] = (
        f'attachment; filename="entrecidades-{name}-{day}.{one.extension}"'
    )
    response["X-Total-Count"] = str(facts.row_count)
    return response


def refused(request: Request, why: str) -> HttpResponse:
    """The file was not made, and why."""
    context = {"title": _("This file was not made"), "text": why, "status": 400}
    return render(request, "web/error.html", context, status=400)
