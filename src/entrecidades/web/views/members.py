"""The members of an association, for those who work there: how each stands, as list and file."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.exchange.exports.members import MEMBERS, member_records
from entrecidades.kernel import clock
from entrecidades.members.choices import SAYS, Fact
from entrecidades.members.selectors import Member, announced_by, members_of, writes
from entrecidades.network.choices import Kind
from entrecidades.network.models import Entity
from entrecidades.network.selectors import may, reader_for
from entrecidades.web.caching import member_page
from entrecidades.web.filters.members import members_found, read_member_filters
from entrecidades.web.http import MemberRequest, render_page
from entrecidades.web.lists import listed, options, page_of_rows, sorts
from entrecidades.web.presenters import members as told
from entrecidades.web.views.exports import Wanted, as_file


def own_association(request: MemberRequest, country: str, slug: str) -> Entity:
    """An association in which the reader works; for others there is no page."""
    rows = Entity.objects.filter(pk__in=request.reader.own, kind=Kind.ASSOCIATION)
    return get_object_or_404(rows, country=country.upper(), slug=slug)


def standing(request: MemberRequest, association: Entity) -> list[Member]:
    """How each member of an association stands today."""
    reader = reader_for(association, on=clock.today())
    return members_of(association, reader=reader, by=request.user)


@member_page
@require_safe
def member_list(request: MemberRequest, country: str, slug: str) -> HttpResponse:
    """The members of an association with how each stands, as the address asks."""
    association = own_association(request, country, slug)
    members = standing(request, association)
    filters = read_member_filters(request.GET, members)
    page, notice = page_of_rows(members_found(members, filters), request.GET.get("page", ""))
    shown = Entity.objects.select_related("country", "region", "seat").prefetch_related("names")
    where = {"country": country, "slug": slug}
    context = {
        **listed(filters, page, notice, "web:member-export", **where),
        "association": association,
        "stats": told.stats_told(members),
        "gaps": told.completeness_told(members) if members else [],
        "silences": told.silence_told(members) if members else [],
        "rows": told.rows_told(
            page.object_list, shown.in_bulk([one.key for one in page.object_list])
        ),
        "facts": [(fact.label, SAYS[fact]) for fact in Fact],
        "applies": any(one.applications for one in members),
        "unclaimed": sum(not one.is_claimed for one in members),
        "decides": may(request.user, Permission.DECIDE_CLAIMS, association, on=clock.today()),
        "keeps": may(request.user, Permission.KEEP_MEMBERS, association, on=clock.today()),
        "announced": announced_by(association, on=clock.today()).count(),
        "writes": writes(request.user, association, on=clock.today()),
        "sorts": sorts(filters, _orders()),
        **{name: options(filters, name) for name in ("claimed", "complete", "agreement")},
        "lacks": options(filters, "lacks"),
        "regions": options(filters, "region"),
        "named": filters.first("q"),
        "silent": filters.first("silent"),
        "opened": {name: bool(filters.all(name)) for name in filters.parameters},
    }
    return render_page(
        request, "web/members/list.html", fragment="web/members/_rows.html", context=context
    )


def _orders() -> dict[str, str]:
    """The orders of the list in words."""
    return {
        "complete": _("least complete first"),
        "name": _("by name"),
        "silent": _("longest silent first"),
        "agreements": _("most agreements first"),
    }


@member_page
@require_safe
def member_export(request: MemberRequest, country: str, slug: str, fmt: str) -> HttpResponseBase:
    """The members as a file: the rows of the page, all of them, as filtered."""
    association = own_association(request, country, slug)
    members = standing(request, association)
    filters = read_member_filters(request.GET, members)
    found = members_found(members, filters)
    terms = _("For those who work for the association. It tells of records that are not public.")
    rows = partial(member_records, found)
    wanted = Wanted("members", MEMBERS, terms, str(association), found.__len__, rows)
    return as_file(request, fmt, filters, wanted)
