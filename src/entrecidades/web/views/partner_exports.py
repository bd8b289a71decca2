"""Counterparts and comparisons as files: the rows of the page, in its order."""

from collections.abc import Iterator, Sequence
from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.exchange.exports import lists
from entrecidades.exchange.exports.sheet import Position, Record
from entrecidades.matching.selectors import Subject, Suggestion
from entrecidades.network.models import Place
from entrecidades.network.naming import whom_do_you_mean
from entrecidades.practices.selectors import themes_of
from entrecidades.web.filters.partners import read_compared, read_partner_filters
from entrecidades.web.http import Request
from entrecidades.web.presenters import comparison
from entrecidades.web.presenters.partners import position, public_id
from entrecidades.web.views.exports import FROM_GEONAMES, GEONAMES, Wanted, as_file, refused
from entrecidades.web.views.partners import compared, suggested


@login_not_required
@require_safe
def partner_export(request: Request, fmt: str) -> HttpResponseBase:
    """The counterparts of a place or body as a file."""
    filters = read_partner_filters(request.GET)
    meant = whom_do_you_mean(filters.first("place"))
    subject = meant.place or meant.entity
    if subject is None:
        raise Http404
    found, unprepared = suggested(subject, filters)
    if unprepared:
        return refused(request, _("The counterparts are being prepared; try again in a minute."))
    terms = ("counterparts", lists.COUNTERPARTS, GEONAMES, FROM_GEONAMES)
    return as_file(
        request,
        fmt,
        filters,
        Wanted(*terms, found.__len__, partial(_counterparts, found, request)),
    )


@login_not_required
@require_safe
def compare_export(request: Request, fmt: str) -> HttpResponseBase:
    """The places or bodies that are compared as a file, one a row."""
    filters = read_compared(request.GET)
    subjects, unknown = compared(filters)
    if unknown or not subjects:
        raise Http404
    terms = ("comparison", lists.COMPARED, GEONAMES, FROM_GEONAMES)
    return as_file(
        request,
        fmt,
        filters,
        Wanted(*terms, subjects.__len__, partial(_compared, subjects, request)),
    )


def _counterparts(found: Sequence[Suggestion], request: Request) -> Iterator[Record]:
    """Suggestions as records, placed where the counterpart lies."""
    for rank, one in enumerate(found, start=1):
        subject, at = one.subject, position(one.subject)
        values = (
            *(rank, public_id(subject), subject.name, *_where(subject), *(at or (None, None))),
            *(subject.population or None, round(one.score, 1)),
            *(tuple(str(reason.text) for reason in one.reasons),),
            *(request.build_absolute_uri(subject.get_absolute_url()),),
        )
        yield Record(values, _placed(at))


def _compared(subjects: Sequence[Subject], request: Request) -> Iterator[Record]:
    """What is compared as records."""
    for subject in subjects:
        at, themes = position(subject), themes_of(subject, reader=request.reader)
        roles = lists.role_names(subject.roles) if isinstance(subject, Place) else ()
        values = (
            *(public_id(subject), subject.name, *_where(subject), comparison.kind_of(subject)),
            *(*(at or (None, None)), subject.population or None, roles),
            *(tuple(comparison.languages_of(subject)),),
            *(tuple(theme.slug for theme in themes.offers),),
            *(tuple(theme.slug for theme in themes.needs),),
            *(request.build_absolute_uri(subject.get_absolute_url()),),
        )
        yield Record(values, _placed(at))


def _where(subject: Subject) -> tuple[str, str, str | None]:
    """The country's code and name, and the region."""
    return (
        subject.country_id,
        str(subject.country),
        str(subject.region) if subject.region else None,
    )


def _placed(at: tuple[float, float] | None) -> tuple[Position, ...]:
    """Longitude and latitude, as files have them."""
    return ((at[1], at[0]),) if at else ()
