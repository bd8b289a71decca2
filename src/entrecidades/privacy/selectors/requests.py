"""Questions about requests, incidents, and who may answer them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from entrecidades.accounts.models import Person
from entrecidades.accounts.selectors import operators
from entrecidades.audit.selectors.history import history_of
from entrecidades.network.models import Mandate
from entrecidades.privacy.choices import Act, Country, RequestState
from entrecidades.privacy.models import DataRequest, FormerOffice, Incident

__all__ = [
    "asker_of",
    "country_of",
    "has_acted",
    "offices_of",
    "open_incidents",
    "open_requests",
    "operators",
    "requests_of",
]

OPEN = (RequestState.OPEN, RequestState.CONFIRMED)


def open_requests() -> QuerySet[DataRequest]:
    """Those for which somebody waits, the most urgent first."""
    return DataRequest.objects.filter(state__in=OPEN).select_related("person")


def requests_of(person: Person) -> QuerySet[DataRequest]:
    """What she asked for, the most urgent first."""
    return DataRequest.objects.filter(person=person)


def open_incidents() -> QuerySet[Incident]:
    """Those that are not closed."""
    return Incident.objects.filter(closed_at=None)


def has_acted(person: Person) -> bool:
    """Whether she has, or had, a mandate: then a second person confirms her erasure."""
    return person.is_staff or Mandate.objects.filter(person=person).exists()


def asker_of(request: DataRequest) -> int | None:
    """The number of whoever made, or noted, a request, as history tells it."""
    made = history_of(request).filter(act=Act.ASK).values_list("by_id", flat=True)
    return made.first()


def country_of(person: Person) -> str:
    """Whose law counts for her: that of the first body she acts for, else the strictest."""
    mandate = (
        Mandate.objects.filter(person=person, entity__country__in=Country.values)
        .select_related("entity")
        .order_by("pk")
        .first()
    )
    return mandate.entity.country_id if mandate else Country.BR.value


def offices_of(numbers: Iterable[int]) -> QuerySet[FormerOffice]:
    """The offices that erased people held, by the numbers under which traces know them."""
    return FormerOffice.objects.filter(number__in=set(numbers)).order_by("pk")
