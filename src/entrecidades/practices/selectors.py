"""Questions the house asks about practices and the board; nothing here writes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast

from entrecidades.documents.selectors import documents_seen_by
from entrecidades.network.choices import Tier
from entrecidades.network.models import Entity, Place
from entrecidades.network.selectors import Reader, seen_by
from entrecidades.practices.choices import SHOWN, Side
from entrecidades.practices.models import Evidence, Posting, PostingQuerySet, Practice
from entrecidades.themes.models import Theme


def _shown(reader: Reader) -> QuerySet[Practice]:
    """The practices a reader sees, once they are published."""
    return Practice.objects.filter(seen_by(reader, Practice), state__in=SHOWN)


def _open(reader: Reader) -> PostingQuerySet:
    """The postings a reader sees, while they are open."""
    return Posting.objects.open(reader.on).filter(seen_by(reader, Posting))


def practices_shown(reader: Reader) -> QuerySet[Practice]:
    """Practices that a reader sees, with who does them and under which themes."""
    return (
        _shown(reader).select_related("entity__country", "entity__seat").prefetch_related("themes")
    )


def evidence_of(practice: Practice, *, reader: Reader) -> QuerySet[Evidence]:
    """The documents shown with a practice, as far as their own sharing lets her see them."""
    seen = documents_seen_by(reader).values("pk")
    return practice.evidence.filter(document__in=seen).select_related("document")


def board(reader: Reader) -> PostingQuerySet:
    """Open offers and needs that a reader sees, with who posted them and under which themes."""
    return (
        _open(reader).select_related("entity__country", "entity__seat").prefetch_related("themes")
    )


def seats_with_practices(reader: Reader, themes: Sequence[str] = ()) -> QuerySet[Any, Any]:
    """The keys of the places whose bodies have practices to show, under these themes if any."""
    found = _shown(reader).filter(entity__seat__isnull=False).order_by()
    return (found.filter(themes__slug__in=themes) if themes else found).values("entity__seat")


def seats_with_postings(
    reader: Reader, *, side: Side | None = None, themes: Sequence[str] = ()
) -> QuerySet[Any, Any]:
    """The keys of the places whose bodies offer or need something, under these themes if any."""
    found = _open(reader).filter(entity__seat__isnull=False).order_by()
    found = found.filter(side=side) if side else found
    return (found.filter(themes__slug__in=themes) if themes else found).values("entity__seat")


@dataclass(frozen=True, slots=True)
class ThemeProfile:
    """The themes under which a place or body does something well, and those it needs."""

    offers: list[Theme]
    needs: list[Theme]


def themes_of(subject: Place | Entity, *, reader: Reader) -> ThemeProfile:
    """What a body does well and needs; of a place, what its municipality does and needs."""
    if isinstance(subject, Place):
        who = Q(entity__seat=subject, entity__tier=Tier.MUNICIPALITY)
    else:
        who = Q(entity=subject)
    postings = _open(reader).filter(who)
    practices = _shown(reader).filter(who)
    given = Q(postings__in=postings.filter(side=Side.OFFER)) | Q(practices__in=practices)
    wanted = Q(postings__in=postings.filter(side=Side.NEED))
    leaves = Theme.objects.leaves()
    return ThemeProfile(
        offers=list(leaves.filter(given).distinct()), needs=list(leaves.filter(wanted).distinct())
    )


@dataclass(frozen=True, slots=True)
class BoardWish:
    """What a reader of the board asked for; empty parts ask for nothing."""

    sides: Sequence[str] = ()
    themes: Sequence[Theme] = ()
    countries: Sequence[str] = ()
    forms: Sequence[str] = ()
    languages: Sequence[str] = ()


def postings_wished(wish: BoardWish, *, reader: Reader) -> QuerySet[Posting]:
    """The open offers and needs that fulfil every part of a wish, the latest first."""
    found = _open(reader)
    if wish.sides:
        found = found.filter(side__in=wish.sides)
    if wish.themes:
        found = found.filter(pk__in=_filed_under(Posting, wish.themes))
    if wish.countries:
        found = found.filter(entity__country__in=wish.countries)
    if wish.forms:
        found = found.filter(pk__in=_listing("forms", wish.forms))
    if wish.languages:
        found = found.filter(pk__in=_listing("languages", wish.languages))
    return found


def _filed_under(model: type[Posting] | type[Practice], themes: Sequence[Theme]) -> Any:
    """The keys of the rows under one of these themes."""
    return model.themes.through.objects.filter(theme__in=themes).values(model.__name__.lower())


def _listing(field: str, values: Iterable[str]) -> QuerySet[Any, Any]:
    """The keys of the postings whose list holds one of these words.

    The list is compared as it is written, because SQLite has no question for
    what a JSON list contains.
    """
    rows = Posting.objects.order_by().annotate(written=Cast(field, TextField()))
    held = reduce(or_, (Q(written__contains=f'"{value}"') for value in values))
    return rows.filter(held).values("pk")


def board_tally(reader: Reader) -> dict[str, Counter[str]]:
    """How many open postings there are of each side, country, form and language."""
    tally: dict[str, Counter[str]] = {
        name: Counter() for name in ("side", "country", "form", "language")
    }
    rows = _open(reader).order_by()
    for side, country, forms, languages in rows.values_list(
        "side", "entity__country", "forms", "languages"
    ):
        tally["side"][side] += 1
        tally["country"][country] += 1
        tally["form"].update(forms)
        tally["language"].update(languages)
    return tally


def postings_seen_by(reader: Reader) -> QuerySet[Posting]:
    """The postings somebody may read: what is or was published, and drafts of her own bodies."""
    return (
        Posting.objects.filter(seen_by(reader, Posting))
        .select_related("entity__country", "entity__seat")
        .prefetch_related("themes", "entity__names")
    )


def practices_seen_by(reader: Reader) -> QuerySet[Practice]:
    """The practices somebody may read: what is published, and drafts of her own bodies."""
    return (
        Practice.objects.filter(seen_by(reader, Practice))
        .select_related("entity__country", "entity__seat")
        .prefetch_related("themes")
    )


def practices_wished(
    themes: Sequence[Theme], countries: Sequence[str], *, reader: Reader
) -> QuerySet[Practice]:
    """Practices that a reader sees, under these themes and of these countries, if any."""
    found = _shown(reader)
    if themes:
        found = found.filter(pk__in=_filed_under(Practice, themes))
    if countries:
        found = found.filter(entity__country__in=countries)
    return found


def practice_tally(reader: Reader) -> Counter[str]:
    """How many practices there are of each country."""
    rows = _shown(reader).order_by()
    return Counter(rows.values_list("entity__country", flat=True))


def tally_by_theme(reader: Reader) -> dict[int, dict[str, int]]:
    """For each theme that has any: its numbers of practices, offers and needs."""
    tally: dict[int, dict[str, int]] = {}
    practices = _shown(reader).order_by()
    for theme, count in practices.values_list("themes").annotate(Count("pk")):
        tally.setdefault(theme, {})["practices"] = count
    postings = _open(reader).order_by()
    for theme, side, count in postings.values_list("themes", "side").annotate(Count("pk")):
        tally.setdefault(theme, {})[side] = count
    return tally
