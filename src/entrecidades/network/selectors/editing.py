"""Who saved what of a record, for those who edit it; and the records one may bring back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from entrecidades.audit.models import Trace
from entrecidades.audit.selectors.history import name_of
from entrecidades.kernel.removal import KEPT_FOR
from entrecidades.network.choices import Act
from entrecidades.network.models import Editable, Kept
from entrecidades.network.selectors.reading import Reader


@dataclass(frozen=True, slots=True)
class Saver:
    """Somebody who saved a unit, and when; without a name where she gave none or is gone."""

    name: str
    at: datetime


def savers_since(record: Editable, version: int) -> dict[str, Saver]:
    """For each unit that was saved after a version of a record: who saved it last.

    Both who asks and who saved act for the body; an account is told by its name, never by
    its address.
    """
    told: dict[str, tuple[int | None, datetime]] = {}
    latest = Trace.objects.filter(subject=name_of(record), act=Act.EDIT).order_by("-pk")
    for trace in latest.iterator(chunk_size=20):
        if trace.facts["version"] <= version:
            break
        units = {*trace.changes, *trace.personal}.union(*trace.taken_out)
        told = dict.fromkeys(units, (trace.by_id, trace.at)) | told
    names = names_of(by for by, _at in told.values())
    return {unit: Saver(names.get(by, ""), at) for unit, (by, at) in told.items()}


def names_of(people: Iterable[int | None]) -> dict[int | None, str]:
    """The names of people by their numbers, as far as they gave one."""
    rows = get_user_model().objects.filter(pk__in={one for one in people if one is not None})
    return dict(rows.values_list("pk", "name"))


def removed_of(reader: Reader, kind: type[Kept], *, at: datetime) -> QuerySet[Any]:
    """What the reader's own bodies can still bring back of a kind, the latest first."""
    rows: QuerySet[Any] = kind.every_row.filter(removed_at__gte=at - KEPT_FOR)
    of_hers = rows.filter(entity__in=reader.own).select_related("entity__country")
    return of_hers.order_by("-removed_at", "-pk")
