"""What the page of a body says: its names and numbers, and its ties with other bodies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.cooperation.choices import ProgrammeState
from entrecidades.cooperation.models import Coordination
from entrecidades.kernel.text import pick
from entrecidades.network.choices import Kind, MembershipKind, NameKind
from entrecidades.network.countries import language_name
from entrecidades.network.models import Entity, Membership, Post, holding
from entrecidades.web.links import on_the_web
from entrecidades.web.presenters.registry import languages, people

#: Parts and members beyond these are counted, not named.
NAMED = 60


def entity_facts(entity: Entity) -> list[dict[str, Any]]:
    """The facts of a body; those that do not apply are left out."""
    seat, parent = entity.seat, entity.parent
    facts = [
        {"words": _("Kind"), "value": entity.get_kind_display()},
        {"words": _("Tier"), "value": entity.get_tier_display()} if entity.tier else None,
        {"words": _("Acronym"), "value": entity.acronym} if entity.acronym else None,
        {
            "words": _("Country"),
            "value": entity.country,
            "url": entity.country.get_absolute_url(),
        },
        {"words": _("Region"), "value": entity.region} if entity.region else None,
        {"words": _("Seat"), "value": seat, "url": seat.get_absolute_url()} if seat else None,
        {"words": _("Part of"), "value": parent.name_in(), "url": parent.get_absolute_url()}
        if parent
        else None,
        {"words": _("Inhabitants"), "value": people(entity.population)}
        if entity.kind == Kind.LOCAL_GOVERNMENT
        else None,
        {"words": _("Languages"), "value": languages(entity.languages)}
        if entity.languages
        else None,
        {"words": _("Website"), "value": entity.website, "url": on_the_web(entity.website)}
        if entity.website
        else None,
        *(_days(entity)),
    ]
    return [fact for fact in facts if fact]


def _days(entity: Entity) -> list[dict[str, Any]]:
    """When the body began and ended, as far as it is known."""
    days = [(_("Since"), entity.valid_from), (_("Until"), entity.valid_to)]
    return [
        # Where only the year is known, its first day stands for it.
        {
            "words": words,
            "value": str(day.year)
            if (day.month, day.day) == (1, 1)
            else date_format(day, "DATE_FORMAT"),
        }
        for words, day in days
        if day
    ]


def names_told(entity: Entity) -> list[dict[str, Any]]:
    """What the body is and was called, with the language of each name."""
    here = get_language()
    return [
        {
            "name": one.name,
            "language": language_name(one.language, here) if one.language else "",
            "code": one.language,
            "kind": "" if one.kind == NameKind.OFFICIAL else one.get_kind_display(),
            "until": one.valid_to,
        }
        for one in entity.names.all()
    ]


def ties_of(entity: Entity, *, on: date) -> list[dict[str, Any]]:
    """Every group of bodies the body is tied to: parts, groups, members, before and after."""
    parts = list(entity.parts.select_related("country")[: NAMED + 1])
    joined = list(
        Membership.objects.filter(holding(on), member=entity).select_related(
            "group__country", "member"
        )[: NAMED + 1]
    )
    members = list(
        Membership.objects.filter(holding(on), group=entity).select_related(
            "member__country", "group"
        )[: NAMED + 1]
    )
    before = entity.predecessions.select_related("predecessor__country")
    after = entity.successions.select_related("successor__country")
    groups = [
        _group(_("Member of"), [(tie.group, _source(tie), tie) for tie in joined]),
        _group(_("Members"), [(tie.member, _source(tie), tie) for tie in members]),
        _group(_("Parts"), [(part, "", None) for part in parts]),
        _group(_("Came before"), [(t.predecessor, _how(t), None) for t in before]),
        _group(_("Came after"), [(t.successor, _how(t), None) for t in after]),
    ]
    return [group for group in groups if group["bodies"]]


def _group(title: str, bodies: list[tuple[Entity, str, Membership | None]]) -> dict[str, Any]:
    """A heading and its bodies, each with the tie of which both sides may say something."""
    return {"title": title, "bodies": bodies[:NAMED], "more": len(bodies) > NAMED}


def _source(tie: Membership) -> str:
    """Who says so, and whether the member has yet to confirm it."""
    is_announced = tie.kind == MembershipKind.ANNOUNCED
    return str(tie.get_kind_display()) if is_announced else tie.source_title


def _how(tie: Any) -> str:
    """How one body came after another, and in which year."""
    kind = tie.get_kind_display()
    return f"{kind}, {tie.happened_on.year}" if tie.happened_on else str(kind)


def programmes_of(entity: Entity) -> Iterable[Coordination]:
    """The programmes a body coordinates, each for a country."""
    told = entity.coordinations.exclude(programme__state=ProgrammeState.DRAFT)
    return told.select_related("programme", "country")


def posts_of(entity: Entity, *, on: date, whole: bool = False) -> list[dict[str, Any]]:
    """The offices of a body today, or all of them; a holder is named only where she agreed."""
    terms = Q() if whole else holding(on)
    return [
        _post(post) for post in Post.objects.filter(terms, entity=entity).select_related("holder")
    ]


def _post(post: Post) -> dict[str, Any]:
    named = post.holder if post.holder and post.holder_agreed else None
    return {
        "public_id": post.public_id,
        "title": pick(post.title).words,
        "email": post.contact_email,
        "holder": str(named.name) if named else "",
        "until": post.valid_to,
    }
