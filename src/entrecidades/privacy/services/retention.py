"""What time takes away: accounts that nobody uses, and what the register says is kept so long."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from entrecidades.accounts.models import Person
from entrecidades.audit.services import record
from entrecidades.privacy.choices import Act
from entrecidades.privacy.models import Dormancy
from entrecidades.privacy.register import Clearing, Entry
from entrecidades.privacy.services.erasure import erase
from entrecidades.queue.services import enqueue

#: After so long without a log-in an account is erased, and so long before she is told.
UNUSED, NOTICE = timedelta(days=730), timedelta(days=30)


def unused_since(moment: datetime) -> QuerySet[Person]:
    """Accounts that nobody has used since; operators' are not counted."""
    never = Q(last_login=None, joined_at__lte=moment)
    return Person.objects.filter(never | Q(last_login__lte=moment), is_staff=False).order_by("pk")


@transaction.atomic
def warn(*, person_id: int, at: datetime) -> bool:
    """She is promised a letter that says when her unused account will be erased; once."""
    person = unused_since(at - UNUSED + NOTICE).select_for_update().filter(pk=person_id).first()
    if person is None or Dormancy.objects.filter(person=person).exists():
        return False
    Dormancy.objects.create(person=person, warned_at=at)
    enqueue(
        "privacy.tell_of_dormancy", person_id=person.pk, last_day=(at + NOTICE).date().isoformat()
    )
    record(Act.WARN, subject=person, by=None)
    return True


@transaction.atomic
def erase_if_unused(*, person_id: int, at: datetime) -> bool:
    """She was told long enough ago and has not come: her account is erased."""
    warned = Dormancy.objects.select_for_update().filter(person=person_id).first()
    if warned is None or warned.warned_at > at - NOTICE:
        return False
    if not unused_since(at - UNUSED).filter(pk=person_id).exists():
        return False
    return erase(person_id=person_id, by=None)


def forget_warnings(*, at: datetime) -> int:
    """Those who have logged in since their letter are warned anew another time."""
    used = Person.objects.exclude(pk__in=unused_since(at - UNUSED + NOTICE).values("pk"))
    count, _each = Dormancy.objects.filter(person__in=used).delete()
    return count


@transaction.atomic
def clear(entry: Entry, clearing: Clearing, *, at: datetime, at_most: int) -> int:
    """Take away what has had its time, some rows at once; how many there were."""
    over: dict[str, Any] = {f"{clearing.after}__lte": at - timedelta(days=clearing.days)}
    rows = entry.model._base_manager.filter(**over, **clearing.when)
    if clearing.blank:
        told = Q()
        for name in clearing.blank:
            told |= ~Q(**{name: ""})
        keys = list(rows.filter(told).values_list("pk", flat=True)[:at_most])
        entry.model._base_manager.filter(pk__in=keys).update(**dict.fromkeys(clearing.blank, ""))
        return len(keys)
    keys = list(rows.values_list("pk", flat=True)[:at_most])
    entry.model._base_manager.filter(pk__in=keys).delete()
    return len(keys)
