"""The theme tree, and the page of each axis and theme."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.cooperation.selectors import relations_told
from entrecidades.practices.choices import Side
from entrecidades.practices.selectors import board, practices_shown, tally_by_theme
from entrecidades.themes.models import Theme
from entrecidades.themes.selectors import tree_called, with_leaves
from entrecidades.web.caching import public_page
from entrecidades.web.filters.reading import Words, read_filters
from entrecidades.web.http import Request, render_page
from entrecidades.web.presenters import themes as present

SHOWN = 6


@public_page
@login_not_required
@require_safe
def theme_list(request: Request) -> HttpResponse:
    """The tree; asked for words of any language, the part of it that bears them."""
    filters = read_filters(request.GET, [Words("q", _("Words"))])
    tree = tree_called(filters.first("q"))
    context = {
        "filters": filters,
        "tree": present.tree_shown(tree, tally_by_theme(request.reader)),
        "count": sum(len(branch.themes) for branch in tree),
    }
    return render_page(
        request, "web/themes/list.html", fragment="web/themes/_tree.html", context=context
    )


@public_page
@login_not_required
@require_safe
def theme_detail(request: Request, slug: str) -> HttpResponse:
    """A theme in all languages and lists, and who does, offers or needs something under it."""
    theme = get_object_or_404(Theme.objects.select_related("axis"), slug=slug)
    themes = with_leaves([theme])
    fitting: dict[str, Any] = {"themes__in": themes}
    postings = board(request.reader).filter(**fitting).distinct()
    context = {
        "theme": theme,
        "leaves": [one for one in themes if one.pk != theme.pk],
        "names": present.names_of(theme),
        "codes": present.codes_of(theme),
        "practices": practices_shown(request.reader).filter(**fitting).distinct(),
        "sides": [
            {
                "title": title,
                "postings": postings.filter(side=side)[:SHOWN],
                "url": present.board_url(theme, side),
            }
            for side, title in ((Side.OFFER, _("Who offers it")), (Side.NEED, _("Who needs it")))
        ],
        "relations": relations_told().filter(**fitting).distinct(),
    }
    return render(request, "web/themes/detail.html", context)
