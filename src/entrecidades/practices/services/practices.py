"""What a body does with its own practices: write, publish and archive them."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, made_with, snapshot
from entrecidades.audit.services import record
from entrecidades.kernel import ids
from entrecidades.kernel.lives import next_state
from entrecidades.kernel.text import pick
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require
from entrecidades.network.services import note_change
from entrecidades.practices.choices import Act, PracticeState, PracticeStep
from entrecidades.practices.models import Practice
from entrecidades.practices.rules import PRACTICE_LIFE, check_title
from entrecidades.themes.models import Theme


def free_key(title: str, *, entity: Entity) -> str:
    """A key no other practice bears, removed ones included: body, title, perhaps a number."""
    wanted = (ids.slug_of(f"{entity.slug} {title}") or "practice")[:100].strip("-")
    taken = set(Practice.every_row.filter(key__startswith=wanted).values_list("key", flat=True))
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key


@transaction.atomic
def write_practice(
    *,
    entity: Entity,
    themes: Iterable[Theme],
    title: Mapping[str, str],
    summary: Mapping[str, str],
    since_year: int | None,
    visibility: Visibility,
    by: AbstractBaseUser,
    on: date,
) -> Practice:
    """Draft a practice of a body, to be shared as said once it is published.

    Raises
    ------
    ValidationError
        When the person may not draft for the body (`NotAllowed`), or the title is empty.
    """
    require(by, Permission.DRAFT, entity, on=on)
    check_title(title)
    # The body's row is the lock: of two practices of one title each gets a key of its own.
    Entity.objects.select_for_update(of=("self",)).get(pk=entity.pk)
    practice = Practice(
        key=free_key(pick(title).words, entity=entity),
        entity=entity,
        title=dict(title),
        summary=dict(summary),
        since_year=since_year,
        visibility=visibility,
    )
    practice.full_clean()
    practice.save()
    practice.themes.set(themes)
    told = made_with(practice, "title", "summary", "themes", "since_year", "visibility")
    record(Act.WRITE, subject=practice, by=by, body=entity, changes=told, title=practice.title)
    return practice


@transaction.atomic
def take_practice_step(
    *, practice_id: int, step: PracticeStep, by: AbstractBaseUser, on: date
) -> Practice:
    """Publish a practice, or archive it; the row is locked before it is read.

    Raises
    ------
    ValidationError
        When the person may not publish for the body on the day (`NotAllowed`), or the step is
        impossible now (`IllegalStep`).
    """
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=practice_id)
    require(by, Permission.PUBLISH, practice.entity, on=on)
    was, before = practice.state, snapshot(practice, "state")
    practice.state = next_state(PRACTICE_LIFE, PracticeState(practice.state), step)
    practice.save(update_fields=["state"])
    if practice.entity.seat:
        note_change(practice.entity.seat)
    record(
        Act.STEP_PRACTICE,
        subject=practice,
        by=by,
        body=practice.entity,
        changes=changes_since(before, practice),
        step=step,
        was=was,
        now=practice.state,
    )
    return practice
