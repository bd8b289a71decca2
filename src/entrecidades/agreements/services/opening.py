"""How an agreement begins: with its parties, a reference, and what it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import SIGNED, Act, AgreementKind, PartyChange, PartyRole
from entrecidades.agreements.models import Agreement, Party, Series
from entrecidades.agreements.rules import (
    NotAnUmbrella,
    NotCovered,
    NotSigned,
    NotTheSameContact,
    check_parties,
    check_words,
    prefix_of,
)
from entrecidades.agreements.selectors import agreements_seen_by, covers
from entrecidades.agreements.selectors.amending import Changes
from entrecidades.agreements.services.amending import check_changes
from entrecidades.agreements.services.holding import tell
from entrecidades.audit.changes import made_with
from entrecidades.audit.services import record
from entrecidades.cooperation.models import Introduction, Programme
from entrecidades.network.choices import Kind, Visibility
from entrecidades.network.models import Entity
from entrecidades.network.selectors import reader_of, require
from entrecidades.themes.models import Theme

#: What history tells of an agreement when it begins.
TOLD = (
    "reference",
    "kind",
    "title",
    "languages",
    "drafter",
    "state",
    "themes",
    "introduction",
    "umbrella",
    "amends",
    "programme",
    "admits_members",
)


NO_CHANGE = Changes()


@transaction.atomic
def open_agreement(
    *,
    drafter: Entity,
    partners: Iterable[Entity],
    title: Mapping[str, str],
    languages: Sequence[str],
    kind: AgreementKind,
    by: AbstractBaseUser,
    at: datetime,
    introduction: Introduction | None = None,
    umbrella: Agreement | None = None,
    amends: Agreement | None = None,
    programme: Programme | None = None,
    themes: Iterable[Theme] = (),
    admits_members: bool = False,
    observers: Iterable[Entity] = (),
) -> Agreement:
    """Open an agreement between bodies, give it a permanent reference, and leave a trace.

    All its parties see it from the first day. ``observers`` accompany it and are not bound.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotTwoParties`, `NoTitle`, `NotInTwoLanguages`, `NotCovered` by the
        umbrella, `NotTheSameContact`, `NotSigned` (an addendum to what was not), or
        `NotAnUmbrella`; the message is for the person who asked.
    """
    require(by, Permission.DRAFT_AGREEMENT, drafter, on=at.date())
    bound, others = [drafter, *partners], [*observers]
    check_parties(kind, [body.pk for body in bound + others])
    check_words(title, languages)
    _check_what_it_rests_on(bound, introduction, umbrella, on=at.date())
    if admits_members and any(body.kind != Kind.ASSOCIATION for body in bound):
        raise NotAnUmbrella(_("Only members of associations adhere: every party is to be one."))
    agreement = Agreement(
        kind=kind,
        title={code: words.strip() for code, words in title.items() if words.strip()},
        languages=[*languages],
        introduction=introduction,
        umbrella=umbrella,
        amends=amends,
        programme=programme,
        admits_members=admits_members,
    )
    _save(agreement, bound, others, at=at)
    agreement.themes.set(themes)
    _leave_trace(agreement, bound, others, by=by)
    tell(agreement, "opened")
    return agreement


@transaction.atomic
def open_addendum(
    *,
    amends: Agreement,
    drafter: Entity,
    title: Mapping[str, str],
    by: AbstractBaseUser,
    at: datetime,
    changes: Changes = NO_CHANGE,
) -> Agreement:
    """Open an addendum to a signed agreement, in its languages, between its parties.

    Who is to join the agreement by it is a party of the addendum, and signs it with the others,
    as does who leaves by it. The changes are made when it comes into force (`carry_over`).

    Raises
    ------
    ValidationError
        `NotSigned`, `NotDecided` when the changes contradict the agreement, or what
        `open_agreement` refuses.
    """
    told = agreements_seen_by(reader_of(by, on=at.date())).filter(pk=amends.pk)
    if not told.filter(state__in=SIGNED).exists():
        raise NotSigned(_("Only a signed agreement is amended."))
    bodies = {party.entity: party for party in amends.parties.select_related("entity")}
    if drafter not in bodies or not bodies[drafter].is_bound:
        raise NotSigned(_("An addendum is drafted by a party of the agreement."))
    check_changes(amends, changes)
    rest = [
        (body, party) for body, party in bodies.items() if body not in (drafter, *changes.joining)
    ]
    watching = [body for body, party in rest if party.role == PartyRole.OBSERVER]
    addendum = open_agreement(
        drafter=drafter,
        partners=[*(body for body, party in rest if party.is_bound), *changes.joining],
        observers=watching,
        title=title,
        languages=amends.languages,
        kind=AgreementKind.ADDENDUM,
        amends=amends,
        programme=amends.programme,
        themes=amends.themes.all(),
        by=by,
        at=at,
    )
    _plan(addendum, changes, by=by)
    return addendum


def _plan(addendum: Agreement, changes: Changes, *, by: AbstractBaseUser) -> None:
    """Write down what an addendum is to change."""
    if changes == NO_CHANGE:
        return
    addendum.ends_on = changes.ends_on
    addendum.save(update_fields=["ends_on"])
    keys: dict[str, Any] = {}
    for change in PartyChange:
        who = changes.joining if change == PartyChange.JOINS else changes.leaving
        keys[change.value] = [one.pk for one in who]
        addendum.parties.filter(entity__in=keys[change.value]).update(change=change)
    day = changes.ends_on.isoformat() if changes.ends_on else ""
    record(Act.PLAN_CHANGE, subject=addendum, by=by, body=addendum.drafter, ends_on=day, **keys)


def _check_what_it_rests_on(
    bound: Sequence[Entity],
    introduction: Introduction | None,
    umbrella: Agreement | None,
    *,
    on: date,
) -> None:
    """Refuse a first contact of others, and an umbrella that does not cover the drafter."""
    keys = {body.pk for body in bound}
    if introduction and not {introduction.asker_id, introduction.asked_id} <= keys:
        raise NotTheSameContact(_("The contact is between other bodies."))
    if umbrella and not covers(umbrella, bound[0], on=on):
        message = _("%(name)s is neither a party of this umbrella nor a member of its parties.")
        raise NotCovered(message % {"name": bound[0].name_in()})


def _save(
    agreement: Agreement, bound: Sequence[Entity], observers: Sequence[Entity], *, at: datetime
) -> None:
    """Give a new agreement its reference, and write it with who takes part, the drafter first."""
    agreement.drafter = bound[0]
    agreement.visibility = Visibility.PARTNER
    agreement.opened_at = agreement.moved_at = agreement.heard_at = at
    agreement.reference = _next_reference({body.country_id for body in bound}, at.year)
    agreement.full_clean()
    agreement.save()
    roles = [(body, PartyRole.PARTY) for body in bound]
    roles += [(body, PartyRole.OBSERVER) for body in observers]
    Party.objects.bulk_create(
        Party(agreement=agreement, entity=body, role=role) for body, role in roles
    )


def _leave_trace(
    agreement: Agreement,
    bound: Sequence[Entity],
    observers: Sequence[Entity],
    *,
    by: AbstractBaseUser,
) -> None:
    """Tell history who opened what with whom."""
    record(
        Act.OPEN,
        subject=agreement,
        by=by,
        body=agreement.drafter,
        changes=made_with(agreement, *TOLD),
        parties=[body.pk for body in bound],
        observers=[body.pk for body in observers],
    )


def _next_reference(countries: set[str], year: int) -> str:
    """The next reference of a series; whoever asks at the same time waits for its row."""
    prefix = prefix_of(countries, year)
    Series.objects.get_or_create(prefix=prefix)
    series = Series.objects.select_for_update().get(prefix=prefix)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}-{series.last:03}"
