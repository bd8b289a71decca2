"""What an addendum is to change of what it amends, and what others have changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from entrecidades.agreements.choices import BINDING, AgreementKind, PartyChange
from entrecidades.agreements.life import BY_ADDENDUM
from entrecidades.agreements.models import Agreement, AgreementMove
from entrecidades.network.models import Entity


@dataclass(frozen=True, slots=True)
class Changes:
    """What an addendum changes: the last day, who joins, and who leaves; perhaps nothing."""

    ends_on: date | None = None
    joining: Sequence[Entity] = ()
    leaving: Sequence[Entity] = ()


def changes_of(addendum: Agreement) -> Changes:
    """What an addendum is to change, as its parties have written it."""
    rows = addendum.parties.exclude(change="").select_related("entity__country")
    parties = list(rows.prefetch_related("entity__names"))

    def who(change: PartyChange) -> list[Entity]:
        return [party.entity for party in parties if party.change == change]

    return Changes(addendum.ends_on, who(PartyChange.JOINS), who(PartyChange.LEAVES))


def changes_made(agreement: Agreement) -> QuerySet[AgreementMove]:
    """What addenda have changed of an agreement, and was not taken back, the first one first."""
    rows = agreement.moves.filter(step__in=BY_ADDENDUM, undone_at=None)
    return rows.select_related("addendum", "entity").order_by("pk")


def addenda_to_carry_over(on: date) -> QuerySet[Agreement]:
    """The addenda in force whose first day has come, and that have changed nothing yet."""
    due = Agreement.objects.filter(
        kind=AgreementKind.ADDENDUM, state__in=BINDING, in_force_from__lte=on
    )
    return due.exclude(changes__undone_at=None, changes__isnull=False)
