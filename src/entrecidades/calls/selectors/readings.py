"""Questions about readings: who may read what, whose sheets are seen, and what they come to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from entrecidades.accounts.models import Person
from entrecidades.accounts.roles import MandateRole
from entrecidades.calls.choices import ReadingState
from entrecidades.calls.models import Application, Call, Reading, ReadingQuerySet
from entrecidades.calls.rules.reading import mean, spread, wants_third
from entrecidades.cooperation.selectors import Somebody
from entrecidades.network.models import Mandate, holding

#: Why somebody may not read an application, without a word of hers.
OWN_BODY, OWN_COUNTRY = "body", "country"


def evaluators_of(call: Call, *, on: date) -> QuerySet[Person]:
    """The people who may be asked to read: evaluators of the bodies that coordinate."""
    coordinating = call.programme.coordinations.values("entity")
    held = Mandate.objects.filter(holding(on), entity__in=coordinating, role=MandateRole.EVALUATOR)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("pk")


def interest_of(person: Person, application: Application, *, on: date) -> str:
    """The interest a person is known to have in an application; empty when none is known.

    She acts for one of its bodies, or for a body of the country of one where the call bars
    that. A mandate that has ended is an interest as well: it was hers.
    """
    mandates = Mandate.objects.filter(person=person.pk).filter(
        Q(valid_from=None) | Q(valid_from__lte=on)
    )
    bodies = application.bodies()
    if mandates.filter(entity__in=bodies).exists():
        return OWN_BODY
    through = Q(entity__mandates__agent__in=[body.pk for body in bodies])
    if mandates.filter(through).exists():
        return OWN_BODY
    countries = {body.country_id for body in bodies}
    if application.call.bars_country and mandates.filter(entity__country__in=countries).exists():
        return OWN_COUNTRY
    return ""


def readings_of(person: Somebody) -> ReadingQuerySet:
    """What a person was given to read and did not have taken from her."""
    if person.pk is None or not person.is_active:
        return Reading.objects.none()
    mine = Reading.objects.filter(reader=person.pk).exclude(state=ReadingState.RELEASED)
    return mine.select_related("application__call__programme", "application__lead__country")


def sheets_seen_by(person: Somebody, application: Application, *, runs: bool) -> ReadingQuerySet:
    """The sheets of an application that a person may read.

    A reader sees her own; those of others, and those who run the call, once all are in.
    """
    sheets = application.readings.standing()
    mine = Q(reader=person.pk)
    takes_part = runs or sheets.filter(mine, state=ReadingState.HANDED_IN).exists()
    if takes_part and standing_of(application).is_read:
        return sheets.handed_in()
    return sheets.filter(mine)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the sheets of an application come to."""

    application: Application
    totals: tuple[Decimal, ...]
    awaited: int
    conflicts: int

    @property
    def mean(self) -> Decimal | None:
        """The mean of all sheets that are in."""
        return mean(self.totals)

    @property
    def spread(self) -> Decimal:
        """How far apart they are."""
        return spread(self.totals)

    @property
    def wants_third(self) -> bool:
        """Whether a third reader is needed and not asked yet."""
        call = self.application.call
        apart = wants_third(self.totals, readers=call.readers, limit=call.spread)
        return apart and not self.awaited

    @property
    def is_read(self) -> bool:
        """Whether it can be decided: enough sheets, none awaited, none too far apart alone."""
        enough = len(self.totals) >= self.application.call.readers
        return enough and not self.awaited and not self.wants_third


def standings_of(call: Call) -> list[Standing]:
    """What the sheets of all submitted applications of a call come to, best first."""
    applications = call.applications.handed_in().select_related("call").order_by("number", "pk")
    standings = [standing_of(one) for one in applications.whole().prefetch_related("readings")]
    return sorted(standings, key=lambda one: (-(one.mean or Decimal(-1)), one.application.pk))


def standing_of(application: Application) -> Standing:
    """What the sheets of one application come to."""
    readings = list(application.readings.all())
    states = Counter(one.state for one in readings)
    totals = [one.total for one in readings if one.state == ReadingState.HANDED_IN]
    return Standing(
        application,
        tuple(total for total in totals if total is not None),
        states[ReadingState.ASKED] + states[ReadingState.READING],
        states[ReadingState.CONFLICTED],
    )
