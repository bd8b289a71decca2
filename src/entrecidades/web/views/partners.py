"""Pages on which a city or body finds its counterparts abroad."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entrecidades.engines.affinity import Model
from entrecidades.kernel import clock
from entrecidades.matching.parts import PART_LABELS, PART_TEXTS
from entrecidades.matching.selectors import Subject, Suggestion, affinity_of, suggestions_for
from entrecidades.matching.snapshot import NoSnapshot
from entrecidades.network.naming import Meant, whom_do_you_mean
from entrecidades.network.selectors import Reader
from entrecidades.web.choices_shown import country_options, role_options, theme_groups
from entrecidades.web.filters.partners import partner_wish, read_compared, read_partner_filters
from entrecidades.web.filters.reading import Filters
from entrecidades.web.http import Request, render_page
from entrecidades.web.lists import downloads
from entrecidades.web.presenters import comparison
from entrecidades.web.presenters import partners as present

FEWEST, MOST = 2, 4


@login_not_required
@require_safe
def partner_search(request: Request) -> HttpResponse:
    """Show a city or body its counterparts, with reasons, as the address asks."""
    filters = read_partner_filters(request.GET)
    words = filters.first("place")
    meant = whom_do_you_mean(words) if words else Meant()
    subject = meant.place or meant.entity
    wish = partner_wish(filters)
    context = {
        "words": present.called(subject) if subject else words,
        "subject": subject,
        "meant": meant,
        "wish": wish,
        "notices": [filters.notice] if filters.notice else [],
        "chips": list(filters.chips(besides=["place"])),
        "countries": country_options(wish.countries),
        "roles": role_options(wish.roles),
        "axes": theme_groups(wish.themes),
        **(_suggested(subject, filters) if subject else {}),
    }
    return render_page(
        request, "web/partners/search.html", fragment="web/partners/_results.html", context=context
    )


def _suggested(subject: Subject, filters: Filters) -> dict[str, Any]:
    """The suggestions, their map, and how to go on when there are none."""
    found, unprepared = suggested(subject, filters)
    return {
        "unprepared": unprepared,
        "place_id": present.public_id(subject),
        "where": present.where(subject),
        "suggestions": present.told(found),
        "picture": present.map_of(subject, found),
        "downloads": downloads("web:partner-export", filters),
    }


def suggested(subject: Subject, filters: Filters) -> tuple[list[Suggestion], bool]:
    """The counterparts that fulfil the filters; or none, because nothing is prepared yet."""
    try:
        return suggestions_for(subject, partner_wish(filters), on=clock.today()), False
    except NoSnapshot:
        return [], True


@login_not_required
@require_safe
def compare(request: Request) -> HttpResponse:
    """Two to four places or bodies side by side, the first as it sees the others."""
    filters = read_compared(request.GET)
    subjects, unknown = compared(filters)
    enough = len(subjects) >= FEWEST
    context = {
        "subjects": subjects,
        "chosen": comparison.chosen(subjects),
        "unknown": unknown,
        "enough": enough,
        "room": len(subjects) < MOST,
        **(_compared(subjects, request.reader) if enough else {}),
        "downloads": downloads("web:compare-export", filters),
    }
    return render(request, "web/partners/compare.html", context)


def compared(filters: Filters) -> tuple[list[Subject], list[str]]:
    """The places and bodies that were named, each once, and the words that name none of them."""
    words = filters.all("place")
    subjects: list[Subject] = []
    unknown = []
    for word in words:
        meant = whom_do_you_mean(word)
        subject = meant.place or meant.entity
        if subject is None or len(subjects) == MOST:
            unknown.append(word)
        elif subject not in subjects:
            subjects.append(subject)
    return subjects, unknown


def _compared(subjects: list[Subject], reader: Reader) -> dict[str, Any]:
    """The sheet: facts side by side, themes in common, and how well each fits the first."""
    day = clock.today()
    first, *others = subjects
    try:
        fits = [affinity_of(first, other, on=day) for other in others]
    except NoSnapshot:
        fits = []
    return {
        "sheet": comparison.sheet(subjects, reader),
        "populations": comparison.population_rows(subjects),
        "fits": present.told(fit for fit in fits if fit),
    }


@login_not_required
@require_safe
def weights(request: Request) -> HttpResponse:
    """Say how a suggestion is made: each part, what it looks at, how much it weighs."""
    model = Model.load()
    parts = [
        {
            "part": part,
            "label": PART_LABELS[part],
            "text": PART_TEXTS[part],
            "weight": weight,
            "share": weight / 100,
        }
        for part, weight in sorted(model.weights().items(), key=lambda item: -item[1])
    ]
    return render(request, "web/partners/weights.html", {"parts": parts, "about": model.about})
