"""The list of bodies, and the page of each."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.selectors import agreements_naming
from entrecidades.documents.selectors import documents_seen_by
from entrecidades.exchange.selectors import data_as_of
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader, counterparts_of, entities_wished, may
from entrecidades.network.selectors.joining import is_body_claimed
from entrecidades.network.selectors.merges import survivor_of
from entrecidades.practices.selectors import board, practices_shown
from entrecidades.web.caching import public_page
from entrecidades.web.choices_shown import FIRST
from entrecidades.web.filters.registry import ENTITY_ORDERS, entity_wish, read_entity_filters
from entrecidades.web.http import Request, render_page
from entrecidades.web.lists import listed, options, page_of, sorts
from entrecidades.web.presenters import entities as present
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.presenters.registry import entities_table, kind_of

TOLD = ("country", "region", "seat__country")


@public_page
@login_not_required
@require_safe
def entity_list(request: Request) -> HttpResponse:
    """The bodies of the network, filtered as the address asks."""
    filters = read_entity_filters(request.GET)
    found = entities_wished(entity_wish(filters)).order_by(*ENTITY_ORDERS[filters.sort])
    page, notice = page_of(
        found,
        request.GET.get("page", ""),
        lambda rows: rows.select_related(*TOLD).prefetch_related("identifiers", "names"),
    )
    countries = options(filters, "country")
    context = {
        **listed(filters, page, notice, "web:entity-export"),
        "table": entities_table(page.object_list),
        "sorts": sorts(filters, {"name": _("by name"), "population": _("by inhabitants")}),
        "kinds": options(filters, "kind"),
        "tiers": options(filters, "tier"),
        "countries": [one for one in countries if one["checked"] or one["value"] in FIRST],
        "other_countries": [
            one for one in countries if not one["checked"] and one["value"] not in FIRST
        ],
        "data_as_of": data_as_of(),
    }
    response = render_page(
        request, "web/entities/list.html", fragment="web/entities/_rows.html", context=context
    )
    response["HX-Push-Url"] = f"{request.path}?{filters.query()}".rstrip("?")
    return response


@public_page
@login_not_required
@require_safe
def entity_detail(request: Request, country: str, slug: str) -> HttpResponse:
    """What is known of a body: its names, numbers, ties and what it shares."""
    entity = get_object_or_404(
        Entity.objects.select_related(*TOLD, "parent__country").prefetch_related(
            "names", "identifiers"
        ),
        country=country.upper(),
        slug=slug,
    )
    if (stands := survivor_of(entity)) != entity:
        return redirect(stands, permanent=True)
    day = clock.today()
    is_mine = entity.pk in request.reader.own
    edits = is_mine and may(request.user, Permission.EDIT_PROFILE, entity, on=day)
    context = {
        "entity": entity,
        "claimed": is_body_claimed(entity, on=day),
        "edits": edits,
        "writes": not is_mine and _acts_abroad(request.reader, entity),
        "has_members": entity.pk in request.reader.associations,
        "kind": kind_of(entity),
        "facts": present.entity_facts(entity),
        "names": present.names_told(entity),
        "counterparts": counterparts_of(entity),
        "ties": present.ties_of(entity, on=day),
        "programmes": present.programmes_of(entity),
        "posts": present.posts_of(entity, on=day, whole=edits),
        "agreements": agreements_naming([entity.pk], reader=request.reader),
        "documents": is_mine or documents_seen_by(request.reader).filter(entity=entity).exists(),
        "practices": practices_shown(request.reader).filter(entity=entity),
        "postings": board(request.reader).filter(entity=entity),
        "history": history_told(entity, Sight.of(request.reader, bodies=[entity.pk])),
        "data_as_of": data_as_of(),
    }
    return render(request, "web/entities/detail.html", context)


def _acts_abroad(reader: Reader, entity: Entity) -> bool:
    """Whether the reader acts for a body of another country, as counterparts do."""
    if not reader.own:
        return False
    return Entity.objects.filter(pk__in=reader.own).exclude(country=entity.country_id).exists()
