"""Whom an address or a form asks for: a place or a body, by its short address or identifier."""

from dataclasses import dataclass, field
from uuid import UUID

from entrecidades.accounts.models import Person
from entrecidades.network.models import Entity, Place
from entrecidades.network.naming import whom_do_you_mean
from entrecidades.network.selectors.merges import survivor_of
from entrecidades.network.services import register_local_government


@dataclass(frozen=True, slots=True)
class Asked:
    """What was written, and who is meant by it; else who might have been."""

    words: str = ""
    subject: Place | Entity | None = None
    nearest: list[Place] = field(default_factory=list)


def read_asked(raw: str) -> Asked:
    """Read ``mz/maputo``, ``br/fnp`` or a body's public identifier."""
    words = raw.strip()[:100]
    if not words:
        return Asked()
    try:
        entity = Entity.objects.select_related("country").filter(public_id=UUID(words)).first()
    except ValueError:
        meant = whom_do_you_mean(words)
        near = [*meant.candidates, *meant.nearest]
        return Asked(words, meant.place or meant.entity, near)
    return Asked(words, survivor_of(entity) if entity else None)


def body_of(subject: Place | Entity, *, by: Person) -> Entity:
    """The body that is meant; a city's government is registered when it first takes part.

    Called in the transaction of what it takes part in: where that is refused, neither is kept.
    """
    if isinstance(subject, Entity):
        return subject
    return register_local_government(place=subject, by=by)
