"""Erasing a person: every row by its fate in the register, in one transaction.

What is outside the database (letters kept as files, what is cached) is emptied first: that can
be done twice. If the machine dies meanwhile, nothing in the database has happened and the
promise is kept anew.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.utils.translation import override

from entrecidades.accounts.models import Person
from entrecidades.audit.models import Trace
from entrecidades.audit.services import forget, forget_words, record
from entrecidades.kernel import clock
from entrecidades.network.models import Mandate
from entrecidades.network.services import note_unattended
from entrecidades.privacy.choices import Act
from entrecidades.privacy.models import FormerOffice
from entrecidades.privacy.needles import Needles
from entrecidades.privacy.register import Entry, Leads, Way, ways
from entrecidades.privacy.selectors.rows import addresses_of, rows_of, texts_with, traces_naming
from entrecidades.privacy.services.files_made import make_anew
from entrecidades.privacy.services.letters_kept import drop_letters


@transaction.atomic
def erase(*, person_id: int, by: Person | None) -> bool:
    """Nothing leads to her any more; False when she was gone already.

    Records of bodies stay, without her. What she did in office can be told by her role. The
    chain of traces verifies as before.
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        return False
    needles = Needles.of(person.name, addresses_of(person))
    drop_letters(needles)
    cache.clear()
    note_unattended(person=person, by=by, at=clock.now())
    _keep_offices(person)
    touched = masked = _mask_texts(person, needles)
    for entry, way in _in_order():
        touched += _treat(way, rows_of(entry, way, person))
    record(Act.ERASE, subject=person, by=by, rows=touched)
    forget(person=person, by=by)
    named = masked + forget_words(
        within=traces_naming(needles), naming=needles.found_in, person=person, by=by
    )
    make_anew(was_named=named > 0)
    person.delete()
    return True


def _keep_offices(person: Person) -> None:
    """Her roles, under her bare number: acts in office stay accountable to the office."""
    FormerOffice.objects.bulk_create(
        FormerOffice(
            number=person.pk,
            entity_id=mandate.entity_id,
            role=mandate.role,
            valid_from=mandate.valid_from,
            valid_to=mandate.valid_to,
        )
        for mandate in Mandate.objects.filter(person=person)
    )


def _in_order() -> list[tuple[Entry, Way]]:
    """Every way but those that `forget` and the account itself take care of.

    Addresses go last, because sessions and requests are found by them.
    """
    found = [(entry, way) for entry, way in ways() if entry.model not in (Person, Trace)]
    return sorted(found, key=lambda told: told[1].leads == Leads.PERSON)


def _treat(way: Way, rows: Iterable[Model]) -> int:
    """What becomes of the rows that lead to her in one way; how many there were."""
    found = list(rows)
    for row in found:
        if way.deletes:
            row.delete()
        else:
            _empty(row, way.fates["blank"])
    return len(found)


def _empty(row: Model, names: Sequence[str]) -> None:
    """Take her out of a row that stays."""
    for name in names:
        setattr(row, name, _empty_value(row, name))
    if names:
        row.save(update_fields=names)


def _empty_value(row: Model, name: str) -> Any:
    """What a field holds when it holds nothing."""
    field: Any = row._meta.get_field(name)
    return None if field.null else field.get_default()


def _role_in(row: Model, person: Person) -> str:
    """Her role in the words of the text that names her."""
    mandate = Mandate.objects.filter(person=person).order_by("pk").first()
    with override(getattr(row, "language", None) or "en"):
        return f"[{mandate.get_role_display()}]" if mandate else "…"


def _mask_texts(person: Person, needles: Needles) -> int:
    """Replace her name and addresses in everything people, or failures, wrote freely.

    Only words by which bodies have bound themselves stay as they agreed to them
    (docs/topics/privacy.md).
    """
    count = 0
    for row, columns in texts_with(needles):
        role = _role_in(row, person)
        free = [name for name in columns if name not in getattr(row, "binding_words", ())]
        for column in free:
            setattr(row, column, _fitting(row, column, needles.masked(getattr(row, column), role)))
        if free:
            row.save(update_fields=[*free, *getattr(row, "SAYS_MASKED", ())])
        count += 1
    return count


def _fitting(row: Model, column: str, words: Any) -> Any:
    """Words as long as their column takes them: a role may be longer than a name."""
    longest = getattr(row._meta.get_field(column), "max_length", None)
    return words[:longest] if longest and isinstance(words, str) else words
